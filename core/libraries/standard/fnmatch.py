# fnmatch (Python 3.13 library reference).
import re


def translate(pat):
    out, at = "", 0
    while at < len(pat):
        c = pat[at]
        at += 1
        close = pat.find("]", at + 1) if c == "[" else -1
        if c == "*":
            out += ".*"
        elif c == "?":
            out += "."
        elif close > 0:
            inner = pat[at:close].replace("\\", r"\\")
            out += "[" + ("^" + inner[1:] if inner.startswith("!") else inner) + "]"
            at = close + 1
        else:
            out += re.escape(c)
    return r"(?s:" + out + r")\Z"


def fnmatchcase(name, pat):
    return re.fullmatch(translate(pat)[4:-3], name, re.S) is not None


fnmatch = fnmatchcase


def filter(names, pat):
    return [name for name in names if fnmatchcase(name, pat)]
