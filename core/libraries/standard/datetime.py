# datetime (Python 3.13 library reference) on the virtual clock.
from _os import _wall_clock_us

MINYEAR, MAXYEAR = 1, 9999
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY_US = 86400000000


def _leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _month_days(year, month):
    if month == 2:
        return 29 if _leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _ordinal(year, month, day):
    y = year - 1
    days = y * 365 + y // 4 - y // 100 + y // 400
    for m in range(1, month):
        days += _month_days(year, m)
    return days + day


def _from_ordinal(n):
    year = max(1, n * 400 // 146097)
    while _ordinal(year + 1, 1, 1) <= n:
        year += 1
    while _ordinal(year, 1, 1) > n:
        year -= 1
    day = n - _ordinal(year, 1, 1) + 1
    month = 1
    while day > _month_days(year, month):
        day -= _month_days(year, month)
        month += 1
    return year, month, day


def _check_date(year, month, day):
    for value in (year, month, day):
        if not isinstance(value, int):
            raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"year {year} is out of range")
    if not 1 <= month <= 12:
        raise ValueError("month must be in 1..12")
    if not 1 <= day <= _month_days(year, month):
        raise ValueError("day is out of range for month")


def _check_time(hour, minute, second, microsecond):
    if not 0 <= hour <= 23:
        raise ValueError("hour must be in 0..23")
    if not 0 <= minute <= 59:
        raise ValueError("minute must be in 0..59")
    if not 0 <= second <= 59:
        raise ValueError("second must be in 0..59")
    if not 0 <= microsecond <= 999999:
        raise ValueError("microsecond must be in 0..999999")


class timedelta:
    def __init__(self, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0,
                 weeks=0):
        total = (days + weeks * 7) * _DAY_US + (seconds + minutes * 60 + hours * 3600) * 1000000
        self._us = round(total + milliseconds * 1000 + microseconds)

    @property
    def days(self):
        return self._us // _DAY_US

    @property
    def seconds(self):
        return self._us % _DAY_US // 1000000

    @property
    def microseconds(self):
        return self._us % 1000000

    def total_seconds(self):
        return self._us / 1000000

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return timedelta(microseconds=self._us + other._us)

    __radd__ = __add__

    def __sub__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return timedelta(microseconds=self._us - other._us)

    def __mul__(self, other):
        return timedelta(microseconds=self._us * other)

    __rmul__ = __mul__

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._us / other._us
        return timedelta(microseconds=self._us / other)

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._us // other._us
        return timedelta(microseconds=self._us // other)

    def __mod__(self, other):
        return timedelta(microseconds=self._us % other._us)

    def __neg__(self):
        return timedelta(microseconds=-self._us)

    def __abs__(self):
        return timedelta(microseconds=abs(self._us))

    def __bool__(self):
        return self._us != 0

    def __eq__(self, other):
        return isinstance(other, timedelta) and self._us == other._us

    def __lt__(self, other):
        return self._us < other._us

    def __le__(self, other):
        return self._us <= other._us

    def __gt__(self, other):
        return self._us > other._us

    def __ge__(self, other):
        return self._us >= other._us

    def __hash__(self):
        return hash(self._us)

    def __repr__(self):
        parts = [f"{name}={value}" for name, value in (
            ("days", self.days), ("seconds", self.seconds), ("microseconds", self.microseconds))
            if value]
        return f"datetime.timedelta({', '.join(parts) or '0'})"

    def __str__(self):
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        text = f"{hours}:{minutes:02d}:{seconds:02d}"
        if self.days:
            text = f"{self.days} day{'' if abs(self.days) == 1 else 's'}, " + text
        if self.microseconds:
            text += f".{self.microseconds:06d}"
        return text


timedelta.max = timedelta(days=999999)
timedelta.min = timedelta(days=-999999)
timedelta.resolution = timedelta(microseconds=1)


_FIELDS = ("tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst")


class _struct_time(tuple):
    def __repr__(self):
        return "time.struct_time(" + ", ".join([f"{n}={v}" for n, v in zip(_FIELDS, self)]) + ")"


for _at, _field in enumerate(_FIELDS):
    setattr(_struct_time, _field, property(lambda self, at=_at: self[at]))


class tzinfo:
    def fromutc(self, dt):
        return dt + self.utcoffset(dt)

    def utcoffset(self, dt):
        raise NotImplementedError("tzinfo subclass must override utcoffset()")

    def tzname(self, dt):
        raise NotImplementedError("tzinfo subclass must override tzname()")

    def dst(self, dt):
        return None


class timezone(tzinfo):
    def __init__(self, offset, name=None):
        self._offset, self._name = offset, name

    def utcoffset(self, dt):
        return self._offset

    def tzname(self, dt):
        if self._name is not None:
            return self._name
        return "UTC" + (_offset_text(self._offset) if self._offset else "")

    def __eq__(self, other):
        return isinstance(other, timezone) and self._offset == other._offset

    def __hash__(self):
        return hash(self._offset)

    def __str__(self):
        return self.tzname(None)

    def __repr__(self):
        if self is timezone.utc:
            return "datetime.timezone.utc"
        return f"datetime.timezone({self._offset!r})"


timezone.utc = timezone(timedelta(0))
UTC = timezone.utc


def _offset_text(offset, separator=":"):
    if offset is None:
        return ""
    minutes = offset._us // 60000000
    sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
    return f"{sign}{minutes // 60:02d}{separator}{minutes % 60:02d}"


def _parse_offset(text):
    if text in ("Z", "z"):
        return timezone.utc
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    if text[0] not in "+-" or len(digits) not in (2, 4, 6) or not digits.isdigit():
        raise ValueError("bad offset")
    minutes = int(digits[:2]) * 60 + int(digits[2:4] or 0)
    return timezone.utc if minutes == 0 else timezone(timedelta(minutes=sign * minutes))


def _parse_time(text):
    zone = None
    for at, c in enumerate(text):
        if c in "+-Zz":
            zone, text = _parse_offset(text[at:]), text[:at]
            break
    clock, _, fraction = text.replace(",", ".").partition(".")
    parts = clock.split(":") if ":" in clock else [clock[i:i + 2] for i in range(0, len(clock), 2)]
    if not 1 <= len(parts) <= 3 or any(len(p) != 2 or not p.isdigit() for p in parts):
        raise ValueError("bad time")
    if fraction and not fraction.isdigit():
        raise ValueError("bad fraction")
    numbers = [int(p) for p in parts] + [0, 0]
    return numbers[0], numbers[1], numbers[2], int((fraction + "000000")[:6]), zone


def _parse_date(text):
    if len(text) == 10 and text[4] == "-" and text[7] == "-":
        parts = text[:4], text[5:7], text[8:]
    elif len(text) == 8 and text.isdigit():
        parts = text[:4], text[4:6], text[6:]
    else:
        raise ValueError("bad date")
    if not all(p.isdigit() for p in parts):
        raise ValueError("bad date")
    return int(parts[0]), int(parts[1]), int(parts[2])


class IsoCalendarDate(tuple):
    year = property(lambda self: self[0])
    week = property(lambda self: self[1])
    weekday = property(lambda self: self[2])

    def __repr__(self):
        return f"datetime.IsoCalendarDate(year={self[0]}, week={self[1]}, weekday={self[2]})"


class date:
    def __init__(self, year, month, day):
        _check_date(year, month, day)
        self._year, self._month, self._day = year, month, day

    @property
    def year(self):
        return self._year

    @property
    def month(self):
        return self._month

    @property
    def day(self):
        return self._day

    @classmethod
    def today(cls):
        return cls.fromtimestamp(_wall_clock_us() / 1000000)

    @classmethod
    def fromtimestamp(cls, timestamp):
        return cls.fromordinal(719163 + int(timestamp // 86400))

    @classmethod
    def fromisocalendar(cls, year, week, day):
        first = _ordinal(year, 1, 4)
        return cls.fromordinal(first - (first + 6) % 7 + 7 * (week - 1) + day - 1)

    @classmethod
    def fromordinal(cls, n):
        return cls(*_from_ordinal(n))

    @classmethod
    def fromisoformat(cls, date_string):
        if not isinstance(date_string, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            parts = _parse_date(date_string)
        except ValueError:
            raise ValueError(f"Invalid isoformat string: {date_string!r}") from None
        return cls(*parts)

    def toordinal(self):
        return _ordinal(self._year, self._month, self._day)

    def weekday(self):
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        return self.weekday() + 1

    def isocalendar(self):
        thursday = date.fromordinal(self.toordinal() - self.weekday() + 3)
        week = (thursday.toordinal() - _ordinal(thursday.year, 1, 1)) // 7 + 1
        return IsoCalendarDate((thursday.year, week, self.isoweekday()))

    def isoformat(self):
        return f"{self._year:04d}-{self._month:02d}-{self._day:02d}"

    def replace(self, year=None, month=None, day=None):
        return type(self)(self._year if year is None else year,
                          self._month if month is None else month,
                          self._day if day is None else day)

    def timetuple(self):
        return (self._year, self._month, self._day, 0, 0, 0, self.weekday(),
                self.toordinal() - _ordinal(self._year, 1, 1) + 1, -1)

    def strftime(self, format):
        return _strftime(self, format)

    def ctime(self):
        return self.strftime("%a %b %e %H:%M:%S %Y")

    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)

    def __str__(self):
        return self.isoformat()

    def __repr__(self):
        return f"datetime.date({self._year}, {self._month}, {self._day})"

    def _key(self):
        return self.toordinal()

    def _comparable(self, other):
        return isinstance(other, date) and isinstance(other, datetime) == isinstance(self, datetime)

    def __eq__(self, other):
        return self._key() == other._key() if self._comparable(other) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key() if self._comparable(other) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if self._comparable(other) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if self._comparable(other) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if self._comparable(other) else NotImplemented

    def __hash__(self):
        return hash(self._key())

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return type(self).fromordinal(self.toordinal() + other.days)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return type(self).fromordinal(self.toordinal() - other.days)
        if isinstance(other, date):
            return timedelta(days=self.toordinal() - other.toordinal())
        return NotImplemented


class time:
    def __init__(self, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        _check_time(hour, minute, second, microsecond)
        self.hour, self.minute, self.second, self.microsecond = hour, minute, second, microsecond
        self.tzinfo, self.fold = tzinfo, fold

    @classmethod
    def fromisoformat(cls, time_string):
        try:
            return cls(*_parse_time(time_string.removeprefix("T")))
        except ValueError:
            raise ValueError(f"Invalid isoformat string: {time_string!r}") from None

    def utcoffset(self):
        return None if self.tzinfo is None else self.tzinfo.utcoffset(None)

    def isoformat(self, timespec="auto"):
        return _time_text(self, timespec) + _offset_text(self.utcoffset())

    def strftime(self, format):
        return _strftime(datetime(1900, 1, 1, self.hour, self.minute, self.second,
                                  self.microsecond), format)

    def replace(self, **kwds):
        values = {name: getattr(self, name) for name in (
            "hour", "minute", "second", "microsecond", "tzinfo")}
        values.update(kwds)
        return time(**values)

    def _key(self):
        return self.hour, self.minute, self.second, self.microsecond

    def __eq__(self, other):
        return isinstance(other, time) and self._key() == other._key()

    def __lt__(self, other):
        return self._key() < other._key()

    def __le__(self, other):
        return self._key() <= other._key()

    def __gt__(self, other):
        return self._key() > other._key()

    def __ge__(self, other):
        return self._key() >= other._key()

    def __hash__(self):
        return hash(self._key())

    def __str__(self):
        return self.isoformat()

    def __repr__(self):
        parts = [self.hour, self.minute]
        if self.second or self.microsecond:
            parts.append(self.second)
        if self.microsecond:
            parts.append(self.microsecond)
        zone = "" if self.tzinfo is None else f", tzinfo={self.tzinfo!r}"
        return f"datetime.time({', '.join(map(str, parts))}{zone})"


time.min = time(0, 0)
time.max = time(23, 59, 59, 999999)


def _time_text(moment, timespec):
    text = f"{moment.hour:02d}:{moment.minute:02d}"
    if timespec in ("auto", "seconds", "milliseconds", "microseconds"):
        text += f":{moment.second:02d}"
    if timespec == "milliseconds":
        text += f".{moment.microsecond // 1000:03d}"
    elif timespec == "microseconds" or (timespec == "auto" and moment.microsecond):
        text += f".{moment.microsecond:06d}"
    return text if timespec != "hours" else text[:2]


class datetime(date):
    def __init__(self, year, month=None, day=None, hour=0, minute=0, second=0, microsecond=0,
                 tzinfo=None, *, fold=0):
        super().__init__(year, month, day)
        _check_time(hour, minute, second, microsecond)
        self.hour, self.minute, self.second, self.microsecond = hour, minute, second, microsecond
        self.tzinfo, self.fold = tzinfo, fold

    @classmethod
    def _from_us(cls, us, zone=None):
        days, rest = divmod(us, _DAY_US)
        seconds, microsecond = divmod(rest, 1000000)
        year, month, day = _from_ordinal(days + 719163)
        return cls(year, month, day, seconds // 3600, seconds // 60 % 60, seconds % 60,
                   microsecond, zone)

    @classmethod
    def now(cls, tz=None):
        us = _wall_clock_us()
        if tz is None:
            return cls._from_us(us)
        return cls._from_us(us, timezone.utc).astimezone(tz)

    @classmethod
    def utcnow(cls):
        return cls._from_us(_wall_clock_us())

    @classmethod
    def today(cls):
        return cls.now()

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        made = cls._from_us(round(timestamp * 1000000), timezone.utc)
        return made.replace(tzinfo=None) if tz is None else made.astimezone(tz)

    @classmethod
    def utcfromtimestamp(cls, timestamp):
        return cls._from_us(round(timestamp * 1000000))

    @classmethod
    def fromordinal(cls, n):
        return cls(*_from_ordinal(n))

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second,
                   time.microsecond, time.tzinfo if tzinfo is True else tzinfo)

    @classmethod
    def fromisoformat(cls, date_string):
        if not isinstance(date_string, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            split = 10 if "-" in date_string[:5] else 8
            parts = _parse_date(date_string[:split])
            if len(date_string) > split:
                parts = (*parts, *_parse_time(date_string[split + 1:]))
        except ValueError:
            raise ValueError(f"Invalid isoformat string: {date_string!r}") from None
        return cls(*parts)

    @classmethod
    def strptime(cls, date_string, format):
        return _strptime(cls, date_string, format)

    def date(self):
        return date(self._year, self._month, self._day)

    def time(self):
        return time(self.hour, self.minute, self.second, self.microsecond)

    def timetz(self):
        return time(self.hour, self.minute, self.second, self.microsecond, self.tzinfo)

    def utcoffset(self):
        return None if self.tzinfo is None else self.tzinfo.utcoffset(self)

    def tzname(self):
        return None if self.tzinfo is None else self.tzinfo.tzname(self)

    def dst(self):
        return None if self.tzinfo is None else self.tzinfo.dst(self)

    def _local_us(self):
        seconds = self.hour * 3600 + self.minute * 60 + self.second
        return (self.toordinal() - 719163) * _DAY_US + seconds * 1000000 + self.microsecond

    def _key(self):
        offset = self.utcoffset()
        return self._local_us() - (0 if offset is None else offset._us)

    def timestamp(self):
        return self._key() / 1000000

    def astimezone(self, tz=None):
        tz = timezone.utc if tz is None else tz
        return tz.fromutc(datetime._from_us(self._key(), tz))

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None,
                microsecond=None, tzinfo=True, *, fold=None):
        return type(self)(
            self._year if year is None else year, self._month if month is None else month,
            self._day if day is None else day, self.hour if hour is None else hour,
            self.minute if minute is None else minute, self.second if second is None else second,
            self.microsecond if microsecond is None else microsecond,
            self.tzinfo if tzinfo is True else tzinfo)

    def timetuple(self):
        return _struct_time((self._year, self._month, self._day, self.hour, self.minute, self.second,
                             self.weekday(), self.toordinal() - _ordinal(self._year, 1, 1) + 1, -1))

    def utctimetuple(self):
        return _struct_time(datetime._from_us(self._key()).timetuple()[:8] + (0,))

    def isoformat(self, sep="T", timespec="auto"):
        return (f"{self._year:04d}-{self._month:02d}-{self._day:02d}{sep}"
                + _time_text(self, timespec) + _offset_text(self.utcoffset()))

    def __str__(self):
        return self.isoformat(" ")

    def __repr__(self):
        parts = [self._year, self._month, self._day, self.hour, self.minute]
        if self.second or self.microsecond:
            parts.append(self.second)
        if self.microsecond:
            parts.append(self.microsecond)
        zone = "" if self.tzinfo is None else f", tzinfo={self.tzinfo!r}"
        return f"datetime.datetime({', '.join(map(str, parts))}{zone})"

    def _mixed(self, other):
        return (self.tzinfo is None) != (other.tzinfo is None)

    def __eq__(self, other):
        if not isinstance(other, datetime):
            return NotImplemented
        return not self._mixed(other) and self._key() == other._key()

    def _ordered(self, other):
        if not isinstance(other, datetime):
            return False
        if self._mixed(other):
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return True

    def __lt__(self, other):
        return self._key() < other._key() if self._ordered(other) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if self._ordered(other) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if self._ordered(other) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if self._ordered(other) else NotImplemented

    def __hash__(self):
        return hash(self._key())

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return type(self)._from_us(self._local_us() + other._us, self.tzinfo)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return type(self)._from_us(self._local_us() - other._us, self.tzinfo)
        if isinstance(other, datetime):
            if self._mixed(other):
                raise TypeError("can't subtract offset-naive and offset-aware datetimes")
            return timedelta(microseconds=self._key() - other._key())
        return NotImplemented


date.min, date.max = date(1, 1, 1), date(9999, 12, 31)
datetime.min, datetime.max = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999)


def _strftime(moment, format):
    hour = getattr(moment, "hour", 0)
    minute, second = getattr(moment, "minute", 0), getattr(moment, "second", 0)
    offset = moment.utcoffset() if isinstance(moment, datetime) else None
    values = {
        "Y": f"{moment.year:04d}", "m": f"{moment.month:02d}", "d": f"{moment.day:02d}",
        "e": f"{moment.day:2d}", "H": f"{hour:02d}", "M": f"{minute:02d}", "S": f"{second:02d}",
        "I": f"{hour % 12 or 12:02d}", "p": "AM" if hour < 12 else "PM",
        "y": f"{moment.year % 100:02d}", "f": f"{getattr(moment, 'microsecond', 0):06d}",
        "a": _DAYS[moment.weekday()][:3], "A": _DAYS[moment.weekday()],
        "b": _MONTHS[moment.month - 1][:3], "B": _MONTHS[moment.month - 1],
        "j": f"{moment.timetuple()[7]:03d}", "w": str(moment.isoweekday() % 7),
        "u": str(moment.isoweekday()), "V": f"{moment.isocalendar()[1]:02d}",
        "G": str(moment.isocalendar()[0]), "z": _offset_text(offset, ""),
        "Z": (moment.tzname() or "") if isinstance(moment, datetime) else "", "%": "%",
        "c": f"{_DAYS[moment.weekday()][:3]} {_MONTHS[moment.month - 1][:3]} {moment.day:2d} "
             f"{hour:02d}:{minute:02d}:{second:02d} {moment.year:04d}",
        "x": f"{moment.month:02d}/{moment.day:02d}/{moment.year % 100:02d}",
        "X": f"{hour:02d}:{minute:02d}:{second:02d}",
        "U": f"{(moment.timetuple()[7] + 6 - moment.isoweekday() % 7) // 7:02d}",
        "W": f"{(moment.timetuple()[7] + 6 - moment.weekday()) // 7:02d}",
        "F": moment.isoformat()[:10], "T": f"{hour:02d}:{minute:02d}:{second:02d}",
        "D": f"{moment.month:02d}/{moment.day:02d}/{moment.year % 100:02d}",
        "R": f"{hour:02d}:{minute:02d}", "n": "\n", "t": "\t",
        "s": str(int(moment.timestamp())) if isinstance(moment, datetime) else "",
    }
    out, at = [], 0
    while at < len(format):
        c = format[at]
        if c == "%" and at + 1 < len(format):
            at += 1
            if format[at] == "-" and at + 1 < len(format):
                at += 1
                out.append(values.get(format[at], format[at]).lstrip("0") or "0")
            else:
                out.append(values.get(format[at], "%" + format[at]))
        else:
            out.append(c)
        at += 1
    return "".join(out)


def _strptime(cls, text, format):
    def fail():
        raise ValueError(f"time data {text!r} does not match format {format!r}")

    found = {"Y": 1900, "m": 1, "d": 1, "H": 0, "M": 0, "S": 0, "f": 0}
    zone, afternoon, at, i = None, None, 0, 0
    least = {"m": 1, "d": 1, "H": 0, "I": 1, "M": 0, "S": 0}
    most = {"m": 12, "d": 31, "H": 23, "I": 12, "M": 59, "S": 61}
    widths = {"Y": 4, "m": 2, "d": 2, "H": 2, "I": 2, "M": 2, "S": 2, "f": 6, "y": 2, "j": 3}
    format = format.replace("%F", "%Y-%m-%d").replace("%T", "%H:%M:%S")
    while i < len(format):
        c = format[i]
        if c != "%":
            if c == " ":
                while at < len(text) and text[at] == " ":
                    at += 1
            elif at < len(text) and text[at] == c:
                at += 1
            else:
                fail()
            i += 1
            continue
        code = format[i + 1] if i + 1 < len(format) else ""
        i += 2
        if code in widths:
            end = at
            while end < len(text) and end - at < widths[code] and text[end].isdigit():
                end += 1
            if end == at:
                fail()
            if end - at == 2 and code in most and not least[code] <= int(text[at:end]) <= most[code]:
                end -= 1
            if int(text[at:end]) < least.get(code, 0):
                fail()
            digits = text[at:end]
            found[code] = int((digits + "000000")[:6]) if code == "f" else int(digits)
            at = end
        elif code in "bBaA":
            names = _MONTHS if code in "bB" else _DAYS
            for number, name in enumerate(names):
                name = name if code in "BA" else name[:3]
                if text[at:at + len(name)].lower() == name.lower():
                    if code in "bB":
                        found["m"] = number + 1
                    at += len(name)
                    break
            else:
                fail()
        elif code == "p":
            if text[at:at + 2].upper() not in ("AM", "PM"):
                fail()
            afternoon = text[at:at + 2].upper() == "PM"
            at += 2
        elif code == "z":
            end = at + 1 if text[at:at + 1] in ("Z", "z") else at + 5
            if text[at + 3:at + 4] == ":":
                end = at + 6
            try:
                zone = _parse_offset(text[at:end])
            except (ValueError, IndexError):
                fail()
            at = end
        elif code == "Z":
            for name in ("UTC", "GMT"):
                if text[at:at + 3] == name:
                    at += 3
                    break
        elif code == "%":
            at += 1
        else:
            raise ValueError(f"'{code}' is a bad directive in format '{format}'")
    if at < len(text):
        raise ValueError(f"unconverted data remains: {text[at:]}")
    if "y" in found:
        found["Y"] = found["y"] + (2000 if found["y"] < 69 else 1900)
    if "I" in found:
        found["H"] = found["I"] % 12 + (12 if afternoon else 0)
    return cls(found["Y"], found["m"], found["d"], found["H"], found["M"], found["S"], found["f"],
               zone)
