# ast (Python 3.13 library reference): literal_eval only.
import re as _re

_TOKEN = _re.compile(r"""\s*(?:(-?\d+\.\d*(?:[eE][-+]?\d+)?|-?\.\d+|-?\d+[eE][-+]?\d+)|(-?0[xX][0-9a-fA-F]+|-?\d[\d_]*)"""
                     r"""|([bB]?)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(True|False|None|set\(\))|(.))""")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b"}


def _unescaped(text):
    out, at = [], 0
    while at < len(text):
        letter = text[at]
        if letter != "\\":
            out.append(letter)
            at += 1
            continue
        kind = text[at + 1]
        size = {"x": 2, "u": 4, "U": 8}.get(kind)
        if size:
            out.append(chr(int(text[at + 2:at + 2 + size], 16)))
            at += 2 + size
        else:
            out.append(_ESCAPES.get(kind, "\\" + kind))
            at += 2
    return "".join(out)


class _Reader:
    def __init__(self, text):
        self.tokens = [found for found in _TOKEN.finditer(text.strip()) if found.group().strip()]
        self.at = 0

    def mark(self):
        return self.tokens[self.at].group(6) if self.at < len(self.tokens) else None

    def take(self, wanted):
        if self.mark() != wanted:
            raise SyntaxError("invalid syntax")
        self.at += 1

    def items(self, close):
        found, comma = [], False
        while self.mark() != close:
            found.append(self.value())
            comma = self.mark() == ","
            if comma:
                self.at += 1
            elif self.mark() != close:
                raise SyntaxError("invalid syntax")
        self.at += 1
        return found, comma

    def value(self):
        if self.at >= len(self.tokens):
            raise SyntaxError("invalid syntax")
        real, whole, is_bytes, text, word, mark = self.tokens[self.at].groups()
        self.at += 1
        if real is not None:
            return float(real)
        if whole is not None:
            return int(whole, 0)
        if text is not None:
            made = _unescaped(text[1:-1])
            if is_bytes:
                return made.encode("latin-1")
            while self.at < len(self.tokens) and self.tokens[self.at].group(4) is not None:
                made += self.value()
            return made
        if word is not None:
            return {"True": True, "False": False, "None": None, "set()": set()}[word]
        if mark == "[":
            return self.items("]")[0]
        if mark == "(":
            found, comma = self.items(")")
            return found[0] if len(found) == 1 and not comma else tuple(found)
        if mark == "{":
            return self.braces()
        if mark in "-+":
            number = self.value()
            return -number if mark == "-" else number
        raise ValueError("malformed node or string on line 1")

    def braces(self):
        pairs, items = {}, []
        while self.mark() != "}":
            key = self.value()
            if self.mark() == ":":
                self.at += 1
                pairs[key] = self.value()
            else:
                items.append(key)
            if self.mark() == ",":
                self.at += 1
            elif self.mark() != "}":
                raise SyntaxError("invalid syntax")
        self.at += 1
        return set(items) if items else pairs


def literal_eval(node_or_string):
    reader = _Reader(node_or_string)
    value = reader.value()
    if reader.mark() == ",":
        reader.at += 1
        rest = [value]
        while reader.at < len(reader.tokens):
            rest.append(reader.value())
            if reader.mark() == ",":
                reader.at += 1
        return tuple(rest)
    if reader.at < len(reader.tokens):
        raise SyntaxError("invalid syntax")
    return value
