# email.utils (RFC 5322 dates and addresses; Python 3.13 library reference).
import datetime
import re
import time

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def format_datetime(dt, usegmt=False):
    if usegmt and (dt.tzinfo is None or dt.tzinfo != datetime.timezone.utc):
        raise ValueError("usegmt option requires a UTC datetime")
    zone = "GMT" if usegmt else "-0000" if dt.tzinfo is None else dt.strftime("%z")
    return (f"{_DAYS[dt.weekday()]}, {dt.day:02d} {_MONTHS[dt.month - 1]} {dt.year:04d} "
            f"{dt.hour:02d}:{dt.minute:02d}:{dt.second:02d} {zone}")


def formatdate(timeval=None, localtime=False, usegmt=False):
    moment = datetime.datetime.fromtimestamp(time.time() if timeval is None else timeval, datetime.timezone.utc)
    return format_datetime(moment if usegmt or localtime else moment.replace(tzinfo=None), usegmt)


def parsedate_to_datetime(data):
    found = re.match(r"(?:\w+,\s*)?(\d{1,2})[ -](\w{3})[ -](\d{2,4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(\S+)?", data or "")
    if not found or found.group(2).title() not in _MONTHS:
        raise ValueError(f"Invalid date value or format {str(data)!r}")
    day, month, year, hour, minute, second, zone = found.groups()
    tz = None
    if zone in ("GMT", "UTC", "UT", "Z") or zone and zone[0] in "+-" and zone != "-0000":
        offset = 0 if zone[0] not in "+-" else int(zone[1:3]) * 60 + int(zone[3:5])
        tz = datetime.timezone(datetime.timedelta(minutes=-offset if zone[0] == "-" else offset))
        tz = datetime.timezone.utc if offset == 0 else tz
    year = int(year) + (0 if len(year) == 4 else 1900 if int(year) > 68 else 2000)
    return datetime.datetime(year, _MONTHS.index(month.title()) + 1, int(day), int(hour), int(minute),
                             int(second or 0), tzinfo=tz)


def parsedate(data):
    try:
        moment = parsedate_to_datetime(data)
    except ValueError:
        return None
    return (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, 0, 1, -1)


def parseaddr(addr, *, strict=True):
    found = re.fullmatch(r'\s*(?:"?([^"<]*?)"?\s*<([^<>\s]+)>|([^<>\s]+))\s*', addr)
    if not found:
        return "", ""
    return (found.group(1) or "", found.group(2) or found.group(3))


def formataddr(pair, charset="utf-8"):
    name, address = pair
    if not name:
        return address
    quotes = '"' if re.search(r'[][\\()<>@,:;".]', name) else ""
    return f"{quotes}{name}{quotes} <{address}>"


def make_msgid(idstring=None, domain=None):
    import uuid
    return f"<{uuid.uuid4().hex}@{domain or 'localhost'}>"
