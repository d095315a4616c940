# shutil (Python 3.13 library reference): copying and removing within the files of the run.
import os


class Error(OSError):
    pass


class SameFileError(Error):
    pass


def copyfileobj(fsrc, fdst, length=0):
    fdst.write(fsrc.read())


def copyfile(src, dst, *, follow_symlinks=True):
    with open(src, "rb") as source, open(dst, "wb") as target:
        target.write(source.read())
    return dst


copy = copy2 = copyfile


def move(src, dst, copy_function=copy2):
    copyfile(src, dst)
    os.unlink(src)
    return dst


def rmtree(path, ignore_errors=False, onerror=None, *, onexc=None, dir_fd=None):
    try:
        for name in os.listdir(path):
            inner = os.path.join(path, name)
            if os.path.isdir(inner):
                rmtree(inner, ignore_errors)
            else:
                os.unlink(inner)
        os.rmdir(path)
    except OSError:
        if not ignore_errors:
            raise


def which(cmd, mode=1, path=None):
    return None


def get_terminal_size(fallback=(80, 24)):
    return os.terminal_size(fallback) if hasattr(os, "terminal_size") else fallback
