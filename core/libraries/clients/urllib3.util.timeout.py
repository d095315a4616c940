# urllib3.util.Timeout: limits for connecting and for reading; total bounds both.
class Timeout:
    DEFAULT_TIMEOUT = None

    def __init__(self, total=None, connect=None, read=None):
        for name, value in (("total", total), ("connect", connect), ("read", read)):
            if isinstance(value, bool) or not isinstance(value, (int, float, type(None))):
                raise ValueError(f"Timeout value {name} was {value}, but it must be an int, float or None.")
            if value is not None and value <= 0:
                raise ValueError(f"Attempted to set {name} timeout to {value}, but the timeout cannot be set "
                                 "to a value less than or equal to 0.")
        self.total, self._connect, self._read = total, connect, read

    @property
    def connect_timeout(self):
        if self.total is None or self._connect is None:
            return self.total if self._connect is None else self._connect
        return min(self._connect, self.total)

    @property
    def read_timeout(self):
        if self.total is None or self._read is None:
            return self.total if self._read is None else self._read
        return min(self._read, self.total)

    @classmethod
    def from_float(cls, timeout):
        return timeout if isinstance(timeout, Timeout) else cls(connect=timeout, read=timeout)

    def __repr__(self):
        return f"Timeout(connect={self._connect!r}, read={self._read!r}, total={self.total!r})"
