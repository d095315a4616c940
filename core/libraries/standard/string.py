# string (Python 3.13 library reference).
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdefABCDEF"
octdigits = "01234567"
punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
whitespace = " \t\n\r\x0b\x0c"
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or " ").join([word.capitalize() for word in s.split(sep)])


class Template:
    def __init__(self, template):
        self.template = template

    def _replace(self, mapping, safe):
        out, text, at = [], self.template, 0
        while at < len(text):
            dollar = text.find("$", at)
            if dollar < 0:
                out.append(text[at:])
                break
            out.append(text[at:dollar])
            at = dollar + 1
            if text[at:at + 1] == "$":
                out.append("$")
                at += 1
                continue
            braced = text[at:at + 1] == "{"
            start = end = at + (1 if braced else 0)
            while end < len(text) and (text[end].isalnum() or text[end] == "_"):
                end += 1
            name = text[start:end]
            if name in mapping:
                out.append(str(mapping[name]))
                at = end + (1 if braced else 0)
            elif safe:
                out.append("$")
            else:
                raise KeyError(name)
        return "".join(out)

    def substitute(self, mapping=(), /, **kwds):
        return self._replace({**dict(mapping), **kwds}, False)

    def safe_substitute(self, mapping=(), /, **kwds):
        return self._replace({**dict(mapping), **kwds}, True)


class Formatter:
    def format(self, format_string, /, *args, **kwds):
        return format_string.format(*args, **kwds)
