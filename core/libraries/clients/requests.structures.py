# requests.structures, requests.cookies (requests 2.32.3).
class CaseInsensitiveDict:
    def __init__(self, data=None, **kwargs):
        self._store = {}
        self.update(data or {}, **kwargs)

    def __setitem__(self, key, value):
        self._store[key.lower()] = (key, value)

    def __getitem__(self, key):
        return self._store[key.lower()][1]

    def __delitem__(self, key):
        del self._store[key.lower()]

    def __contains__(self, key):
        return isinstance(key, str) and key.lower() in self._store

    def __iter__(self):
        return iter([key for key, _ in self._store.values()])

    def __len__(self):
        return len(self._store)

    def __eq__(self, other):
        if not hasattr(other, "items"):
            return NotImplemented
        return dict(self.lower_items()) == dict(CaseInsensitiveDict(other).lower_items())

    def lower_items(self):
        return [(key, pair[1]) for key, pair in self._store.items()]

    def keys(self):
        return list(self)

    def values(self):
        return [value for _, value in self._store.values()]

    def items(self):
        return list(self._store.values())

    def get(self, key, default=None):
        return self[key] if key in self else default

    def pop(self, key, *default):
        if key in self or not default:
            value = self[key]
            del self[key]
            return value
        return default[0]

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def update(self, data=(), **kwargs):
        for key, value in (data.items() if hasattr(data, "items") else data):
            self[key] = value
        for key, value in kwargs.items():
            self[key] = value

    def clear(self):
        self._store.clear()

    def copy(self):
        return CaseInsensitiveDict(self._store.values())

    def __repr__(self):
        return str(dict(self.items()))


class LookupDict(dict):
    def __init__(self, name=None):
        self.name = name
        super().__init__()

    def __getitem__(self, key):
        return self.__dict__.get(key)

    def get(self, key, default=None):
        return self.__dict__.get(key, default)
