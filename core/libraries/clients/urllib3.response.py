# urllib3.response.HTTPResponse over the native answer.
import json

from _urllib3 import Answer


class HTTPHeaderDict:
    def __init__(self, headers=None, **kwargs):
        self._items = []
        self.extend(headers or {}, **kwargs)

    def extend(self, headers, **kwargs):
        pairs = headers.items() if hasattr(headers, "items") else headers
        for name, value in pairs:
            self.add(name, value)
        for name, value in kwargs.items():
            self.add(name, value)

    def add(self, name, value, *, combine=False):
        self._items.append((name, value))

    def getlist(self, name, default=()):
        return [v for k, v in self._items if k.lower() == name.lower()] or list(default)

    def __getitem__(self, name):
        values = self.getlist(name)
        if not values:
            raise KeyError(name)
        return ", ".join(values)

    def __setitem__(self, name, value):
        self.pop(name, None)
        self.add(name, value)

    def __delitem__(self, name):
        if name not in self:
            raise KeyError(name)
        self.pop(name, None)

    def __contains__(self, name):
        return any(k.lower() == str(name).lower() for k, _ in self._items)

    def __iter__(self):
        return iter(self.keys())

    def __len__(self):
        return len(self.keys())

    def get(self, name, default=None):
        return self[name] if name in self else default

    def pop(self, name, default=None):
        value = self.get(name, default)
        self._items = [(k, v) for k, v in self._items if k.lower() != name.lower()]
        return value

    def keys(self):
        seen = {}
        for name, _ in self._items:
            seen.setdefault(name.lower(), name)
        return list(seen.values())

    def items(self):
        return [(name, self[name]) for name in self.keys()]

    def iteritems(self):
        return iter(self._items)

    def values(self):
        return [self[name] for name in self.keys()]

    def copy(self):
        return HTTPHeaderDict(self._items)

    def __repr__(self):
        return f"HTTPHeaderDict({dict(self.items())})"


class HTTPResponse(Answer):
    version = 11
    version_string = "HTTP/1.1"
    retries = None

    @property
    def headers(self):
        if self._unknown:
            return self._what("response.headers")
        return HTTPHeaderDict(self._fields)

    @property
    def url(self):
        return self._url

    def geturl(self):
        return self._url

    @property
    def data(self):
        return self._body()

    def read(self, amt=None, decode_content=None, cache_content=False):
        body = self._body()
        if self._unknown:
            return body
        at = getattr(self, "_at", 0)
        end = len(body) if amt is None else at + amt
        self._at = min(end, len(body))
        return body[at:end]

    def stream(self, amt=65536, decode_content=None):
        while True:
            chunk = self.read(amt)
            if not chunk:
                return
            yield chunk
            if self._unknown:
                return

    def json(self):
        if self._unknown:
            return self._what("response.json()")
        return json.loads(self.data)

    def drain_conn(self):
        self._body()

    def getheaders(self):
        return self.headers

    def getheader(self, name, default=None):
        return self.headers.get(name, default)

    def get_redirect_location(self):
        if self._unknown or self.status not in (301, 302, 303, 307, 308):
            return None if self._unknown else False
        return self.headers.get("location")

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def __iter__(self):
        return iter(self.data.splitlines(True))
