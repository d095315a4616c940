# zoneinfo (Python 3.13 library reference): zones whose rules of today are known; the rules before 2007 are
# not told apart.
import datetime as _dt


class ZoneInfoNotFoundError(KeyError):
    __module__ = "zoneinfo._common"


# Standard offset in minutes, names, whose rule for summer time.
_ZONES = {"UTC": (0, "UTC", "", None), "Etc/UTC": (0, "UTC", "", None), "GMT": (0, "GMT", "", None)}
for _each, _row in (
        ("Berlin Paris Madrid Rome Vienna Amsterdam Brussels Zurich Stockholm Oslo Copenhagen Prague Warsaw Budapest",
         (60, "CET", "CEST", "eu")),
        ("Helsinki Athens Kyiv Sofia Bucharest", (120, "EET", "EEST", "eu")), ("London", (0, "GMT", "BST", "eu")),
        ("Lisbon", (0, "WET", "WEST", "eu")), ("Dublin", (0, "GMT", "IST", "eu"))):
    for _city in _each.split():
        _ZONES["Europe/" + _city] = _row
_ZONES.update({
    "America/New_York": (-300, "EST", "EDT", "us"), "America/Toronto": (-300, "EST", "EDT", "us"),
    "US/Eastern": (-300, "EST", "EDT", "us"), "America/Chicago": (-360, "CST", "CDT", "us"),
    "America/Denver": (-420, "MST", "MDT", "us"), "America/Phoenix": (-420, "MST", "", None),
    "America/Los_Angeles": (-480, "PST", "PDT", "us"), "US/Pacific": (-480, "PST", "PDT", "us"),
    "America/Sao_Paulo": (-180, "-03", "", None), "Europe/Istanbul": (180, "+03", "", None),
    "Europe/Moscow": (180, "MSK", "", None), "Asia/Dubai": (240, "+04", "", None),
    "Asia/Kolkata": (330, "IST", "", None), "Asia/Singapore": (480, "+08", "", None),
    "Asia/Shanghai": (480, "CST", "", None), "Asia/Hong_Kong": (480, "HKT", "", None),
    "Asia/Tokyo": (540, "JST", "", None), "Asia/Seoul": (540, "KST", "", None)})


def _sunday(year, month, nth):
    if nth > 0:
        first = _dt.date(year, month, 1)
        return first + _dt.timedelta(days=(6 - first.weekday()) % 7 + 7 * (nth - 1))
    last = _dt.date(year, month, 31)
    return last - _dt.timedelta(days=(last.weekday() + 1) % 7)


class ZoneInfo(_dt.tzinfo):
    def __init__(self, key):
        if key not in _ZONES:
            raise ZoneInfoNotFoundError(f"No time zone found with key {key}")
        self.key = key
        self._row = _ZONES[key]

    def _summer(self, dt):
        offset, rule = self._row[0], self._row[3]
        if rule is None or dt is None:
            return False
        wall = dt.replace(tzinfo=None)
        at = _dt.datetime(wall.year, 1, 1)
        if rule == "eu":  # 01:00 UTC, the last Sundays of March and October
            hour = _dt.timedelta(hours=1, minutes=offset)
            start = _dt.datetime.combine(_sunday(at.year, 3, -1), _dt.time()) + hour
            end = _dt.datetime.combine(_sunday(at.year, 10, -1), _dt.time()) + hour + _dt.timedelta(hours=1)
        else:  # 02:00 of the clock then valid, second Sunday of March, first of November
            start = _dt.datetime.combine(_sunday(at.year, 3, 2), _dt.time(2))
            end = _dt.datetime.combine(_sunday(at.year, 11, 1), _dt.time(2))
        if dt.fold:
            end -= _dt.timedelta(hours=1)
        return start + _dt.timedelta(hours=0) <= wall < end

    def utcoffset(self, dt):
        return None if dt is None and self._row[3] else _dt.timedelta(minutes=self._row[0] + (60 if self._summer(dt) else 0))

    def dst(self, dt):
        return _dt.timedelta(hours=1 if self._summer(dt) else 0)

    def tzname(self, dt):
        return self._row[2] if self._summer(dt) else self._row[1]

    def fromutc(self, dt):
        standard = (dt + _dt.timedelta(minutes=self._row[0])).replace(tzinfo=self)
        summer = standard + _dt.timedelta(hours=1)
        return summer if self._row[3] and self._summer(summer) else standard

    def __str__(self):
        return self.key

    def __repr__(self):
        return f"zoneinfo.ZoneInfo(key={self.key!r})"


def available_timezones():
    return set(_ZONES)
