# os.path (posixpath of Python 3.13).
from _os import _file_kind

sep = "/"


def _text(path):
    return path if isinstance(path, (str, bytes)) else path.__fspath__()


def join(a, *p):
    path = _text(a)
    for part in p:
        part = _text(part)
        if part.startswith("/"):
            path = part
        elif not path or path.endswith("/"):
            path += part
        else:
            path += "/" + part
    return path


def commonprefix(m):
    low, high = min(m), max(m)
    for at, c in enumerate(low):
        if c != high[at]:
            return low[:at]
    return low


def commonpath(paths):
    found = "/".join(commonprefix([each.rstrip("/").split("/") for each in paths]))
    return found or "/"


def relpath(path, start="."):
    to = [each for each in abspath(path).split("/") if each]
    base = [each for each in abspath(start).split("/") if each]
    same = len(commonprefix([to, base]))
    return "/".join([".."] * (len(base) - same) + to[same:]) or "."


def expandvars(path):
    import os
    import re
    return re.sub(r"\$(?:\{(\w+)\}|(\w+))", lambda m: os.environ.get(m[1] or m[2], m[0]), path)


def split(p):
    head, slash, tail = _text(p).rpartition("/")
    return (head.rstrip("/") or "/" if slash else ""), tail


def dirname(p):
    return split(p)[0]


def basename(p):
    return split(p)[1]


def splitext(p):
    p = _text(p)
    name = p.rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem.strip("."):
        return p, ""
    return p[:len(p) - len(ending) - 1], "." + ending


def isabs(s):
    return _text(s).startswith("/")


def normpath(path):
    path = _text(path)
    start = "/" if path.startswith("/") else ""
    out = []
    for part in path.split("/"):
        if part == ".." and out and out[-1] != "..":
            out.pop()
        elif part == ".." and start:
            pass
        elif part and part != ".":
            out.append(part)
    return start + "/".join(out) or "."


def abspath(path):
    path = _text(path)
    return normpath(path if isabs(path) else join("/app", path))


realpath = abspath


# Folders that the code made; the host's own are known by the files in them.
_folders = {"/tmp"}


def exists(path):
    return _file_kind(_relative(path)) != 0 or normpath(path) in _folders


def isfile(path):
    return _file_kind(_relative(path)) == 1


def isdir(path):
    return _file_kind(_relative(path)) == 2 or normpath(path) in _folders


def _relative(path):
    path = _text(path)
    return path[5:] if path.startswith("/app/") else path


def expanduser(path):
    path = _text(path)
    return "/root" + path[1:] if path == "~" or path.startswith("~/") else path


def expandvars(path):
    return path


def getsize(filename):
    with open(filename, "rb") as file:
        return len(file.read())
