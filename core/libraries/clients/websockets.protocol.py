# The part of websockets 15.0.1 that the asyncio and the threading client share: the opening handshake
# (client.py), frames and closing (protocol.py).
import base64
import hashlib
import os
from enum import IntEnum

import _urllib3
from _websockets import Socket
from websockets.datastructures import Headers, MultipleValuesError
from websockets.exceptions import (ConnectionClosedError, ConnectionClosedOK, InvalidHeader, InvalidHeaderValue,
                                   InvalidMessage, InvalidProxyMessage, InvalidProxyStatus, InvalidStatus,
                                   InvalidUpgrade, NegotiationError)
from websockets.frames import Close
from websockets.http11 import Request, Response
from websockets.uri import get_proxy, parse_proxy, parse_uri

_OK = (1000, 1001, 1005)


class State(IntEnum):
    CONNECTING, OPEN, CLOSING, CLOSED = range(4)


CONNECTING, OPEN, CLOSING, CLOSED = State


def build_host(host, port, secure, always_include_port=False):
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{port}" if always_include_port or port != (443 if secure else 80) else host


def make_headers(uri, origin, extensions, subprotocols, additional_headers, user_agent_header):
    headers = Headers()
    headers["Host"] = build_host(uri.host, uri.port, uri.secure)
    if uri.user_info:
        headers["Authorization"] = _urllib3.basic_header(*uri.user_info)
    if origin is not None:
        headers["Origin"] = origin
    headers["Upgrade"] = "websocket"
    headers["Connection"] = "Upgrade"
    headers["Sec-WebSocket-Key"] = base64.b64encode(os.urandom(16)).decode()
    headers["Sec-WebSocket-Version"] = "13"
    if extensions is not None:
        headers["Sec-WebSocket-Extensions"] = extensions
    if subprotocols is not None:
        headers["Sec-WebSocket-Protocol"] = ", ".join(subprotocols)
    if additional_headers is not None:
        headers.update(additional_headers)
    if user_agent_header is not None:
        headers.setdefault("User-Agent", user_agent_header)
    return headers


def proxy_options(proxy, uri, user_agent_header, ssl):
    """What a proxy is to the native part; None: no proxy."""
    if proxy is True:
        proxy = get_proxy(uri)
    if proxy is None:
        return None
    parsed = parse_proxy(proxy)
    if parsed.scheme.startswith("socks"):
        raise ImportError("python-socks is required to use a SOCKS proxy")
    if parsed.scheme != "https" and ssl is not None:
        raise ValueError("proxy_ssl argument is incompatible with an http:// proxy")
    headers = [("Host", build_host(uri.host, uri.port, uri.secure))]
    if user_agent_header is not None:
        headers.append(("User-Agent", user_agent_header))
    if parsed.username is not None:
        headers.append(("Proxy-Authorization", _urllib3.basic_header(parsed.username, parsed.password)))
    return {"scheme": parsed.scheme, "host": parsed.host, "port": parsed.port, "user": parsed.username,
            "password": parsed.password, "headers": headers, "ssl": ssl}


def check_response(headers, request, subprotocols, extensions):
    """The rules of a 101 answer; the subprotocol."""
    upgrade = [value for line in headers.get_all("Connection") for value in line.replace(" ", "").split(",")]
    if not any(value.lower() == "upgrade" for value in upgrade):
        raise InvalidUpgrade("Connection", ", ".join(upgrade) if upgrade else None)
    upgrade = headers.get_all("Upgrade")
    if not (len(upgrade) == 1 and upgrade[0].lower() == "websocket"):
        raise InvalidUpgrade("Upgrade", ", ".join(upgrade) if upgrade else None)
    try:
        accept = headers["Sec-WebSocket-Accept"]
    except KeyError:
        raise InvalidHeader("Sec-WebSocket-Accept") from None
    except MultipleValuesError:
        raise InvalidHeader("Sec-WebSocket-Accept", "multiple values") from None
    key = request["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    if accept != base64.b64encode(hashlib.sha1(key.encode()).digest()).decode():
        raise InvalidHeaderValue("Sec-WebSocket-Accept", accept)
    if headers.get_all("Sec-WebSocket-Extensions") and extensions is None:
        raise NegotiationError("no extensions supported")
    chosen = headers.get_all("Sec-WebSocket-Protocol")
    if not chosen:
        return None
    if subprotocols is None:
        raise NegotiationError("no subprotocols supported")
    if len(chosen) > 1:
        raise InvalidHeader("Sec-WebSocket-Protocol", f"multiple values: {', '.join(chosen)}")
    if chosen[0] not in subprotocols:
        raise NegotiationError(f"unsupported subprotocol: {chosen[0]}")
    return chosen[0]


def proxy_failure(error, headers):
    status, _, reason = error.partition(" ")
    return InvalidProxyStatus(Response(int(status), reason, Headers(headers)))


class Protocol:
    """One connection after its handshake: messages, and who closed what."""

    def __init__(self, socket, uri, headers, extensions, subprotocols):
        self.socket, self.uri = socket, uri
        self.request = Request(uri.resource_name, headers)
        self.response = self.subprotocol = None
        self.extensions, self.subprotocols = extensions, subprotocols
        self.state = State.CONNECTING
        self.messages, self.parts = [], []
        self.close_rcvd = self.close_sent = self.close_rcvd_then_sent = None
        self.reads = 0

    def opened(self, answer):
        """What the handshake gave: raises, or the connection is open."""
        if len(answer) == 3:
            stage, error, _ = answer
            self.socket.close()
            if isinstance(error, TimeoutError):
                raise TimeoutError("timed out while waiting for handshake response")
            cause = EOFError("connection closed while reading HTTP status line")
            cause.__cause__ = EOFError("stream ends after 0 bytes, before end of line")
            if stage == "malformed":
                cause = ValueError(f"unsupported protocol; expected HTTP/1.1: {error}" if error.count(" ") >= 2
                                   else f"invalid HTTP status line: {error}")
            elif stage == "read":
                cause = error
            raise InvalidMessage("did not receive a valid HTTP response") from cause
        status, reason, fields, body = answer
        self.response = Response(status, reason, Headers(fields), body)
        if not _urllib3.checking():
            if status != 101:
                raise InvalidStatus(self.response)
            self.subprotocol = check_response(self.response.headers, self.request.headers, self.subprotocols,
                                              self.extensions)
        self.state = State.OPEN

    def feed(self, frames):
        """Frames that came; None: the connection is closed."""
        if frames is None:
            self.socket.close()
            self.state = State.CLOSED
            return
        for first, payload in frames:
            opcode = first & 15
            if opcode in (0, 1, 2):
                self.parts.append((opcode, payload))
                if first & 128:
                    whole = b"".join([data for _, data in self.parts]) if len(self.parts) > 1 else payload
                    self.messages.append((self.parts[0][0], whole))
                    self.parts = []
            elif opcode == 9:
                self.socket.send(138, payload)
            elif opcode == 8:
                self.close_rcvd = Close.parse(payload)
                if self.state is State.OPEN:
                    self.close_sent, self.close_rcvd_then_sent = self.close_rcvd, True
                    self.socket.send(136, payload)
                else:
                    self.close_rcvd_then_sent = False
                self.state = State.CLOSING

    def send_message(self, message, text):
        if isinstance(message, str):
            return [(130 if text is False else 129, message)]
        if isinstance(message, (bytes, bytearray)):
            return [(129 if text is True else 130, bytes(message))]
        if _urllib3.checking():
            return [(129, message)]
        if hasattr(message, "keys"):
            raise TypeError("data is a dict-like object")
        if not hasattr(message, "__iter__"):
            raise TypeError("data must be str, bytes, iterable, or async iterable")
        frames = [(0 if place else 1 if isinstance(part, str) else 2, part) for place, part in enumerate(message)]
        return frames + [(128, b"")] if frames else []

    def next_message(self, decode):
        opcode, data = self.messages.pop(0)
        return data.decode() if (decode is None and opcode == 1) or decode else data

    def start_close(self, code, reason):
        self.close_sent = Close(code, reason)
        self.socket.send(136, self.close_sent.serialize())
        self.state = State.CLOSING

    @property
    def close_exc(self):
        fine = (self.close_rcvd is not None and self.close_sent is not None
                and self.close_rcvd.code in _OK and self.close_sent.code in _OK)
        return (ConnectionClosedOK if fine else ConnectionClosedError)(self.close_rcvd, self.close_sent,
                                                                      self.close_rcvd_then_sent)

    def unknown_message(self):
        """In checking: a message that nobody knows; the second read finds the connection closed."""
        self.reads += 1
        if self.reads > 1:
            self.state = State.CLOSED
            self.close_rcvd = self.close_sent = Close(1000, "")
            self.close_rcvd_then_sent = True
            raise self.close_exc
        return self.socket.what("message")


class ConnectionBase:
    """What both kinds of connection show."""

    def __init__(self, protocol):
        self.protocol = protocol
        self.request, self.response = protocol.request, protocol.response
        self.latency = 0.0

    @property
    def state(self):
        return self.protocol.state

    @property
    def subprotocol(self):
        return self.protocol.subprotocol

    @property
    def close_code(self):
        if self.state is not State.CLOSED:
            return None
        return 1006 if self.protocol.close_rcvd is None else self.protocol.close_rcvd.code

    @property
    def close_reason(self):
        if self.state is not State.CLOSED:
            return None
        return "" if self.protocol.close_rcvd is None else self.protocol.close_rcvd.reason
