# fractions (Python 3.13 library reference).
import math


class Fraction:
    def __init__(self, numerator=0, denominator=None):
        if isinstance(numerator, str):
            top, _, bottom = numerator.strip().partition("/")
            whole, _, decimals = top.partition(".")
            numerator = int(whole + decimals)
            denominator = int(bottom or 1) * 10 ** len(decimals)
        elif isinstance(numerator, float):
            denominator = 1
            while numerator != int(numerator):
                numerator, denominator = numerator * 2, denominator * 2
            numerator = int(numerator)
        denominator = 1 if denominator is None else denominator
        if isinstance(numerator, Fraction) or isinstance(denominator, Fraction):
            numerator, denominator = Fraction(numerator), Fraction(denominator)
            numerator, denominator = (numerator.numerator * denominator.denominator,
                                      numerator.denominator * denominator.numerator) \
                if denominator.denominator != 1 or denominator.numerator != 1 else \
                (numerator.numerator, numerator.denominator)
        if denominator == 0:
            raise ZeroDivisionError(f"Fraction({numerator}, 0)")
        common = math.gcd(numerator, denominator) * (-1 if denominator < 0 else 1)
        self.numerator, self.denominator = numerator // common, denominator // common

    @classmethod
    def _of(cls, other):
        return other if isinstance(other, Fraction) else Fraction(other) if isinstance(other, int) else None

    def __add__(self, other):
        if isinstance(other, float):
            return float(self) + other
        other = self._of(other)
        return NotImplemented if other is None else Fraction(
            self.numerator * other.denominator + other.numerator * self.denominator, self.denominator * other.denominator)

    __radd__ = __add__

    def __neg__(self):
        return Fraction(-self.numerator, self.denominator)

    def __abs__(self):
        return Fraction(abs(self.numerator), self.denominator)

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other):
        if isinstance(other, float):
            return float(self) * other
        other = self._of(other)
        return NotImplemented if other is None else Fraction(self.numerator * other.numerator,
                                                             self.denominator * other.denominator)

    __rmul__ = __mul__

    def __truediv__(self, other):
        if isinstance(other, float):
            return float(self) / other
        other = self._of(other)
        return NotImplemented if other is None else Fraction(self.numerator * other.denominator,
                                                             self.denominator * other.numerator)

    def __rtruediv__(self, other):
        return Fraction(other) / self

    def __pow__(self, n):
        return Fraction(self.numerator ** n, self.denominator ** n) if n >= 0 else Fraction(
            self.denominator ** -n, self.numerator ** -n)

    def __float__(self):
        return self.numerator / self.denominator

    def __int__(self):
        return int(self.numerator / self.denominator)

    __trunc__ = __int__

    def __floor__(self):
        return self.numerator // self.denominator

    def __ceil__(self):
        return -(-self.numerator // self.denominator)

    def __bool__(self):
        return self.numerator != 0

    def __eq__(self, other):
        if isinstance(other, float):
            return float(self) == other
        other = self._of(other)
        return other is not None and (self.numerator, self.denominator) == (other.numerator, other.denominator)

    def _less(self, other):
        return self.numerator * Fraction(other).denominator - Fraction(other).numerator * self.denominator

    def __lt__(self, other):
        return self._less(other) < 0

    def __le__(self, other):
        return self._less(other) <= 0

    def __gt__(self, other):
        return self._less(other) > 0

    def __ge__(self, other):
        return self._less(other) >= 0

    def __hash__(self):
        return hash(self.numerator) if self.denominator == 1 else hash((self.numerator, self.denominator))

    def __repr__(self):
        return f"Fraction({self.numerator}, {self.denominator})"

    def __str__(self):
        return str(self.numerator) if self.denominator == 1 else f"{self.numerator}/{self.denominator}"
