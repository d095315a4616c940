# uuid (RFC 9562; Python 3.13 library reference), from the run's seed.
import hashlib
from _os import urandom


class UUID:
    def __init__(self, hex=None, bytes=None, bytes_le=None, fields=None, int=None, version=None):
        if hex is not None:
            digits = hex.replace("urn:", "").replace("uuid:", "").strip("{}").replace("-", "").lower()
            if len(digits) != 32 or any(c not in "0123456789abcdef" for c in digits):
                raise ValueError("badly formed hexadecimal UUID string")
        elif bytes is not None:
            if len(bytes) != 16:
                raise ValueError("bytes is not a 16-char string")
            digits = bytes.hex()
        elif int is not None:
            digits = f"{int:032x}"
        else:
            raise TypeError("one of the hex, bytes, bytes_le, fields, or int arguments must be given")
        if version is not None:
            digits = digits[:12] + str(version) + digits[13:]
            digits = digits[:16] + "89ab"[globals_int(digits[16], 16) % 4] + digits[17:]
        self.hex = digits

    @property
    def bytes(self):
        return _bytes.fromhex(self.hex)

    @property
    def version(self):
        return globals_int(self.hex[12], 16) if self.hex[16] in "89ab" else None

    @property
    def urn(self):
        return "urn:uuid:" + str(self)

    def __str__(self):
        h = self.hex
        return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"

    def __repr__(self):
        return f"UUID('{self}')"

    def __eq__(self, other):
        return isinstance(other, UUID) and self.hex == other.hex

    def __lt__(self, other):
        return self.hex < other.hex

    def __hash__(self):
        return hash(self.hex)


_bytes = bytes
globals_int = int


def uuid4():
    return UUID(bytes=urandom(16), version=4)


def uuid1(node=None, clock_seq=None):
    return UUID(bytes=urandom(16), version=1)


def uuid3(namespace, name):
    data = name.encode("utf-8") if isinstance(name, str) else name
    return UUID(bytes=hashlib.md5(namespace.bytes + data).digest()[:16], version=3)


def uuid5(namespace, name):
    data = name.encode("utf-8") if isinstance(name, str) else name
    return UUID(bytes=hashlib.sha1(namespace.bytes + data).digest()[:16], version=5)


NAMESPACE_DNS = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
NAMESPACE_URL = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
NAMESPACE_OID = UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")
