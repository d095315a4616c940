# locale (Python 3.13 library reference): the C locale.
LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)


class Error(Exception):
    pass


def setlocale(category, locale=None):
    if locale in (None, "", "C", "C.UTF-8", "POSIX"):
        return "C.UTF-8" if locale in (None, "") else locale
    raise Error("unsupported locale setting")


def getlocale(category=LC_CTYPE):
    return "C", "UTF-8"


def getpreferredencoding(do_setlocale=True):
    return "utf-8"


getencoding = getpreferredencoding
