# codecs (Python 3.13 library reference): the functions that applications call.
BOM_UTF8 = b"\xef\xbb\xbf"
BOM_UTF16_LE, BOM_UTF16_BE = b"\xff\xfe", b"\xfe\xff"


def encode(obj, encoding="utf-8", errors="strict"):
    if encoding in ("rot13", "rot_13"):
        return _rot13(obj)
    if encoding in ("hex", "hex_codec"):
        return obj.hex().encode()
    if encoding in ("base64", "base64_codec"):
        import base64
        return base64.encodebytes(obj)
    return obj.encode(encoding, errors)


def decode(obj, encoding="utf-8", errors="strict"):
    if encoding in ("rot13", "rot_13"):
        return _rot13(obj)
    if encoding in ("hex", "hex_codec"):
        return bytes.fromhex(bytes(obj).decode())
    if encoding in ("base64", "base64_codec"):
        import base64
        return base64.b64decode(obj)
    return bytes(obj).decode(encoding, errors)


def _rot13(text):
    out = []
    for letter in text:
        low = letter.lower()
        if "a" <= low <= "z":
            start = ord("a") if letter == low else ord("A")
            letter = chr((ord(letter) - start + 13) % 26 + start)
        out.append(letter)
    return "".join(out)


def open(filename, mode="r", encoding=None, errors="strict", buffering=-1):
    import builtins
    return builtins.open(filename, mode, encoding=encoding, errors=errors)
