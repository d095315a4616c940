# urllib.parse (Python 3.13 library reference).
import _unknowns
from collections import namedtuple

uses_netloc = ["", "ftp", "http", "https", "ws", "wss", "file", "sftp", "git", "svn", "rtsp"]
_SAFE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")
_SCHEME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.")


class _NetlocParts:
    @property
    def _userinfo(self):
        if _unknowns.is_unknown(self.netloc):
            return _unknowns.aside(self.netloc, "username", str), _unknowns.aside(self.netloc, "password", str)
        userinfo, at, _ = self.netloc.rpartition("@")
        if not at:
            return None, None
        username, colon, password = userinfo.partition(":")
        return username, password if colon else None

    @property
    def _hostinfo(self):
        hostinfo = self.netloc.rpartition("@")[2]
        _, bracket, rest = hostinfo.partition("[")
        if bracket:
            hostname, _, port = rest.partition("]")
            port = port.partition(":")[2]
        else:
            hostname, _, port = hostinfo.partition(":")
        return hostname, port or None

    @property
    def username(self):
        return self._userinfo[0]

    @property
    def password(self):
        return self._userinfo[1]

    @property
    def hostname(self):
        if _unknowns.is_unknown(self.netloc):
            return _unknowns.part(self.netloc, "hostname", str)
        return self._hostinfo[0].lower() or None

    @property
    def port(self):
        if _unknowns.is_unknown(self.netloc):
            return _unknowns.aside(self.netloc, "port", int)
        port = self._hostinfo[1]
        if port is None:
            return None
        if not (port.isdigit() and port.isascii()):
            raise ValueError(f"Port could not be cast to integer value as {port!r}")
        number = int(port)
        if number > 65535:
            raise ValueError("Port out of range 0-65535")
        return number

    def geturl(self):
        return urlunparse(self) if len(self) == 6 else urlunsplit(self)


class SplitResult(namedtuple("SplitResult", "scheme netloc path query fragment"), _NetlocParts):
    pass


class ParseResult(namedtuple("ParseResult", "scheme netloc path params query fragment"),
                  _NetlocParts):
    pass


def urlsplit(url, scheme="", allow_fragments=True):
    if _unknowns.is_unknown(url):
        return SplitResult(_unknowns.aside(url, "scheme", str), _unknowns.part(url, "netloc", str),
                           _unknowns.aside(url, "path", str), _unknowns.aside(url, "query", str),
                           _unknowns.aside(url, "fragment", str))
    url = url.lstrip().replace("\n", "").replace("\r", "").replace("\t", "")
    netloc = query = fragment = ""
    head, colon, rest = url.partition(":")
    if colon and head and head[0].isalpha() and all(c in _SCHEME for c in head):
        scheme, url = head.lower(), rest
    if url[:2] == "//":
        end = len(url)
        for mark in "/?#":
            found = url.find(mark, 2)
            if found >= 0:
                end = min(end, found)
        netloc, url = url[2:end], url[end:]
        if ("[" in netloc) != ("]" in netloc):
            raise ValueError("Invalid IPv6 URL")
    if allow_fragments and "#" in url:
        url, _, fragment = url.partition("#")
    if "?" in url:
        url, _, query = url.partition("?")
    return SplitResult(scheme, netloc, url, query, fragment)


def urlparse(url, scheme="", allow_fragments=True):
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ""
    if _unknowns.is_unknown(path):
        return ParseResult(scheme, netloc, path, params, query, fragment)
    last = path.rfind("/")
    if ";" in path[last + 1:]:
        at = path.find(";", last + 1)
        path, params = path[:at], path[at + 1:]
    return ParseResult(scheme, netloc, path, params, query, fragment)


def urlunsplit(parts):
    scheme, netloc, url, query, fragment = parts
    if netloc or (scheme and scheme in uses_netloc and url[:2] == "//"):
        if url and url[:1] != "/":
            url = "/" + url
        url = "//" + netloc + url
    if scheme:
        url = scheme + ":" + url
    if query:
        url = url + "?" + query
    if fragment:
        url = url + "#" + fragment
    return url


def urlunparse(parts):
    scheme, netloc, url, params, query, fragment = parts
    if params:
        url = f"{url};{params}"
    return urlunsplit((scheme, netloc, url, query, fragment))


def _remove_dots(path):
    out = []
    parts = path.split("/")
    for part in parts[1:]:
        if part == "..":
            if out:
                out.pop()
        elif part != ".":
            out.append(part)
    if parts[-1] in (".", ".."):
        out.append("")
    return "/" + "/".join(out)


def urljoin(base, url, allow_fragments=True):
    if _unknowns.is_unknown(url):
        return _unknowns.part(url, "joined", str)
    if _unknowns.is_unknown(base) and "://" not in url:
        return _unknowns.part(base, "joined", str)
    if not base:
        return url
    if not url:
        return base
    b = urlsplit(base)
    u = urlsplit(url, b.scheme)
    if u.scheme != b.scheme or u.scheme not in uses_netloc:
        return url
    if u.netloc:
        return u.geturl()
    path, query = u.path, u.query
    if not path:
        path, query = b.path, query or b.query
    elif not path.startswith("/"):
        path = _remove_dots(b.path.rpartition("/")[0] + "/" + path) if b.path or b.netloc else path
    else:
        path = _remove_dots(path)
    return urlunsplit((u.scheme, b.netloc, path, query, u.fragment))


DefragResult = namedtuple("DefragResult", "url fragment")


def urldefrag(url):
    rest, _, fragment = url.partition("#")
    return DefragResult(rest, fragment)


def quote(string, safe="/", encoding=None, errors=None):
    if isinstance(string, bytes):
        return quote_from_bytes(string, safe)
    if all(c in _SAFE or c in safe for c in string):
        return string
    out = []
    for c in string:
        if c in _SAFE or c in safe:
            out.append(c)
        else:
            out.append("".join([f"%{byte:02X}" for byte in c.encode("utf-8")]))
    return "".join(out)


def quote_from_bytes(data, safe="/"):
    return "".join([chr(b) if chr(b) in _SAFE or chr(b) in safe else f"%{b:02X}" for b in data])


def quote_plus(string, safe="", encoding=None, errors=None):
    if isinstance(string, bytes):
        return quote_from_bytes(string, safe)
    return quote(string, safe + " ").replace(" ", "+")


def unquote_to_bytes(string):
    data = string.encode("utf-8") if isinstance(string, str) else string
    parts = data.split(b"%")
    out = [parts[0]]
    for part in parts[1:]:
        try:
            out.append(bytes.fromhex(part[:2].decode("ascii")) + part[2:])
        except ValueError:
            out.append(b"%" + part)
    return b"".join(out)


def unquote(string, encoding="utf-8", errors="replace"):
    if "%" not in string:
        return string
    return unquote_to_bytes(string).decode(encoding, errors)


def unquote_plus(string, encoding="utf-8", errors="replace"):
    return unquote(string.replace("+", " "), encoding, errors)


def urlencode(query, doseq=False, safe="", encoding=None, errors=None, quote_via=quote_plus):
    if hasattr(query, "items"):
        query = query.items()

    def text(value):
        return quote_via(value if isinstance(value, (str, bytes)) else str(value), safe)

    out = []
    for key, value in query:
        if doseq and isinstance(value, (list, tuple)):
            for one in value:
                out.append(text(key) + "=" + text(one))
        else:
            out.append(text(key) + "=" + text(value))
    return "&".join(out)


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8",
              errors="replace", max_num_fields=None, separator="&"):
    found = []
    for pair in qs.split(separator):
        if not pair:
            continue
        name, equals, value = pair.partition("=")
        if value or keep_blank_values:
            found.append((unquote_plus(name), unquote_plus(value)))
    return found


def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8",
             errors="replace", max_num_fields=None, separator="&"):
    found = {}
    for name, value in parse_qsl(qs, keep_blank_values):
        found.setdefault(name, []).append(value)
    return found
