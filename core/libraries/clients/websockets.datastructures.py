# websockets.datastructures.Headers (websockets 15.0.1).
from collections.abc import MutableMapping


class MultipleValuesError(LookupError):
    def __str__(self):
        return repr(self.args[0]) if len(self.args) == 1 else super().__str__()


class Headers(MutableMapping):
    def __init__(self, *args, **kwargs):
        self._list = []
        self.update(*args, **kwargs)

    def raw_items(self):
        return iter(list(self._list))

    def get_all(self, key):
        return [value for name, value in self._list if name.lower() == key.lower()]

    def __getitem__(self, key):
        values = self.get_all(key)
        if len(values) > 1:
            raise MultipleValuesError(key)
        if not values:
            raise KeyError(key.lower())
        return values[0]

    def __setitem__(self, key, value):  # adds
        self._list.append((key, value))

    def __delitem__(self, key):
        self._list = [pair for pair in self._list if pair[0].lower() != key.lower()]

    def __contains__(self, key):
        return isinstance(key, str) and bool(self.get_all(key))

    def __iter__(self):
        return iter(dict.fromkeys(name.lower() for name, _ in self._list))

    def __len__(self):
        return len(list(iter(self)))

    def update(self, *args, **kwargs):
        for given in args + (kwargs,):
            pairs = given.raw_items() if isinstance(given, Headers) else (
                given.items() if hasattr(given, "items") else given)
            for key, value in pairs:
                self[key] = value

    def copy(self):
        return Headers(self)

    def clear(self):
        self._list = []

    def __repr__(self):
        return f"Headers({self._list!r})"

    def __str__(self):
        return "".join(f"{key}: {value}\r\n" for key, value in self._list) + "\r\n"
