# atexit (Python 3.13 library reference): a server's process does not end during a run.
def register(func, *args, **kwargs):
    return func


def unregister(func):
    pass
