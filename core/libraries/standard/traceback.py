# traceback (Python 3.13 library reference): the exception's own line, without places.
def format_exception_only(exc, value=None, /, *, show_group=False):
    error = exc if value is None else value
    name = type(error).__qualname__
    module = type(error).__module__
    if module not in ("builtins", "__main__"):
        name = f"{module}.{name}"
    text = str(error)
    return [f"{name}: {text}\n" if text else f"{name}\n",
            *[f"{line}\n" for note in getattr(error, "__notes__", []) for line in note.splitlines()]]


def format_exception(exc, /, value=None, tb=None, limit=None, chain=True):
    return ["Traceback (most recent call last):\n"] + format_exception_only(exc if value is None else value)


def format_exc(limit=None, chain=True):
    error = _handled_exception()
    return "NoneType: None\n" if error is None else "".join(format_exception(error))


def print_exc(limit=None, file=None, chain=True):
    pass


def print_exception(exc, /, value=None, tb=None, limit=None, file=None, chain=True):
    print("".join(format_exception(exc if value is None else value)).rstrip("\n"))


def print_stack(f=None, limit=None, file=None):
    pass


def format_tb(tb, limit=None):
    return []
