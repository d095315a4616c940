# base64 (RFC 4648; Python 3.13 library reference).
import binascii
from _codec import base64_decode, base64_encode


def _data(s):
    return s.encode("ascii") if isinstance(s, str) else bytes(s)


def b64encode(s, altchars=None):
    if isinstance(s, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    out = base64_encode(bytes(s))
    if altchars is not None:
        out = out.replace(b"+", altchars[:1]).replace(b"/", altchars[1:])
    return out


def b64decode(s, altchars=None, validate=False):
    data = _data(s)
    if altchars is not None:
        data = data.replace(_data(altchars)[:1], b"+").replace(_data(altchars)[1:], b"/")
    found = base64_decode(data, validate)
    if found is None:
        raise binascii.Error("Incorrect padding")
    return found


standard_b64encode, standard_b64decode = b64encode, b64decode
encodebytes, decodebytes = b64encode, b64decode


def urlsafe_b64encode(s):
    return b64encode(s).replace(b"+", b"-").replace(b"/", b"_")


def urlsafe_b64decode(s):
    return b64decode(_data(s).replace(b"-", b"+").replace(b"_", b"/"))


def b16encode(s):
    return s.hex().upper().encode("ascii")


def b16decode(s, casefold=False):
    return bytes.fromhex(_data(s).decode("ascii"))
