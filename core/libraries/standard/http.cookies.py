# http.cookies (Python 3.13 library reference): cookies of one side, as they stand in a header.
import re

_KEY = re.compile(r"[\w!#$%&'*+\-.^`|~:]+", re.ASCII)
_PLAIN = re.compile(r"[\w!#$%&'*+\-.^`|~:]*", re.ASCII)
_FREE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~: ()/<=>?@[]{}")
_RESERVED = {"expires": "expires", "path": "Path", "comment": "Comment", "domain": "Domain",
             "max-age": "Max-Age", "secure": "Secure", "httponly": "HttpOnly", "version": "Version",
             "samesite": "SameSite"}
_FLAGS = ("secure", "httponly")


class CookieError(Exception):
    pass


def _quote(text):
    if text is None or not text or _PLAIN.fullmatch(text):
        return text if text is None or text else '""'
    out = []
    for char in text:
        if char in '"\\':
            out.append("\\" + char)
        elif char in _FREE or ord(char) > 255:
            out.append(char)
        else:
            out.append("\\%03o" % ord(char))
    return '"' + "".join(out) + '"'


def _unquote(text):
    if text is None or len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return text
    out, rest = [], text[1:-1]
    while rest:
        if rest[0] != "\\" or len(rest) < 2:
            out.append(rest[0])
            rest = rest[1:]
        elif rest[1:4].isdigit() and len(rest) >= 4:
            out.append(chr(int(rest[1:4], 8)))
            rest = rest[4:]
        else:
            out.append(rest[1])
            rest = rest[2:]
    return "".join(out)


class Morsel(dict):
    def __init__(self):
        self._key = self._value = self._coded_value = None
        for name in _RESERVED:
            dict.__setitem__(self, name, "")

    key = property(lambda self: self._key)
    value = property(lambda self: self._value)
    coded_value = property(lambda self: self._coded_value)

    def __setitem__(self, name, value):
        if name.lower() not in _RESERVED:
            raise CookieError(f"Invalid attribute {name.lower()!r}")
        dict.__setitem__(self, name.lower(), value)

    def isReservedKey(self, name):
        return name.lower() in _RESERVED

    def set(self, key, val, coded_val):
        if key.lower() in _RESERVED:
            raise CookieError(f"Attempt to set a reserved key {key!r}")
        if not _KEY.fullmatch(key):
            raise CookieError(f"Illegal key {key!r}")
        self._key, self._value, self._coded_value = key, val, coded_val

    def OutputString(self, attrs=None):
        out = [f"{self._key}={self._coded_value}"]
        for name, value in sorted(self.items()):
            if value == "" or name not in (_RESERVED if attrs is None else attrs):
                continue
            if name in _FLAGS:
                if value:
                    out.append(_RESERVED[name])
            else:
                out.append(f"{_RESERVED[name]}={_quote(value) if name == 'comment' else value}")
        return "; ".join(out)

    def output(self, attrs=None, header="Set-Cookie:"):
        return f"{header} {self.OutputString(attrs)}"

    def __str__(self):
        return self.output()

    def __repr__(self):
        return f"<{type(self).__name__}: {self.OutputString()}>"


class BaseCookie(dict):
    def __init__(self, input=None):
        if input:
            self.load(input)

    def value_decode(self, val):
        return val, val

    def value_encode(self, val):
        return str(val), str(val)

    def _put(self, key, real, coded):
        morsel = self.get(key, Morsel())
        morsel.set(key, real, coded)
        dict.__setitem__(self, key, morsel)

    def __setitem__(self, key, value):
        if isinstance(value, Morsel):
            dict.__setitem__(self, key, value)
        else:
            self._put(key, *self.value_encode(value))

    def output(self, attrs=None, header="Set-Cookie:", sep="\r\n"):
        return sep.join([value.output(attrs, header) for _, value in sorted(self.items(), key=lambda pair: pair[0])])

    def __str__(self):
        return self.output()

    def __repr__(self):
        inside = " ".join(f"{key}={value.value!r}" for key, value in sorted(self.items(), key=lambda pair: pair[0]))
        return f"<{type(self).__name__}: {inside}>"

    def load(self, rawdata):
        if not isinstance(rawdata, str):
            for key, value in rawdata.items():
                self[key] = value
            return
        found = []
        for piece in _pieces(rawdata):
            key, sign, value = piece.partition("=")
            key, value = key.strip(), value.strip()
            if not key:
                break
            if key[0] == "$":
                if found:
                    found.append((True, key[1:], value))
            elif key.lower() in _RESERVED:
                if not found or not sign and key.lower() not in _FLAGS:
                    return
                found.append((True, key, _unquote(value) if sign else True))
            elif sign:
                found.append((False, key, self.value_decode(value)))
            else:
                return
        morsel = None
        for attribute, key, value in found:
            if attribute:
                morsel[key] = value
            else:
                self._put(key, *value)
                morsel = self[key]


_DATE = re.compile(r"\s*\w+\s*=\s*(\w{3,6}day|\w{3}),\s[\w\d\s-]{9,11}\s[\d:]{8}\sGMT\s*", re.ASCII)


def _pieces(text):
    """Semicolons separate, and so do spaces outside of quoted texts and dates."""
    out = []
    for piece in _split(text):
        if '"' in piece or _DATE.fullmatch(piece):
            out.append(piece)
        else:
            out += re.sub(r"\s*=\s*", "=", piece.strip(), count=1).split()
    return out


def _split(text):
    out, quoted = [""], False
    for char in text:
        if char == ";" and not quoted:
            out.append("")
            continue
        if char == '"':
            quoted = not quoted
        out[-1] += char
    return out


class SimpleCookie(BaseCookie):
    def value_decode(self, val):
        return _unquote(val), val

    def value_encode(self, val):
        return str(val), _quote(str(val))
