# urllib3._collections.HTTPHeaderDict (urllib3 2.3.0).
from collections.abc import MutableMapping


class HTTPHeaderDict(MutableMapping):
    def __init__(self, headers=None, **kwargs):
        self._container = {}
        if headers is not None:
            self.extend(headers)
        self.extend(kwargs)

    def __setitem__(self, key, val):
        self._container[key.lower()] = [key, val]

    def __getitem__(self, key):
        return ", ".join(self._container[key.lower()][1:])

    def __delitem__(self, key):
        del self._container[key.lower()]

    def __contains__(self, key):
        return isinstance(key, str) and key.lower() in self._container

    def __eq__(self, other):
        if not hasattr(other, "keys"):
            return False
        return ({k.lower(): v for k, v in self.itermerged()}
                == {k.lower(): v for k, v in HTTPHeaderDict(other).itermerged()})

    def __len__(self):
        return len(self._container)

    def __iter__(self):
        return iter([vals[0] for vals in self._container.values()])

    def discard(self, key):
        self._container.pop(key.lower(), None)

    def add(self, key, val, *, combine=False):
        vals = self._container.setdefault(key.lower(), [key])
        if combine and len(vals) > 1:
            vals[-1] += ", " + val
        else:
            vals.append(val)

    def extend(self, other=(), **kwargs):
        for key, val in list(other.items() if hasattr(other, "items") else other) + list(kwargs.items()):
            self.add(key, val)

    def getlist(self, key, default=None):
        vals = self._container.get(key.lower())
        return ([] if default is None else default) if vals is None else vals[1:]

    getheaders = getallmatchingheaders = iget = get_all = getlist

    def _prepare_for_method_change(self):
        for header in ("Content-Encoding", "Content-Language", "Content-Location", "Content-Type",
                       "Content-Length", "Digest", "Last-Modified"):
            self.discard(header)
        return self

    def copy(self):
        return type(self)(self)

    def iteritems(self):
        return iter(self.items())

    def itermerged(self):
        return iter([(vals[0], ", ".join(vals[1:])) for vals in self._container.values()])

    def items(self):
        return [(vals[0], val) for vals in self._container.values() for val in vals[1:]]

    def __or__(self, other):
        made = self.copy()
        made.extend(other)
        return made

    def __ror__(self, other):
        return type(self)(other) | self

    def __ior__(self, other):
        self.extend(other)
        return self

    def __repr__(self):
        return f"{type(self).__name__}({dict(self.itermerged())})"
