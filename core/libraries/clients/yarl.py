# yarl 1.19: URLs that cannot be changed, kept percent-encoded.
import _aiohttp
from multidict import MultiDict, MultiDictProxy
from urllib.parse import unquote, unquote_plus

_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21}
_NEEDS_HOST = ("http", "https", "ws", "wss", "ftp")
_AUTHORITY = _NEEDS_HOST + ("file", "sftp", "rsync", "git", "ssh", "svn", "imap", "nfs", "telnet")
_UNDEFINED = object()


def _quote_path(text, requote=False):
    return _aiohttp.quote(text, "@:", "/+", False, requote)


def _quote_query(text, requote=False):
    return _aiohttp.quote(text, "?/:@", "=+&;", True, requote)


def _quote_part(text):
    return _aiohttp.quote(text, "?/:@", "", True, False)


def _quote(text, requote=False):
    return _aiohttp.quote(text, "", "", False, requote)


def _quote_fragment(text, requote=False):
    return _aiohttp.quote(text, "?/:@", "", False, requote)


def _decode(text):
    return unquote(text) if text and "%" in text else text


def _normalize_segments(segments):
    kept = []
    for segment in segments:
        if segment == "..":
            if kept:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in (".", ".."):
        kept.append("")
    return kept


def _normalize(path):
    if not _aiohttp.known(path) or "." not in path:
        return path
    lead = "/" if path[:1] == "/" else ""
    return lead + "/".join(_normalize_segments(path[len(lead):].split("/")))


def _split_authority(authority):
    user = password = None
    if not _aiohttp.known(authority):
        return None, None, authority, None
    info, at, host = authority.rpartition("@")
    if at:
        user, colon, password = info.partition(":")
        if not colon:
            password = None
    if "[" in host:
        host, _, port = host.partition("[")[2].partition("]")
        port = port.partition(":")[2]
    else:
        host, _, port = host.partition(":")
    if not port:
        return user or None, password, host or None, None
    try:
        number = int(port)
    except ValueError:
        raise ValueError("Invalid URL: port can't be converted to integer")
    if not 0 <= number <= 65535:
        raise ValueError("Port out of range 0-65535")
    return user or None, password, host or None, number


def _encode_host(host):
    return f"[{host.lower()}]" if _aiohttp.known(host) and ":" in host else _aiohttp.idna(host)


def _join_authority(user, password, host, port):
    if host is None:
        return ""
    out = host if port is None else f"{host}:{port}"
    if password is not None:
        user = f"{user or ''}:{password}"
    return f"{user}@{out}" if user else out


def _query_value(value):
    if not _aiohttp.known(value):
        return _aiohttp.text(value)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        pass
    elif isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise ValueError(f"float('{'nan' if value != value else 'inf'}') is not supported")
        return str(float(value))
    elif hasattr(value, "__int__"):
        return str(int(value))
    raise TypeError("Invalid variable type: value "
                    f"should be str, int or float, got {value!r} of type {type(value)}")


def _query_text(args, kwargs):
    if kwargs and args or not kwargs and len(args) != 1:
        raise ValueError("Either kwargs or single query parameter must be present")
    query = kwargs or args[0]
    if query is None:
        return None
    if not _aiohttp.known(query) and not isinstance(query, str):
        return _aiohttp.text(query)
    if not query:
        return ""
    if isinstance(query, str):
        return _quote_query(query)
    mapping = hasattr(query, "keys")
    if isinstance(query, (bytes, bytearray)):
        raise TypeError("Invalid query type: bytes, bytearray and memoryview are forbidden")
    if not mapping and not isinstance(query, (list, tuple)):
        raise TypeError("Invalid query type: only str, mapping or "
                        "sequence of (key, value) pairs is allowed")
    pairs = []
    for key, value in query.items() if mapping else query:
        for each in value if mapping and isinstance(value, (list, tuple)) else (value,):
            pairs.append(f"{_quote_part(key)}={_quote_part(_query_value(each))}")
    return "&".join(pairs)


def _pairs_of(query):
    found = []
    for piece in query.split("&") if query else ():
        key, _, value = piece.partition("=")
        found.append((unquote_plus(key), unquote_plus(value)))
    return found


def _parts(scheme, authority, path, query, fragment):
    made = object.__new__(URL)
    made._scheme, made._netloc, made._path, made._query, made._fragment = (
        scheme, authority, path, query, fragment)
    made._rooted = not _aiohttp.known(authority) or authority != ""
    return made


class URL:
    def __new__(cls, val=_UNDEFINED, *, encoded=False, strict=None):
        val = _aiohttp.text(val)
        if type(val) is URL:
            return val
        if val is _UNDEFINED:
            return _parts("", "", "", "", "")
        if not isinstance(val, str):
            raise TypeError("Constructor parameter should be str")
        scheme, authority, path, query, fragment = _aiohttp.split(val)
        if _aiohttp.known(authority) and ("[" in authority) != ("]" in authority):
            raise ValueError("Invalid IPv6 URL")
        if encoded:
            return _parts(scheme, authority, path, query, fragment)
        if _aiohttp.known(authority) and authority:
            user, password, host, port = _split_authority(authority)
            if host is None and scheme in _NEEDS_HOST:
                raise ValueError("Invalid URL: host is required for "
                                 f"absolute urls with the {scheme} scheme")
            host = _encode_host(host) if host else ""
            authority = _join_authority(user and _quote(user, True), password and _quote(password, True),
                                        host, port)
        if path:
            path = _quote_path(path, True)
            if authority:
                path = _normalize(path)
        return _parts(scheme, authority, path, _quote_query(query, True) if query else "",
                      _quote_fragment(fragment, True) if fragment else "")

    @classmethod
    def build(cls, *, scheme="", authority="", user=None, password=None, host="", port=None, path="",
              query=None, query_string="", fragment="", encoded=False):
        if authority and (user or password or host or port):
            raise ValueError('Can\'t mix "authority" with "user", "password", "host" or "port".')
        if port is not None and not isinstance(port, int):
            raise TypeError(f"The port is required to be int, got {type(port)!r}.")
        if port and not host:
            raise ValueError('Can\'t build URL with "port" but without "host".')
        if query and query_string:
            raise ValueError('Only one of "query" or "query_string" should be passed')
        if None in (scheme, authority, host, path, query_string, fragment):
            raise TypeError('NoneType is illegal for "scheme", "authority", "host", "path", '
                            '"query_string", and "fragment" args, use empty string instead.')
        if query:
            query_string = _query_text((query,), {}) or ""
        elif query_string and not encoded:
            query_string = _quote_query(query_string)
        if authority:
            user, password, host, port = _split_authority(authority)
        host = host if encoded or not host else _encode_host(host)
        if port == _PORTS.get(scheme):
            port = None
        if not encoded:
            user, password = user and _quote(user), password and _quote(password)
            path, fragment = _quote_path(path), _quote_fragment(fragment)
        netloc = _join_authority(user, password, host, port) if host else ""
        if path and netloc and not encoded:
            path = _normalize(path)
            if path[0] != "/":
                raise ValueError("Path in a URL with authority should start with a slash ('/') if set")
        return _parts(scheme, netloc, path, query_string, fragment)

    def __str__(self):
        path = self._path
        if not path and self._rooted and (self._query or self._fragment):
            path = "/"
        netloc = self._netloc
        port = self.explicit_port
        if port is not None and port == _PORTS.get(self._scheme):
            netloc = _join_authority(self.raw_user, self.raw_password, self.host_subcomponent, None)
        out = path
        if self._rooted or self._scheme in _AUTHORITY or path[:2] == "//":
            if path and path[:1] != "/":
                path = "/" + path
            out = f"{self._scheme}://{netloc}{path}" if self._scheme else f"//{netloc}{path}"
        elif self._scheme:
            out = f"{self._scheme}:{path}"
        if self._query:
            out = f"{out}?{self._query}"
        return f"{out}#{self._fragment}" if self._fragment else out

    def __repr__(self):
        return f"URL('{self}')"

    def _key(self):
        path = "/" if not self._path and self._rooted else self._path
        return (self._scheme, self._netloc, path, self._query, self._fragment)

    def __eq__(self, other):
        return self._key() == other._key() if type(other) is URL else NotImplemented

    def __hash__(self):
        return hash(self._key())

    def __lt__(self, other):
        return self._key() < other._key() if type(other) is URL else NotImplemented

    def __truediv__(self, name):
        return self._child((str(name),), False) if isinstance(name, str) else NotImplemented

    def __mod__(self, query):
        return self.update_query(query)

    def __bool__(self):
        return bool(self._rooted or self._path or self._query or self._fragment)

    @property
    def absolute(self):
        return self._rooted

    def is_absolute(self):
        return self.absolute

    def is_default_port(self):
        if self.explicit_port is None:
            return self._rooted
        return self.explicit_port == _PORTS.get(self._scheme)

    def origin(self):
        if not self._rooted:
            raise ValueError("URL should be absolute")
        if not self._scheme:
            raise ValueError("URL should have scheme")
        netloc = self._netloc.rpartition("@")[2] if _aiohttp.known(self._netloc) else self._netloc
        return _parts(self._scheme, netloc, "", "", "")

    def relative(self):
        if not self._rooted:
            raise ValueError("URL should be absolute")
        return _parts("", "", self._path, self._query, self._fragment)

    scheme = property(lambda self: self._scheme)
    raw_authority = property(lambda self: self._netloc)
    raw_user = property(lambda self: _split_authority(self._netloc)[0])
    raw_password = property(lambda self: _split_authority(self._netloc)[1])
    raw_host = property(lambda self: _split_authority(self._netloc)[2])
    explicit_port = property(lambda self: _split_authority(self._netloc)[3])
    user = property(lambda self: _decode(self.raw_user))
    password = property(lambda self: _decode(self.raw_password))
    host = property(lambda self: self.raw_host)
    raw_query_string = property(lambda self: self._query)
    raw_fragment = property(lambda self: self._fragment)
    fragment = property(lambda self: _decode(self._fragment))

    @property
    def authority(self):
        return _join_authority(self.user, self.password, self.host, self.port)

    @property
    def host_subcomponent(self):
        raw = self.raw_host
        return f"[{raw}]" if raw and _aiohttp.known(raw) and ":" in raw else raw

    @property
    def host_port_subcomponent(self):
        raw = self.raw_host
        if raw is None or not _aiohttp.known(raw):
            return raw
        raw = raw.rstrip(".")
        host = f"[{raw}]" if ":" in raw else raw
        port = self.explicit_port
        return host if port is None or port == _PORTS.get(self._scheme) else f"{host}:{port}"

    @property
    def port(self):
        port = self.explicit_port
        return _PORTS.get(self._scheme) if port is None else port

    @property
    def raw_path(self):
        return self._path or ("/" if self._rooted else "")

    @property
    def path(self):
        return _decode(self._path) or ("/" if self._rooted else "")

    @property
    def path_safe(self):
        text = self.raw_path.replace("%2F", "%252F").replace("%25", "%2525")
        return _decode(text)

    @property
    def query(self):
        return MultiDictProxy(MultiDict(_pairs_of(self._query)))

    @property
    def query_string(self):
        return _decode(self._query.replace("+", " "))

    @property
    def path_qs(self):
        return f"{self.path}?{self.query_string}" if self._query else self.path

    @property
    def raw_path_qs(self):
        return f"{self.raw_path}?{self._query}" if self._query else self.raw_path

    @property
    def raw_parts(self):
        path = self._path
        if self._rooted:
            return ("/", *path[1:].split("/")) if path else ("/",)
        if path[:1] == "/":
            return ("/", *path[1:].split("/"))
        return tuple(path.split("/"))

    @property
    def parts(self):
        return tuple(_decode(part) for part in self.raw_parts)

    @property
    def parent(self):
        path = self._path
        if not path or path == "/":
            return _parts(self._scheme, self._netloc, path, "", "") if self._fragment or self._query else self
        return _parts(self._scheme, self._netloc, path.rpartition("/")[0], "", "")

    @property
    def raw_name(self):
        parts = self.raw_parts[1:] if self._rooted else self.raw_parts
        return parts[-1] if parts else ""

    @property
    def name(self):
        return _decode(self.raw_name)

    @property
    def suffix(self):
        name = self.name
        at = name.rfind(".")
        return name[at:] if 0 < at < len(name) - 1 else ""

    @property
    def suffixes(self):
        name = self.name
        return () if name.endswith(".") else tuple("." + each for each in name.lstrip(".").split(".")[1:])

    def _child(self, paths, encoded):
        segments = self._path.split("/") if self._path else []
        for path in paths:
            if _aiohttp.known(path) and path[:1] == "/":
                raise ValueError(f"Appending path {path!r} starting from slash is forbidden")
            if segments and segments[-1] == "":
                segments.pop()
            segments += (path if encoded else _quote_path(path)).split("/")
        if self._rooted and segments and segments[0] != "":
            segments = [""] + segments
        path = "/".join(segments)
        return _parts(self._scheme, self._netloc, _normalize(path) if self._rooted else path, "", "")

    def joinpath(self, *other, encoded=False):
        return self._child(other, encoded)

    def _changed(self, authority=None, scheme=None, path=None, query=None, fragment=None):
        return _parts(self._scheme if scheme is None else scheme,
                      self._netloc if authority is None else authority,
                      self._path if path is None else path, self._query if query is None else query,
                      self._fragment if fragment is None else fragment)

    def with_scheme(self, scheme):
        if not isinstance(scheme, str):
            raise TypeError("Invalid scheme type")
        if not self._rooted and scheme.lower() in _NEEDS_HOST:
            raise ValueError("scheme replacement is not allowed for "
                             f"relative URLs for the {scheme.lower()} scheme")
        return self._changed(scheme=scheme.lower())

    def _with_authority(self, what, user, password, host, port):
        if not self._rooted:
            raise ValueError(f"{what} replacement is not allowed for relative URLs")
        return self._changed(_join_authority(user, password, host, port))

    def with_user(self, user):
        if user is not None and not isinstance(user, str):
            raise TypeError("Invalid user type")
        return self._with_authority("user", user and _quote(user), self.raw_password if user is not None else None,
                                    self.host_subcomponent or "", self.explicit_port)

    def with_password(self, password):
        if password is not None and not isinstance(password, str):
            raise TypeError("Invalid password type")
        return self._with_authority("password", self.raw_user, password and _quote(password),
                                    self.host_subcomponent or "", self.explicit_port)

    def with_host(self, host):
        if not isinstance(host, str):
            raise TypeError("Invalid host type")
        if self._rooted and not host:
            raise ValueError("host removing is not allowed")
        return self._with_authority("host", self.raw_user, self.raw_password, _encode_host(host),
                                    self.explicit_port)

    def with_port(self, port):
        if port is not None:
            if isinstance(port, bool) or not isinstance(port, int):
                raise TypeError(f"port should be int or None, got {type(port)}")
            if not 0 <= port <= 65535:
                raise ValueError(f"port must be between 0 and 65535, got {port}")
        return self._with_authority("port", self.raw_user, self.raw_password, self.host_subcomponent or "", port)

    def with_path(self, path, *, encoded=False, keep_query=False, keep_fragment=False):
        if not encoded:
            path = _quote_path(path)
            if self._rooted:
                path = _normalize(path)
        if path and path[0] != "/":
            path = "/" + path
        return self._changed(path=path, query=self._query if keep_query else "",
                             fragment=self._fragment if keep_fragment else "")

    def with_query(self, *args, **kwargs):
        return self._changed(query=_query_text(args, kwargs) or "")

    def extend_query(self, *args, **kwargs):
        more = _query_text(args, kwargs)
        if not more:
            return self
        query = self._query
        return self._changed(query=f"{query}&{more}" if query else more)

    def update_query(self, *args, **kwargs):
        given = kwargs or (args[0] if args else {})
        if given is None:
            return self._changed(query="")
        if not given:
            return self
        merged = MultiDict(_pairs_of(self._query))
        merged.update(_pairs_of(given) if isinstance(given, str) else given)
        return self._changed(query=_query_text((merged,), {}))

    def without_query_params(self, *names):
        left = [(key, value) for key, value in self.query.items() if key not in names]
        return self.with_query(left)

    def with_fragment(self, fragment):
        if fragment is not None and not isinstance(fragment, str):
            raise TypeError("Invalid fragment type")
        return self._changed(fragment=_quote_fragment(fragment) if fragment else "")

    def with_name(self, name, *, keep_query=False, keep_fragment=False):
        if not isinstance(name, str):
            raise TypeError("Invalid name type")
        if "/" in name:
            raise ValueError("Slash in name is not allowed")
        if name in (".", ".."):
            raise ValueError(". and .. values are forbidden")
        path = self._path.rpartition("/")[0] + "/" + _quote_path(name)
        return self._changed(path=path, query=self._query if keep_query else "",
                             fragment=self._fragment if keep_fragment else "")

    def join(self, url):
        if type(url) is not URL:
            raise TypeError("url should be URL")
        scheme = url._scheme or self._scheme
        if scheme != self._scheme or scheme not in _NEEDS_HOST:
            return url
        if url._rooted:
            return url._changed(scheme=scheme)
        own, more = self._path, url._path
        path = own
        if more:
            if more[0] == "/":
                path = more
            elif not own or own == "/":
                path = "/" + more
            else:
                path = own[:own.rfind("/") + 1] + more
            path = _normalize(path)
        return _parts(scheme, self._netloc, path, url._query if more or url._query else self._query,
                      url._fragment if more or url._fragment else self._fragment)

    def human_repr(self):
        authority = _join_authority(self.user, self.password, self.host_subcomponent, self.explicit_port)
        query = "&".join(f"{key}={value}" for key, value in self.query.items())
        return str(_parts(self._scheme, authority, self.path, query, self.fragment))


def cache_clear():
    pass
