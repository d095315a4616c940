# graphlib (Python 3.13 library reference).
class CycleError(ValueError):
    pass


class TopologicalSorter:
    def __init__(self, graph=None):
        self._before, self._after, self._ready, self._out, self._done = {}, {}, None, 0, 0
        for node, predecessors in (graph or {}).items():
            self.add(node, *predecessors)

    def add(self, node, *predecessors):
        if self._ready is not None:
            raise ValueError("Nodes cannot be added after a call to prepare()")
        self._before[node] = self._before.setdefault(node, 0) + len(predecessors)
        self._after.setdefault(node, [])
        for each in predecessors:
            self._before.setdefault(each, 0)
            self._after.setdefault(each, []).append(node)

    def _cycle(self):
        seen = set()
        for start in self._after:
            path, stack = [], [(start, iter(self._after[start]))]
            if start in seen:
                continue
            seen.add(start)
            path.append(start)
            while stack:
                for each in stack[-1][1]:
                    if each in path:
                        return path[path.index(each):] + [each]
                    if each not in seen:
                        seen.add(each)
                        path.append(each)
                        stack.append((each, iter(self._after[each])))
                        break
                else:
                    stack.pop()
                    path.pop()
        return None

    def prepare(self):
        if self._ready is not None:
            raise ValueError("cannot prepare() more than once")
        self._ready = [node for node, count in self._before.items() if count == 0]
        cycle = self._cycle()
        if cycle:
            raise CycleError("nodes are in a cycle", cycle)

    def is_active(self):
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        return self._done < self._out or bool(self._ready)

    __bool__ = is_active

    def get_ready(self):
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        found = tuple(self._ready)
        self._ready = []
        self._out += len(found)
        return found

    def done(self, *nodes):
        for node in nodes:
            self._done += 1
            for each in self._after[node]:
                self._before[each] -= 1
                if self._before[each] == 0:
                    self._ready.append(each)

    def static_order(self):
        self.prepare()
        while self.is_active():
            group = self.get_ready()
            yield from group
            self.done(*group)
