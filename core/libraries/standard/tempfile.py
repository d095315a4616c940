# tempfile (Python 3.13 library reference): files of this run, under names that are the same in every run.
import io
import os

tempdir = None
template = "tmp"
_made = [0]


def gettempdir():
    return "/tmp"


def gettempprefix():
    return template


def _name(suffix, prefix, dir):
    _made[0] += 1
    return f"{dir or gettempdir()}/{prefix or template}{_made[0]:08d}{suffix or ''}"


def mktemp(suffix="", prefix=template, dir=None):
    return _name(suffix, prefix, dir)


def mkdtemp(suffix=None, prefix=None, dir=None):
    path = _name(suffix, prefix, dir)
    os.makedirs(path, exist_ok=True)
    return path


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    path = _name(suffix, prefix, dir)
    open(path, "w").close()
    return 3 + _made[0], path


class _NamedFile:
    def __init__(self, file, name, delete):
        self.file, self.name, self.delete = file, name, delete

    def __getattr__(self, name):
        return getattr(self.file, name)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def __iter__(self):
        return iter(self.file)

    def close(self):
        self.file.close()
        if self.delete and os.path.exists(self.name):
            os.unlink(self.name)


def NamedTemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None,
                       delete=True, *, errors=None, delete_on_close=True):
    path = _name(suffix, prefix, dir)
    return _NamedFile(open(path, mode), path, delete)


def TemporaryFile(mode="w+b", *args, **kwargs):
    return io.BytesIO() if "b" in mode else io.StringIO()


def SpooledTemporaryFile(max_size=0, mode="w+b", *args, **kwargs):
    return TemporaryFile(mode)


class TemporaryDirectory:
    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False, *, delete=True):
        self.name = mkdtemp(suffix, prefix, dir)

    def __enter__(self):
        return self.name

    def __exit__(self, *error):
        self.cleanup()

    def cleanup(self):
        import shutil
        shutil.rmtree(self.name, ignore_errors=True)
