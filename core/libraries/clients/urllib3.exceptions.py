# urllib3.exceptions (urllib3 2.3.0).
class HTTPError(Exception):
    pass


class HTTPWarning(Warning):
    pass


class PoolError(HTTPError):
    def __init__(self, pool, message):
        self.pool = pool
        super().__init__(f"{pool}: {message}")


class RequestError(PoolError):
    def __init__(self, pool, url, message):
        self.url = url
        super().__init__(pool, message)


class SSLError(HTTPError):
    pass


class ProxyError(HTTPError):
    def __init__(self, message, error):
        super().__init__(message, error)
        self.original_error = error


class DecodeError(HTTPError):
    pass


class ProtocolError(HTTPError):
    pass


ConnectionError = ProtocolError


class MaxRetryError(RequestError):
    def __init__(self, pool, url, reason=None):
        self.reason = reason
        super().__init__(pool, url, f"Max retries exceeded with url: {url} (Caused by {reason!r})")


class HostChangedError(RequestError):
    def __init__(self, pool, url, retries=3):
        super().__init__(pool, url, f"Tried to open a foreign host with url: {url}")
        self.retries = retries


class TimeoutStateError(HTTPError):
    pass


class TimeoutError(HTTPError):
    pass


class ReadTimeoutError(TimeoutError, RequestError):
    pass


class ConnectTimeoutError(TimeoutError):
    pass


class NewConnectionError(ConnectTimeoutError, HTTPError):
    def __init__(self, conn, message):
        self.conn = conn
        super().__init__(f"{conn}: {message}")


class NameResolutionError(NewConnectionError):
    def __init__(self, host, conn, reason):
        super().__init__(conn, f"Failed to resolve '{host}' ({reason})")


class EmptyPoolError(PoolError):
    pass


class FullPoolError(PoolError):
    pass


class ClosedPoolError(PoolError):
    pass


class LocationValueError(ValueError, HTTPError):
    pass


class LocationParseError(LocationValueError):
    def __init__(self, location):
        super().__init__(f"Failed to parse: {location}")
        self.location = location


class URLSchemeUnknown(LocationValueError):
    def __init__(self, scheme):
        super().__init__(f"Not supported URL scheme {scheme}")
        self.scheme = scheme


class ResponseError(HTTPError):
    GENERIC_ERROR = "too many error responses"
    SPECIFIC_ERROR = "too many {status_code} error responses"


class SecurityWarning(HTTPWarning):
    pass


class InsecureRequestWarning(SecurityWarning):
    pass


class NotOpenSSLWarning(SecurityWarning):
    pass


class SystemTimeWarning(SecurityWarning):
    pass


class InsecurePlatformWarning(SecurityWarning):
    pass


class DependencyWarning(HTTPWarning):
    pass


class ResponseNotChunked(ProtocolError, ValueError):
    pass


class BodyNotHttplibCompatible(HTTPError):
    pass


class IncompleteRead(HTTPError):
    def __init__(self, partial, expected):
        self.partial, self.expected = partial, expected

    def __repr__(self):
        return f"IncompleteRead({self.partial} bytes read, {self.expected} more expected)"

    __str__ = __repr__


class InvalidChunkLength(HTTPError):
    pass


class InvalidHeader(HTTPError):
    pass


class ProxySchemeUnknown(AssertionError, URLSchemeUnknown):
    def __init__(self, scheme):
        Exception.__init__(self, "Proxy URL had no scheme, should start with http:// or https://"
                           if scheme in (None, "localhost") else
                           f"Proxy URL had unsupported scheme {scheme}, should use http:// or https://")


class ProxySchemeUnsupported(ValueError):
    pass


class HeaderParsingError(HTTPError):
    pass


class UnrewindableBodyError(HTTPError):
    pass
