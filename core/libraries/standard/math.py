# math (Python 3.13 library reference).
from _math import _function

pi, e, tau = 3.141592653589793, 2.718281828459045, 6.283185307179586
inf, nan = float("inf"), float("nan")


def _float(x):
    if isinstance(x, str) or not hasattr(x, "__float__") and not hasattr(x, "__index__"):
        raise TypeError(f"must be real number, not {type(x).__name__}")
    return float(x)


def _real(name, lowest=None):
    def call(x, /):
        x = _float(x)
        if lowest is not None and (x < lowest or x == lowest and name != "sqrt"):
            raise ValueError("math domain error")
        return _function(name, x)
    call.__name__ = name
    return call


sqrt, exp, sin, cos, tan = _real("sqrt", 0), _real("exp"), _real("sin"), _real("cos"), _real("tan")
asin, acos, atan, sinh, cosh, tanh = [_real(name) for name in ("asin", "acos", "atan", "sinh", "cosh", "tanh")]
_log, log2, log10, cbrt, expm1 = [_real(name, 0) for name in ("log", "log2", "log10")] + [_real("cbrt"), _real("expm1")]
log1p = _real("log1p", -1)


def log(x, base=None):
    return _log(x) if base is None else _log(x) / _log(base)


def atan2(y, x):
    if x > 0:
        return atan(y / x)
    if x < 0:
        return atan(y / x) + (pi if y >= 0 else -pi)
    return pi / 2 if y > 0 else -pi / 2 if y < 0 else 0.0


def floor(x, /):
    if isinstance(x, int):
        return int(x)
    return x.__floor__() if not isinstance(x, float) and hasattr(x, "__floor__") else int(_float(x) // 1)


def ceil(x, /):
    if isinstance(x, int):
        return int(x)
    return x.__ceil__() if not isinstance(x, float) and hasattr(x, "__ceil__") else -int(-_float(x) // 1)


def trunc(x, /):
    return int(x)


def fabs(x, /):
    return abs(_float(x))


def copysign(x, y, /):
    return -abs(_float(x)) if y < 0 or str(float(y)).startswith("-") else abs(_float(x))


def fmod(x, y, /):
    if y == 0:
        raise ValueError("math domain error")
    return copysign(abs(float(x)) % abs(float(y)), x)


def modf(x, /):
    whole = float(int(x))
    return x - whole, whole


def pow(x, y, /):
    return _float(x) ** _float(y)


def isnan(x, /):
    return _float(x) != _float(x)


def isinf(x, /):
    return _float(x) in (inf, -inf)


def isfinite(x, /):
    return not isnan(x) and not isinf(x)


def isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0):
    return a == b or (isfinite(a) and isfinite(b)
                      and abs(a - b) <= max(rel_tol * max(abs(a), abs(b)), abs_tol))


def gcd(*integers):
    found = 0
    for each in integers:
        while each:
            found, each = each, found % each
    return abs(found)


def lcm(*integers):
    found = 1
    for each in integers:
        if each == 0:
            return 0
        found = abs(found * each) // gcd(found, each)
    return found


def isqrt(n, /):
    if n < 0:
        raise ValueError("isqrt() argument must be nonnegative")
    found = int(sqrt(n))
    while found * found > n:
        found -= 1
    while (found + 1) * (found + 1) <= n:
        found += 1
    return found


def factorial(n, /):
    if n < 0:
        raise ValueError("factorial() not defined for negative values")
    found = 1
    for each in range(2, n + 1):
        found *= each
    return found


def perm(n, k=None):
    found = 1
    for each in range(n - (n if k is None else k) + 1, n + 1):
        found *= each
    return found


def comb(n, k, /):
    if k > n:
        return 0
    found = 1
    for each in range(1, min(k, n - k) + 1):
        found = found * (n - each + 1) // each
    return found


def prod(iterable, /, *, start=1):
    for each in iterable:
        start = start * each
    return start


def fsum(seq, /):
    parts = []  # Shewchuk's: partial sums that do not overlap
    for x in seq:
        kept = []
        for y in parts:
            if abs(x) < abs(y):
                x, y = y, x
            high = x + y
            low = y - (high - x)
            if low:
                kept.append(low)
            x = high
        parts = kept + [x]
    return float(sum(parts))


def sumprod(p, q, /):
    return sum([a * b for a, b in zip(p, q)])


def hypot(*coordinates):
    return sqrt(fsum([each * each for each in coordinates]))


def dist(p, q, /):
    return hypot(*[a - b for a, b in zip(p, q)])


def degrees(x, /):
    return x * (180.0 / pi)


def radians(x, /):
    return x * (pi / 180.0)


def ldexp(x, i, /):
    return x * 2.0 ** i
