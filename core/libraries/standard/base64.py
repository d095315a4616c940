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
    if found is None or len(data.rstrip(b"=")) % 4 == 1:
        chars = [c for c in data.decode("latin-1") if c.isascii() and (c.isalnum() or c in "+/")]
        if validate and len(chars) != len(data.rstrip(b"=")):
            raise binascii.Error("Only base64 data is allowed")
        if len(chars) % 4 == 1:
            raise binascii.Error(f"Invalid base64-encoded string: number of data characters ({len(chars)}) "
                                 "cannot be 1 more than a multiple of 4")
        raise binascii.Error("Incorrect padding")
    return found


standard_b64encode, standard_b64decode = b64encode, b64decode
encodebytes, decodebytes = b64encode, b64decode


def urlsafe_b64encode(s):
    return b64encode(s).replace(b"+", b"-").replace(b"/", b"_")


def urlsafe_b64decode(s):
    return b64decode(_data(s).replace(b"-", b"+").replace(b"_", b"/"))


_B32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def b32encode(s):
    out = ""
    for at in range(0, len(s), 5):
        piece = s[at:at + 5]
        bits = int.from_bytes(piece + bytes(5 - len(piece)), "big")
        letters = "".join([_B32[bits >> shift & 31] for shift in range(35, -1, -5)])
        used = (len(piece) * 8 + 4) // 5
        out += letters[:used] + "=" * (8 - used)
    return out.encode("ascii")


def b32decode(s, casefold=False, map01=None):
    text = _data(s).decode("ascii")
    text = text.upper() if casefold else text
    if len(text) % 8:
        raise binascii.Error("Incorrect padding")
    out, letters = b"", text.rstrip("=")
    for at in range(0, len(letters), 8):
        piece, bits = letters[at:at + 8], 0
        for c in piece + "A" * (8 - len(piece)):
            if c not in _B32:
                raise binascii.Error("Non-base32 digit found")
            bits = bits << 5 | _B32.index(c)
        out += bits.to_bytes(5, "big")[:len(piece) * 5 // 8]
    return out


def b16encode(s):
    return s.hex().upper().encode("ascii")


def b16decode(s, casefold=False):
    return bytes.fromhex(_data(s).decode("ascii"))
