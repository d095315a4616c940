# numbers (Python 3.13 library reference), of the builtin ones.
from collections.abc import _abc

Number = _abc("Number", "", (int, float))
Complex = _abc("Complex", "", (int, float))
Real = _abc("Real", "", (int, float))
Rational = _abc("Rational", "", (int,))
Integral = _abc("Integral", "", (int,))
