# sys (Python 3.13 library reference).
from _os import _environ_names, _loaded_modules


class _VersionInfo(tuple):
    major, minor, micro, releaselevel, serial = 3, 13, 5, "final", 0


class _Stream:
    def write(self, text):
        text = text.rstrip("\n")
        if text:
            print(text)
        return len(text)

    def flush(self):
        pass

    def isatty(self):
        return False


version_info = _VersionInfo((3, 13, 5, "final", 0))
version = "3.13.5 (main, Jun 25 2025, 18:55:22) [GCC 14.2.0]"
hexversion = 51185136
platform = "linux"
byteorder = "little"
maxsize = 9223372036854775807
maxunicode = 1114111
argv = ["snippet.py"]
path = [""]
executable = "/usr/bin/python3"
prefix = "/usr"
stdout, stderr, stdin = _Stream(), _Stream(), _Stream()
flags = None


def exit(status=None):
    raise SystemExit(status)


def getrecursionlimit():
    return 1000


def setrecursionlimit(limit):
    pass


def exc_info():
    error = _handled_exception()
    return (None, None, None) if error is None else (type(error), error, error.__traceback__)


def exception():
    return _handled_exception()


def getsizeof(obj, default=0):
    return 64


def intern(string):
    return string


def getdefaultencoding():
    return "utf-8"


def __getattr__(name):
    if name == "modules":
        return _loaded_modules()
    raise AttributeError(f"module 'sys' has no attribute {name!r}")
