# binascii (Python 3.13 library reference).
from _codec import base64_decode, base64_encode


class Error(ValueError):
    pass


def hexlify(data, sep=None, bytes_per_sep=1):
    text = data.hex() if sep is None else data.hex(sep, bytes_per_sep)
    return text.encode("ascii")


b2a_hex = hexlify


def unhexlify(hexstr):
    text = hexstr.decode("ascii") if isinstance(hexstr, bytes) else hexstr
    if len(text) % 2:
        raise Error("Odd-length string")
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise Error("Non-hexadecimal digit found") from None


a2b_hex = unhexlify


def b2a_base64(data, *, newline=True):
    return base64_encode(data) + (b"\n" if newline else b"")


def a2b_base64(string, *, strict_mode=False):
    found = base64_decode(string.encode("ascii") if isinstance(string, str) else string, False)
    if found is None:
        raise Error("Incorrect padding")
    return found
