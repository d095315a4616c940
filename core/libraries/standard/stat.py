# stat (Python 3.13 library reference): the kinds of files and the permissions of their mode.
S_IFDIR, S_IFREG, S_IFLNK = 0o40000, 0o100000, 0o120000
S_IRUSR, S_IWUSR, S_IXUSR, S_IRWXU = 0o400, 0o200, 0o100, 0o700
S_IRGRP, S_IWGRP, S_IXGRP, S_IRWXG = 0o40, 0o20, 0o10, 0o70
S_IROTH, S_IWOTH, S_IXOTH, S_IRWXO = 4, 2, 1, 7
ST_MODE, ST_SIZE, ST_MTIME = 0, 6, 8


def S_IFMT(mode):
    return mode & 0o170000


def S_IMODE(mode):
    return mode & 0o7777


def S_ISDIR(mode):
    return S_IFMT(mode) == S_IFDIR


def S_ISREG(mode):
    return S_IFMT(mode) == S_IFREG


def S_ISLNK(mode):
    return S_IFMT(mode) == S_IFLNK
