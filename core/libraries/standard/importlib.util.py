# importlib.util (Python 3.13 library reference): is a module there?
def find_spec(name, package=None):
    try:
        module = __import__(name)
    except ImportError:
        return None
    return module


def __getattr__(name):
    return _not_modelled("importlib.util." + name)
