# os (Python 3.13 library reference): environment, paths and the files of the scenario.
import os.path as path
from _os import (urandom, _environ_names, _file_kind, _getenv, _listdir, _putenv, _remove, _unsetenv)

name = "posix"
sep, linesep, curdir, pardir, pathsep, devnull = "/", "\n", ".", "..", ":", "/dev/null"
R_OK, W_OK, X_OK, F_OK = 4, 2, 1, 0
error = OSError
PathLike = object


class _Environ:
    def __getitem__(self, key):
        value = _getenv(key, True)
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        if not isinstance(value, str):
            raise TypeError(f"str expected, not {type(value).__name__}")
        _putenv(key, value)

    def __delitem__(self, key):
        if key not in self:
            raise KeyError(key)
        _unsetenv(key)

    def __contains__(self, key):
        return key in _environ_names()

    def __iter__(self):
        return iter(_environ_names())

    def __len__(self):
        return len(_environ_names())

    def get(self, key, default=None):
        value = _getenv(key, default is None)
        return default if value is None else value

    def setdefault(self, key, default):
        if key not in self:
            self[key] = default
        return self[key]

    def pop(self, key, *default):
        if key in self:
            value = self[key]
            del self[key]
            return value
        if default:
            return default[0]
        raise KeyError(key)

    def update(self, *others, **kwds):
        for other in others:
            for key, value in dict(other).items():
                self[key] = value
        for key, value in kwds.items():
            self[key] = value

    def keys(self):
        return _environ_names()

    def values(self):
        return [self[key] for key in self]

    def items(self):
        return [(key, self[key]) for key in self]

    def copy(self):
        return dict(self.items())


environ = _Environ()


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(key, value):
    environ[key] = value


def unsetenv(key):
    environ.pop(key, None)


def getcwd():
    return "/app"


def getpid():
    return 1


def cpu_count():
    return 2


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    return path.__fspath__()


def listdir(path="."):
    return _listdir(fspath(path))


def mkdir(path_, mode=0o777, *, dir_fd=None):
    if path.exists(path_):
        raise FileExistsError(17, "File exists", fspath(path_))
    path._folders.add(path.normpath(path_))


def makedirs(name, mode=0o777, exist_ok=False):
    if exist_ok and path.isdir(name):
        return
    mkdir(name)
    above = path.dirname(path.normpath(name))
    while above and above not in path._folders and above != "/":
        path._folders.add(above)
        above = path.dirname(above)


def rmdir(path_, *, dir_fd=None):
    where = path.normpath(path_)
    if listdir(path_):
        raise OSError(39, "Directory not empty", fspath(path_))
    if where not in path._folders:
        raise FileNotFoundError(2, "No such file or directory", fspath(path_))
    path._folders.discard(where)


removedirs = rmdir


def remove(path):
    _remove(fspath(path))


unlink = remove


def rename(src, dst):
    with open(src, "rb") as file:
        content = file.read()
    with open(dst, "wb") as file:
        file.write(content)
    _remove(fspath(src))


replace = rename


class stat_result:
    def __init__(self, size, folder=False):
        self.st_size, self.st_mode = size, 0o40755 if folder else 0o100644

    def __getattr__(self, name):
        if name.startswith("st_"):
            return _not_modelled(f"{name} of files")
        raise AttributeError(name)


def stat(path_, *, dir_fd=None, follow_symlinks=True):
    if path.isdir(path_):
        return stat_result(4096, True)
    with open(path_, "rb") as file:
        return stat_result(len(file.read()))


def walk(top, topdown=True, onerror=None, followlinks=False):
    names = listdir(top)
    folders = [name for name in names if _file_kind(f"{fspath(top)}/{name}") == 2]
    yield top, folders, [name for name in names if name not in folders]
    for folder in folders:
        yield from walk(path.join(top, folder))


def access(path, mode):
    return _file_kind(fspath(path)) != 0


def uname():
    raise NotImplementedError


def get_terminal_size(fallback=(80, 24)):
    return fallback
