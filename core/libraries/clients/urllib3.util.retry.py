# urllib3.util.retry (urllib3 2.3.0): what counts towards what is FACTS 21.
import time
from collections import namedtuple

from _urllib3 import checking
from urllib3.exceptions import (ConnectTimeoutError, InvalidHeader, MaxRetryError, ProtocolError, ProxyError,
                                ReadTimeoutError, ResponseError)

RequestHistory = namedtuple("RequestHistory", "method url error status redirect_location")
_COUNTS = ("total", "connect", "read", "redirect", "status", "other")


class Retry:
    DEFAULT_ALLOWED_METHODS = frozenset(["HEAD", "GET", "PUT", "DELETE", "OPTIONS", "TRACE"])
    RETRY_AFTER_STATUS_CODES = frozenset([413, 429, 503])
    DEFAULT_REMOVE_HEADERS_ON_REDIRECT = frozenset(["Cookie", "Authorization", "Proxy-Authorization"])
    DEFAULT_BACKOFF_MAX = 120

    def __init__(self, total=10, connect=None, read=None, redirect=None, status=None, other=None,
                 allowed_methods=DEFAULT_ALLOWED_METHODS, status_forcelist=None, backoff_factor=0,
                 backoff_max=DEFAULT_BACKOFF_MAX, raise_on_redirect=True, raise_on_status=True, history=None,
                 respect_retry_after_header=True,
                 remove_headers_on_redirect=DEFAULT_REMOVE_HEADERS_ON_REDIRECT, backoff_jitter=0.0):
        if redirect is False or total is False:
            redirect, raise_on_redirect = 0, False
        self.total, self.connect, self.read, self.redirect = total, connect, read, redirect
        self.status, self.other = status, other
        self.status_forcelist = status_forcelist or set()
        self.allowed_methods = allowed_methods
        self.backoff_factor, self.backoff_max, self.backoff_jitter = backoff_factor, backoff_max, backoff_jitter
        self.raise_on_redirect, self.raise_on_status = raise_on_redirect, raise_on_status
        self.history = history or ()
        self.respect_retry_after_header = respect_retry_after_header
        self.remove_headers_on_redirect = frozenset(h.lower() for h in remove_headers_on_redirect)

    def new(self, **kw):
        names = _COUNTS + ("allowed_methods", "status_forcelist", "backoff_factor", "backoff_max",
                           "raise_on_redirect", "raise_on_status", "history", "remove_headers_on_redirect",
                           "respect_retry_after_header", "backoff_jitter")
        return type(self)(**{**{name: getattr(self, name) for name in names}, **kw})

    @classmethod
    def from_int(cls, retries, redirect=True, default=None):
        if retries is None:
            retries = default if default is not None else cls.DEFAULT
        if isinstance(retries, Retry):
            return retries
        return cls(retries, redirect=bool(redirect) and None)

    def get_backoff_time(self):
        errors = 0
        for entry in reversed(self.history):
            if entry.redirect_location is not None:
                break
            errors += 1
        if errors <= 1:
            return 0
        wait = self.backoff_factor * (2 ** (errors - 1))
        if self.backoff_jitter != 0.0:
            import random
            wait += random.random() * self.backoff_jitter
        return float(max(0, min(self.backoff_max, wait)))

    def parse_retry_after(self, retry_after):
        if retry_after.strip().isdigit():
            return int(retry_after)
        from datetime import datetime, timezone
        try:
            when = datetime.strptime(retry_after, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=timezone.utc)
        except ValueError:
            raise InvalidHeader(f"Invalid Retry-After header: {retry_after}")
        return max(when.timestamp() - time.time(), 0)

    def get_retry_after(self, response):
        retry_after = response.headers.get("Retry-After")
        return None if retry_after is None else self.parse_retry_after(retry_after)

    def sleep_for_retry(self, response):
        retry_after = self.get_retry_after(response)
        if retry_after:
            time.sleep(retry_after)
            return True
        return False

    def _sleep_backoff(self):
        backoff = self.get_backoff_time()
        if backoff > 0:
            time.sleep(backoff)

    def sleep(self, response=None):
        if not (self.respect_retry_after_header and response and self.sleep_for_retry(response)):
            self._sleep_backoff()

    def _is_connection_error(self, err):
        if isinstance(err, ProxyError):
            err = err.original_error
        return isinstance(err, ConnectTimeoutError)

    def _is_read_error(self, err):
        return isinstance(err, (ReadTimeoutError, ProtocolError))

    def _is_method_retryable(self, method):
        return not self.allowed_methods or method.upper() in self.allowed_methods

    def is_retry(self, method, status_code, has_retry_after=False):
        if not self._is_method_retryable(method):
            return False
        if self.status_forcelist and status_code in self.status_forcelist:
            return True
        return bool(self.total and self.respect_retry_after_header and has_retry_after
                    and status_code in self.RETRY_AFTER_STATUS_CODES)

    def is_exhausted(self):
        counts = [count for count in (getattr(self, name) for name in _COUNTS) if count]
        return bool(counts) and min(counts) < 0

    def increment(self, method=None, url=None, response=None, error=None, _pool=None, _stacktrace=None):
        if self.total is False and error:
            raise error
        counts = {name: getattr(self, name) for name in _COUNTS}

        def lower(name):
            if counts[name] is not None:
                counts[name] -= 1

        lower("total")
        cause, status, location = "unknown", None, None
        if error and self._is_connection_error(error):
            if self.connect is False:
                raise error
            lower("connect")
        elif error and self._is_read_error(error):
            if self.read is False or method is None or not self._is_method_retryable(method):
                raise error
            lower("read")
        elif error:
            lower("other")
        elif response and response.get_redirect_location():
            lower("redirect")
            cause, status = "too many redirects", response.status
            location = response.get_redirect_location()
        else:
            cause = ResponseError.GENERIC_ERROR
            if response and response.status:
                lower("status")
                cause = ResponseError.SPECIFIC_ERROR.format(status_code=response.status)
                status = response.status
        made = self.new(**counts,
                        history=self.history + (RequestHistory(method, url, error, status, location),))
        # In checking one attempt stands for all.
        if made.is_exhausted() or (error and checking()):
            reason = error or ResponseError(cause)
            raise MaxRetryError(_pool, url, reason) from reason
        return made

    def __repr__(self):
        return (f"{type(self).__name__}(total={self.total}, connect={self.connect}, read={self.read}, "
                f"redirect={self.redirect}, status={self.status})")


Retry.DEFAULT = Retry(3)
