# decimal (Python 3.13 library reference), with coefficients of up to 18 digits.
ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_DOWN, ROUND_UP = (
    "ROUND_HALF_EVEN", "ROUND_HALF_UP", "ROUND_DOWN", "ROUND_UP")
ROUND_FLOOR, ROUND_CEILING, ROUND_HALF_DOWN, ROUND_05UP = (
    "ROUND_FLOOR", "ROUND_CEILING", "ROUND_HALF_DOWN", "ROUND_05UP")
_DIGITS = 17


class DecimalException(ArithmeticError):
    pass


class InvalidOperation(DecimalException):
    pass


class DivisionByZero(DecimalException, ZeroDivisionError):
    pass


class Inexact(DecimalException):
    pass


class Overflow(Inexact):
    pass


def _round_unit(value, unit, mode):
    # Integer value / unit, rounded.
    sign, value = (-1, -value) if value < 0 else (1, value)
    whole, rest = divmod(value, unit)
    up = {ROUND_HALF_UP: rest * 2 >= unit, ROUND_HALF_DOWN: rest * 2 > unit,
          ROUND_HALF_EVEN: rest * 2 > unit or (rest * 2 == unit and whole % 2 == 1),
          ROUND_DOWN: False, ROUND_UP: rest > 0, ROUND_FLOOR: rest > 0 and sign < 0,
          ROUND_CEILING: rest > 0 and sign > 0}.get(mode, False)
    return sign * (whole + (1 if up else 0))


class Decimal:
    def __init__(self, value="0", context=None):
        self._special = ""
        if isinstance(value, Decimal):
            self._int, self._exp, self._special = value._int, value._exp, value._special
            self._negative = value._negative
            return
        if isinstance(value, bool) or isinstance(value, int):
            self._int, self._exp, self._negative = abs(int(value)), 0, value < 0
            return
        if isinstance(value, float):
            value = _exact(value)
        elif isinstance(value, tuple):
            digits = "".join([str(d) for d in value[1]])
            value = ("-" if value[0] else "") + digits + "e" + str(value[2])
        elif not isinstance(value, str):
            raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")
        self._parse(value)

    def _parse(self, given):
        text = given.strip().replace("_", "").lower()
        self._negative = text.startswith("-")
        body = text[1:] if text[:1] in ("-", "+") else text
        if body in ("nan", "inf", "infinity", "snan"):
            self._special = "NaN" if body.endswith("nan") else "Infinity"
            self._int, self._exp = 0, 0
            return
        number, e, exponent = body.partition("e")
        whole, _, fraction = number.partition(".")
        digits = whole + fraction
        signless = exponent[1:] if exponent[:1] in ("-", "+") else exponent
        if not digits.isdigit() or (e and not signless.isdigit()):
            raise InvalidOperation("[<class 'decimal.ConversionSyntax'>]")
        self._int = int(digits.lstrip("0")[:18] or "0")
        self._exp = (int(exponent) if e else 0) - len(fraction) + max(0, len(digits.lstrip("0")) - 18)

    @classmethod
    def from_float(cls, f):
        return cls(f)

    @classmethod
    def _make(cls, signed, exp):
        made = cls(0)
        made._int, made._exp, made._negative = abs(signed), exp, signed < 0
        while made._int >= 10 ** 18:
            made._int, made._exp = _round_unit(made._int, 10, ROUND_HALF_EVEN), made._exp + 1
        return made

    def _signed(self):
        return -self._int if self._negative else self._int

    def _aligned(self, other):
        exp = min(self._exp, other._exp)
        return (self._signed() * 10 ** (self._exp - exp), other._signed() * 10 ** (other._exp - exp),
                exp)

    def _other(self, other):
        if isinstance(other, Decimal):
            return other
        return Decimal(other) if isinstance(other, int) else None

    def is_nan(self):
        return self._special == "NaN"

    def is_infinite(self):
        return self._special == "Infinity"

    def is_finite(self):
        return not self._special

    def is_zero(self):
        return not self._special and self._int == 0

    def is_signed(self):
        return self._negative

    def as_tuple(self):
        return int(self._negative), tuple([int(c) for c in str(self._int)]), self._exp

    def adjusted(self):
        return self._exp + len(str(self._int)) - 1

    def __add__(self, other):
        other = self._other(other)
        if other is None:
            return NotImplemented
        a, b, exp = self._aligned(other)
        return Decimal._make(a + b, exp)

    __radd__ = __add__

    def __sub__(self, other):
        other = self._other(other)
        if other is None:
            return NotImplemented
        a, b, exp = self._aligned(other)
        return Decimal._make(a - b, exp)

    def __rsub__(self, other):
        return Decimal(other) - self

    def __mul__(self, other):
        other = self._other(other)
        if other is None:
            return NotImplemented
        return Decimal._make(self._signed() * other._signed(), self._exp + other._exp)

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = self._other(other)
        if other is None:
            return NotImplemented
        if other._int == 0:
            raise DivisionByZero("[<class 'decimal.DivisionByZero'>]")
        ideal = self._exp - other._exp
        shift = max(0, _DIGITS - len(str(self._int)))
        value = _round_unit(self._int * 10 ** shift, other._int, ROUND_HALF_EVEN)
        exp = ideal - shift
        while exp < ideal and value % 10 == 0:
            value, exp = value // 10, exp + 1
        made = Decimal._make(-value if self._negative != other._negative else value, exp)
        made._cut = self._int * 10 ** shift % other._int != 0
        return made

    def __rtruediv__(self, other):
        return Decimal(other) / self

    def __floordiv__(self, other):
        a, b, _ = self._aligned(self._other(other))
        if b == 0:
            raise DivisionByZero("[<class 'decimal.DivisionByZero'>]")
        return Decimal(int(a / b) if abs(a) < 2 ** 53 else (abs(a) // abs(b)) * (1 if (a < 0) == (b < 0) else -1))

    def __mod__(self, other):
        other = self._other(other)
        return self - other * (self // other)

    def __pow__(self, other):
        result = Decimal(1)
        for _ in range(abs(int(other))):
            result = result * self
        return result if int(other) >= 0 else Decimal(1) / result

    def __neg__(self):
        return Decimal._make(-self._signed(), self._exp)

    def __pos__(self):
        return self

    _cut = False  # a quotient of more digits than there are here: 28 would be shown

    def __abs__(self):
        return Decimal._make(self._int, self._exp)

    def __bool__(self):
        return bool(self._special) or self._int != 0

    def __int__(self):
        if self._special:
            raise ValueError(f"cannot convert {self._special} to integer")
        whole = self._int * 10 ** self._exp if self._exp >= 0 else self._int // 10 ** min(-self._exp, 18)
        return -whole if self._negative else whole

    __trunc__ = __int__

    def __float__(self):
        return float(str(self))

    def __round__(self, n=None):
        if n is None:
            return int(self.quantize(Decimal(1)))
        return self.quantize(Decimal((0, (1,), -n)))

    def __floor__(self):
        return int(self.quantize(Decimal(1), ROUND_FLOOR))

    def __ceil__(self):
        return int(self.quantize(Decimal(1), ROUND_CEILING))

    def quantize(self, exp, rounding=ROUND_HALF_EVEN, context=None):
        exp = self._other(exp)._exp
        if exp <= self._exp:
            return Decimal._make(self._signed() * 10 ** (self._exp - exp), exp)
        return Decimal._make(_round_unit(self._signed(), 10 ** min(exp - self._exp, 18), rounding),
                             exp)

    def to_integral_value(self, rounding=ROUND_HALF_EVEN, context=None):
        return self if self._exp >= 0 else self.quantize(Decimal(1), rounding)

    to_integral = to_integral_value

    def normalize(self, context=None):
        value, exp = self._signed(), self._exp
        if value == 0:
            return Decimal(0)
        while value % 10 == 0:
            value, exp = value // 10, exp + 1
        return Decimal._make(value, exp)

    def copy_abs(self):
        return abs(self)

    def compare(self, other):
        return Decimal((self > other) - (self < other))

    def _order(self, other):
        if isinstance(other, float):
            other = Decimal(other)
        other = self._other(other)
        if other is None:
            return None
        a, b, _ = self._aligned(other)
        return (a > b) - (a < b)

    def __eq__(self, other):
        order = self._order(other)
        return NotImplemented if order is None else order == 0 and not self.is_nan()

    def __lt__(self, other):
        order = self._order(other)
        return NotImplemented if order is None else order < 0

    def __le__(self, other):
        order = self._order(other)
        return NotImplemented if order is None else order <= 0

    def __gt__(self, other):
        order = self._order(other)
        return NotImplemented if order is None else order > 0

    def __ge__(self, other):
        order = self._order(other)
        return NotImplemented if order is None else order >= 0

    def __hash__(self):
        value = float(str(self))
        return hash(int(value) if value == int(value) else value)

    def __str__(self):
        if self._cut:
            return _not_modelled("Decimal with more than 17 digits")
        sign = "-" if self._negative else ""
        if self._special:
            return sign + self._special
        digits = str(self._int)
        left = self._exp + len(digits)
        if self._exp <= 0 and left > -6:
            if self._exp == 0:
                return sign + digits
            if left <= 0:
                return sign + "0." + "0" * -left + digits
            return sign + digits[:left] + "." + digits[left:]
        head = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
        return f"{sign}{head}E{left - 1:+d}"

    def __repr__(self):
        return f"Decimal('{self}')"

    def __format__(self, spec):
        if not spec:
            return str(self)
        if spec[-1] in "fF%" and "." in spec:
            places = int(spec[spec.index(".") + 1:-1])
            value = self * 100 if spec[-1] == "%" else self
            text = str(value.quantize(Decimal((0, (1,), -places))))
            whole, dot, rest = text.partition(".")
            sign = "-" if whole.startswith("-") else "+" if "+" in spec else ""
            whole = whole.lstrip("-")
            if "," in spec or "_" in spec:
                mark = "," if "," in spec else "_"
                whole = f"{int(whole):,}".replace(",", mark)
            text = sign + whole + dot + rest + ("%" if spec[-1] == "%" else "")
            head = spec[:spec.index(".")].replace(",", "").replace("_", "").replace("+", "")
            if head.startswith("0") and head[1:].isdigit():
                return sign + text[len(sign):].rjust(int(head[1:]) - len(sign), "0")
            return format(text, head if not head.isdigit() else ">" + head) if head else text
        if spec[-1].isdigit() or spec[-1] in "<>^":
            return format(str(self), ">" + spec if spec.isdigit() else spec)
        return format(float(str(self)), spec)

    @property
    def real(self):
        return self


def _exact(value):
    text = f"{value:.60f}".rstrip("0").rstrip(".")
    return text if text not in ("", "-") else "0"


class Context:
    def __init__(self, prec=28, rounding=ROUND_HALF_EVEN, **kwds):
        self.prec, self.rounding = prec, rounding

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        return None


_context = Context()


def getcontext():
    return _context


def setcontext(context):
    pass


def localcontext(ctx=None, **kwds):
    return ctx or Context(**kwds)
