# pathlib (Python 3.13 library reference) on the scenario's files.
import fnmatch
import os
import os.path


class PurePath:
    def __init__(self, *parts):
        self._text = os.path.join(*[os.fspath(part) for part in parts]) if parts else "."
        while "//" in self._text:
            self._text = self._text.replace("//", "/")
        if len(self._text) > 1:
            self._text = self._text.rstrip("/")
        if self._text.startswith("./"):
            self._text = self._text[2:]

    def __fspath__(self):
        return self._text

    def __str__(self):
        return self._text

    def __repr__(self):
        return f"PosixPath({self._text!r})"

    def __truediv__(self, other):
        return type(self)(self._text, other)

    def __rtruediv__(self, other):
        return type(self)(other, self._text)

    def __eq__(self, other):
        return isinstance(other, PurePath) and self._text == other._text

    def __lt__(self, other):
        return self._text < other._text

    def __hash__(self):
        return hash(self._text)

    @property
    def name(self):
        return os.path.basename(self._text)

    @property
    def stem(self):
        return os.path.splitext(self.name)[0]

    @property
    def suffix(self):
        return os.path.splitext(self.name)[1]

    @property
    def suffixes(self):
        return ["." + each for each in self.name.lstrip(".").split(".")[1:]]

    @property
    def parent(self):
        return type(self)(os.path.dirname(self._text) or ".")

    @property
    def parents(self):
        found, at = [], self
        while at.parent != at:
            at = at.parent
            found.append(at)
        return found

    @property
    def parts(self):
        return tuple((["/"] if self._text.startswith("/") else [])
                     + [part for part in self._text.split("/") if part])

    def joinpath(self, *others):
        return type(self)(self._text, *others)

    def with_suffix(self, suffix):
        return type(self)(self._text[:len(self._text) - len(self.suffix)] + suffix)

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def match(self, pattern):
        return fnmatch.fnmatch(self._text if "/" in pattern else self.name, pattern)

    def is_relative_to(self, other):
        return self._text == str(other) or self._text.startswith(str(other).rstrip("/") + "/")

    def with_name(self, name):
        return self.parent / name

    def is_absolute(self):
        return self._text.startswith("/")

    def as_posix(self):
        return self._text

    def as_uri(self):
        return "file://" + self._text

    def relative_to(self, other):
        if self._text == str(other):
            return type(self)(".")
        base = str(other).rstrip("/") + "/"
        if not self._text.startswith(base):
            raise ValueError(f"{self._text!r} is not in the subpath of {str(other)!r}")
        return type(self)(self._text[len(base):])


class Path(PurePath):
    @classmethod
    def cwd(cls):
        return cls("/app")

    @classmethod
    def home(cls):
        return cls("/root")

    def exists(self):
        return os.path.exists(self._text)

    def is_file(self):
        return os.path.isfile(self._text)

    def is_dir(self):
        return os.path.isdir(self._text)

    def resolve(self, strict=False):
        return Path(os.path.abspath(self._text))

    absolute = resolve

    def expanduser(self):
        return Path(os.path.expanduser(self._text))

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        return open(self._text, mode)

    def read_text(self, encoding=None, errors=None):
        with open(self._text) as file:
            return file.read()

    def read_bytes(self):
        with open(self._text, "rb") as file:
            return file.read()

    def write_text(self, data, encoding=None, errors=None, newline=None):
        with open(self._text, "w") as file:
            return file.write(data)

    def write_bytes(self, data):
        with open(self._text, "wb") as file:
            return file.write(data)

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        if not (exist_ok and self.is_dir()):
            (os.makedirs if parents else os.mkdir)(self._text)

    def rmdir(self):
        os.rmdir(self._text)

    def unlink(self, missing_ok=False):
        if not missing_ok or self.exists():
            os.remove(self._text)

    def rename(self, target):
        os.rename(self._text, target)
        return type(self)(target)

    replace = rename

    def touch(self, mode=0o666, exist_ok=True):
        with open(self._text, "a"):
            pass

    def iterdir(self):
        return iter([self / name for name in os.listdir(self._text)])

    def _below(self):
        for each in self.iterdir():
            yield each
            if each.is_dir():
                yield from each._below()

    def glob(self, pattern):
        deep, slash, last = pattern.rpartition("/")
        if deep == "**" or not slash:
            found = self._below() if slash else self.iterdir()
            return iter([each for each in found if fnmatch.fnmatch(each.name, last)])
        return iter([each for folder in self.glob(deep) for each in folder.glob(last)])

    def rglob(self, pattern):
        return self.glob("**/" + pattern)

    def stat(self):
        return os.stat(self._text)


PosixPath, PurePosixPath = Path, PurePath
