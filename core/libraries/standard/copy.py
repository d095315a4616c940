# copy (Python 3.13 library reference).
class Error(Exception):
    pass


def copy(x):
    if isinstance(x, (list, dict, set)) and type(x) in (list, dict, set):
        return x.copy()
    method = getattr(type(x), "__copy__", None)
    if method is not None:
        return method(x)
    if _is_plain_instance(x):
        made = object.__new__(type(x))
        for name, value in x.__dict__.items():
            object.__setattr__(made, name, value)
        return made
    return x


def _is_plain_instance(x):
    return hasattr(x, "__dict__") and not isinstance(x, type) and not callable(x)


def deepcopy(x, memo=None):
    memo = {} if memo is None else memo
    if id(x) in memo:
        return memo[id(x)]
    kind = type(x)
    if kind is list:
        made = memo[id(x)] = []
        made.extend([deepcopy(item, memo) for item in x])
        return made
    if kind is dict:
        made = memo[id(x)] = {}
        for key, value in x.items():
            made[deepcopy(key, memo)] = deepcopy(value, memo)
        return made
    if kind is tuple:
        return tuple([deepcopy(item, memo) for item in x])
    if kind in (set, frozenset):
        return kind([deepcopy(item, memo) for item in x])
    method = getattr(kind, "__deepcopy__", None)
    if method is not None:
        return method(x, memo)
    if _is_plain_instance(x) and not isinstance(x, BaseException):
        made = memo[id(x)] = copy(x)
        for name, value in x.__dict__.items():
            object.__setattr__(made, name, deepcopy(value, memo))
        return made
    return x


def replace(obj, /, **changes):
    return obj.__replace__(**changes)
