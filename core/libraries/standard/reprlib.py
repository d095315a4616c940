# reprlib (Python 3.13 library reference).
import builtins


class Repr:
    def __init__(self, *, maxlevel=6, maxtuple=6, maxlist=6, maxarray=5, maxdict=4, maxset=6, maxfrozenset=6,
                 maxdeque=6, maxstring=30, maxlong=40, maxother=30, fillvalue="...", indent=None):
        self.maxlevel, self.maxdict, self.maxstring, self.maxlong = maxlevel, maxdict, maxstring, maxlong
        self.maxother, self.fillvalue = maxother, fillvalue
        self._most = {tuple: maxtuple, list: maxlist, set: maxset, frozenset: maxfrozenset}

    def repr(self, x):
        return self.repr1(x, self.maxlevel)

    def _cut(self, text, most):
        if len(text) <= most:
            return text
        left = max(0, (most - 3) // 2)
        return text[:left] + self.fillvalue + text[len(text) - max(0, most - 3 - left):]

    def repr1(self, x, level):
        kind = type(x)
        if kind is str:
            text = builtins.repr(x[:self.maxstring])
            return text if len(text) <= self.maxstring and len(x) <= self.maxstring else self._cut(builtins.repr(x), self.maxstring)
        if kind is int:
            return self._cut(builtins.repr(x), self.maxlong)
        if kind is dict:
            if not x or level <= 0:
                return "{" + ("..." if x else "") + "}"
            parts = [f"{self.repr1(key, level - 1)}: {self.repr1(x[key], level - 1)}" for key in [*x][:self.maxdict]]
            return "{" + ", ".join(parts + [self.fillvalue] * (len(x) > self.maxdict)) + "}"
        if kind in self._most:
            most = self._most[kind]
            items = list(x) if kind in (list, tuple) else sorted(x)
            text = ", ".join([self.repr1(each, level - 1) for each in items[:most]]
                             + [self.fillvalue] * (len(items) > most)) if level > 0 or not items else self.fillvalue
            if kind is tuple:
                return f"({text},)" if len(items) == 1 else f"({text})"
            if kind is list:
                return f"[{text}]"
            text = "{" + text + "}" if items else ""
            return f"frozenset({text})" if kind is frozenset else text or "set()"
        return self._cut(builtins.repr(x), self.maxother)


aRepr = Repr()
repr = aRepr.repr


def recursive_repr(fillvalue="..."):
    def decorate(user_function):
        running = set()

        def wrapper(self):
            if id(self) in running:
                return fillvalue
            running.add(id(self))
            try:
                return user_function(self)
            finally:
                running.discard(id(self))
        return wrapper
    return decorate
