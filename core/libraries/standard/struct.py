# struct (Python 3.13 library reference): whole numbers, bytes and padding; standard sizes.
class error(Exception):
    pass


_SIZES = {"x": 1, "c": 1, "b": 1, "B": 1, "?": 1, "h": 2, "H": 2, "i": 4, "I": 4, "l": 4, "L": 4, "q": 8, "Q": 8, "s": 1}


def _items(format):
    order, native, count, found = "little", True, "", []
    if format[:1] in "@=<>!" and format:
        order, native, format = ("big" if format[0] in ">!" else "little"), format[0] == "@", format[1:]
    at = 0
    for c in format:
        if c.isdigit():
            count += c
            continue
        if c.isspace():
            continue
        if c not in _SIZES:
            raise error("bad char in struct format")
        size = 8 if native and c in "lL" else _SIZES[c]
        if native and c not in "xs":
            pad = -at % size
            if pad:
                found.append(("x", pad))
                at += pad
        repeat = int(count or 1)
        if c in "xs":
            found.append((c, repeat))
            at += repeat
        else:
            found += [(c, size)] * repeat
            at += size * repeat
        count = ""
    return order, found


def calcsize(format):
    return sum([size for _, size in _items(format)[1]])


def pack(format, *values):
    order, items = _items(format)
    wanted = len([1 for c, _ in items if c != "x"])
    if wanted != len(values):
        raise error(f"pack expected {wanted} items for packing (got {len(values)})")
    out, values = b"", iter(values)
    for c, size in items:
        if c == "x":
            out += bytes(size)
            continue
        value = next(values)
        if c == "s":
            out += value[:size] + bytes(size - len(value[:size]))
        elif c == "c":
            out += value
        elif c == "?":
            out += b"\1" if value else b"\0"
        else:
            if not isinstance(value, int):
                raise error("required argument is not an integer")
            signed, bits = c.islower(), 8 * size
            low, high = (-2 ** (bits - 1), 2 ** (bits - 1) - 1) if signed else (0, 2 ** bits - 1)
            if size < 8 and not low <= value <= high:
                raise error(f"'{c}' format requires {low} <= number <= {high}" if size > 2
                            else f"{'short' if signed else 'ushort'} format requires {low} <= number <= {high}" if size == 2
                            else f"{'byte' if signed else 'ubyte'} format requires {low} <= number <= {high}")
            out += value.to_bytes(size, order, signed=signed)
    return out


def unpack(format, buffer):
    order, items = _items(format)
    size = calcsize(format)
    if len(buffer) != size:
        raise error(f"unpack requires a buffer of {size} bytes")
    found, at = [], 0
    for c, size in items:
        piece = bytes(buffer[at:at + size])
        at += size
        if c in "sc":
            found.append(piece)
        elif c == "?":
            found.append(piece != b"\0")
        elif c != "x":
            found.append(int.from_bytes(piece, order, signed=c.islower()))
    return tuple(found)


def unpack_from(format, /, buffer, offset=0):
    return unpack(format, buffer[offset:offset + calcsize(format)])


def iter_unpack(format, buffer):
    size = calcsize(format)
    return iter([unpack(format, buffer[at:at + size]) for at in range(0, len(buffer), size)])


class Struct:
    def __init__(self, format):
        self.format, self.size = format, calcsize(format)

    def pack(self, *values):
        return pack(self.format, *values)

    def unpack(self, buffer):
        return unpack(self.format, buffer)
