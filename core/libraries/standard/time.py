# time (Python 3.13 library reference) on the virtual clock.
from _os import _block_us, _monotonic_us, _wall_clock_us

from datetime import _struct_time as struct_time

timezone, altzone, daylight, tzname = 0, 0, 0, ("UTC", "UTC")


def time():
    return _wall_clock_us() / 1000000


def time_ns():
    return _wall_clock_us() * 1000


def monotonic():
    return _monotonic_us() / 1000000


def monotonic_ns():
    return _monotonic_us() * 1000


perf_counter, perf_counter_ns = monotonic, monotonic_ns
process_time, process_time_ns = monotonic, monotonic_ns


def sleep(seconds):
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    _block_us(int(seconds * 1000000))


def _moment(secs):
    import datetime
    return datetime.datetime.fromtimestamp(time() if secs is None else secs,
                                           datetime.timezone.utc)


def gmtime(secs=None):
    return _moment(secs).utctimetuple()


localtime = gmtime


def strftime(format, t=None):
    if t is None:
        return _moment(None).strftime(format)
    import datetime
    return datetime.datetime(*t[:6]).strftime(format)


def strptime(string, format="%a %b %d %H:%M:%S %Y"):
    import datetime
    return datetime.datetime.strptime(string, format).timetuple()


def ctime(secs=None):
    return _moment(secs).strftime("%a %b %e %H:%M:%S %Y")


asctime = ctime


def mktime(t):
    import datetime
    return datetime.datetime(*t[:6], tzinfo=datetime.timezone.utc).timestamp()
