# websockets.exceptions (websockets 15.0.1).
class WebSocketException(Exception):
    pass


class ConnectionClosed(WebSocketException):
    def __init__(self, rcvd, sent, rcvd_then_sent=None):
        self.rcvd, self.sent, self.rcvd_then_sent = rcvd, sent, rcvd_then_sent

    def __str__(self):
        if self.rcvd is None:
            return ("no close frame received or sent" if self.sent is None else
                    f"sent {self.sent}; no close frame received")
        if self.sent is None:
            return f"received {self.rcvd}; no close frame sent"
        if self.rcvd_then_sent:
            return f"received {self.rcvd}; then sent {self.sent}"
        return f"sent {self.sent}; then received {self.rcvd}"

    @property
    def code(self):
        return 1006 if self.rcvd is None else self.rcvd.code

    @property
    def reason(self):
        return "" if self.rcvd is None else self.rcvd.reason


class ConnectionClosedOK(ConnectionClosed):
    pass


class ConnectionClosedError(ConnectionClosed):
    pass


class InvalidURI(WebSocketException):
    _kind = "URI"

    def __init__(self, uri, msg):
        self.uri = self.proxy = uri
        self.msg = msg

    def __str__(self):
        return f"{self.uri} isn't a valid {self._kind}: {self.msg}"


class InvalidProxy(WebSocketException):
    _kind = "proxy"
    __init__, __str__ = InvalidURI.__init__, InvalidURI.__str__


class InvalidHandshake(WebSocketException):
    pass


class SecurityError(InvalidHandshake):
    pass


class ProxyError(InvalidHandshake):
    pass


class InvalidProxyMessage(ProxyError):
    pass


class InvalidProxyStatus(ProxyError):
    def __init__(self, response):
        self.response = response

    def __str__(self):
        return f"proxy rejected connection: HTTP {self.response.status_code:d}"


class InvalidMessage(InvalidHandshake):
    pass


class InvalidStatus(InvalidHandshake):
    def __init__(self, response):
        self.response = response

    def __str__(self):
        return f"server rejected WebSocket connection: HTTP {self.response.status_code:d}"


class InvalidHeader(InvalidHandshake):
    def __init__(self, name, value=None):
        self.name, self.value = name, value

    def __str__(self):
        if self.value is None:
            return f"missing {self.name} header"
        return f"empty {self.name} header" if self.value == "" else f"invalid {self.name} header: {self.value}"


class InvalidHeaderFormat(InvalidHeader):
    def __init__(self, name, error, header, pos):
        super().__init__(name, f"{error} at {pos} in {header}")


class InvalidHeaderValue(InvalidHeader):
    pass


class InvalidOrigin(InvalidHeader):
    def __init__(self, origin):
        super().__init__("Origin", origin)


class InvalidUpgrade(InvalidHeader):
    pass


class NegotiationError(InvalidHandshake):
    pass


class DuplicateParameter(NegotiationError):
    pass


class InvalidParameterName(NegotiationError):
    pass


class InvalidParameterValue(NegotiationError):
    pass


class ProtocolError(WebSocketException):
    pass


class PayloadTooBig(WebSocketException):
    pass


class InvalidState(WebSocketException, AssertionError):
    pass


class ConcurrencyError(WebSocketException, RuntimeError):
    pass


class InvalidStatusCode(InvalidHandshake):
    def __init__(self, status_code, headers):
        self.status_code, self.headers = status_code, headers

    def __str__(self):
        return f"server rejected WebSocket connection: HTTP {self.status_code}"


InvalidStatusCode.__module__ = "websockets.legacy.exceptions"
WebSocketProtocolError = ProtocolError
