# urllib3.util.Timeout (urllib3 2.3.0): limits for connecting and for reading; total bounds both.
_UNSET = object()


class Timeout:
    DEFAULT_TIMEOUT = _UNSET

    def __init__(self, total=None, connect=_UNSET, read=_UNSET):
        self._connect = self._validate(connect, "connect")
        self._read = self._validate(read, "read")
        self.total = self._validate(total, "total")

    @staticmethod
    def _validate(value, name):
        if value is None or value is _UNSET:
            return value
        if isinstance(value, bool):
            raise ValueError("Timeout cannot be a boolean value. It must be an int, float or None.")
        wrong = f"Timeout value {name} was {value}, but it must be an int, float or None."
        try:
            float(value)
        except (TypeError, ValueError):
            raise ValueError(wrong) from None
        if isinstance(value, str):
            raise ValueError(wrong) from None
        if value <= 0:
            raise ValueError(f"Attempted to set {name} timeout to {value}, but the timeout cannot be set to a "
                             "value less than or equal to 0.")
        return value

    @classmethod
    def from_float(cls, timeout):
        return cls(read=timeout, connect=timeout)

    @staticmethod
    def resolve_default_timeout(timeout):
        return None if timeout is _UNSET else timeout

    def clone(self):
        return Timeout(connect=self._connect, read=self._read, total=self.total)

    def _within(self, own):
        if self.total is None:
            return own
        return self.total if own is None or own is _UNSET else min(own, self.total)

    @property
    def connect_timeout(self):
        return self._within(self._connect)

    @property
    def read_timeout(self):
        return self.resolve_default_timeout(self._within(self._read))

    def __repr__(self):
        return f"Timeout(connect={self._connect!r}, read={self._read!r}, total={self.total!r})"
