# calendar (Python 3.13 library reference): the functions and names that applications call.
import datetime
import enum


class Day(enum.IntEnum):
    MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = Day
day_name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
day_abbr = [name[:3] for name in day_name]
month_name = ["", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
              "November", "December"]
month_abbr = [name[:3] for name in month_name]


class IllegalMonthError(ValueError, IndexError):
    def __str__(self):
        return f"bad month number {self.args[0]!r}; must be 1-12"


def isleap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def leapdays(y1, y2):
    return len([year for year in range(y1, y2) if isleap(year)])


def weekday(year, month, day):
    return Day(datetime.date(year, month, day).weekday())


def monthrange(year, month):
    if not 1 <= month <= 12:
        raise IllegalMonthError(month)
    days = [31, 29 if isleap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    return weekday(year, month, 1), days


def monthcalendar(year, month):
    first, days = monthrange(year, month)
    cells = [0] * first + list(range(1, days + 1))
    cells += [0] * (-len(cells) % 7)
    return [cells[at:at + 7] for at in range(0, len(cells), 7)]


def timegm(tuple):
    return int((datetime.datetime(*tuple[:6]) - datetime.datetime(1970, 1, 1)).total_seconds())
