# shlex (Python 3.13 library reference): split, quote and join.
import re

_unsafe = re.compile(r"[^\w@%+=:,./-]", re.ASCII)


def quote(s):
    if not s:
        return "''"
    return s if _unsafe.search(s) is None else "'" + s.replace("'", "'\"'\"'") + "'"


def join(split_command):
    return " ".join([quote(each) for each in split_command])


def split(s, comments=False, posix=True):
    out, word, mark, at = [], None, "", 0
    while at < len(s):
        c = s[at]
        at += 1
        if mark:
            if c == mark:
                mark = ""
            elif c == "\\" and mark == '"' and at < len(s) and s[at] in '"\\':
                word += s[at]
                at += 1
            else:
                word += c
        elif c in "'\"":
            mark, word = c, word or ""
        elif c == "\\":
            if at == len(s):
                raise ValueError("No escaped character")
            word = (word or "") + s[at]
            at += 1
        elif c.isspace():
            if word is not None:
                out.append(word)
            word = None
        elif c == "#" and comments and word is None:
            end = s.find("\n", at)
            at = len(s) if end < 0 else end
        else:
            word = (word or "") + c
    if mark:
        raise ValueError("No closing quotation")
    return out if word is None else [*out, word]
