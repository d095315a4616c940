# websockets.sync.client (websockets 15.0.1): the client that blocks.
import time

import _urllib3
from websockets.exceptions import ConnectionClosedOK
from websockets.http11 import USER_AGENT
from websockets.protocol import (ConnectionBase, Protocol, Socket, State, build_host, make_headers, parse_uri,
                                 proxy_failure, proxy_options)


class ClientConnection(ConnectionBase):
    def __init__(self, protocol, *, ping_interval=20, ping_timeout=20, close_timeout=10, **kwargs):
        super().__init__(protocol)
        self.ping_interval, self.ping_timeout, self.close_timeout = ping_interval, ping_timeout, close_timeout

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        self.close(1000 if exc_type is None else 1011)

    def __iter__(self):
        try:
            while True:
                yield self.recv()
        except ConnectionClosedOK:
            return

    def _abort(self):
        self.protocol.socket.close()
        self.protocol.state = State.CLOSED

    def _finish(self, code, reason):
        protocol = self.protocol
        protocol.start_close(code, reason)
        while protocol.state is State.CLOSING:
            frames = protocol.socket.receive(self.close_timeout or 0)
            if frames == []:
                break
            protocol.feed(frames)
        self._abort()

    def recv(self, timeout=None, decode=None):
        protocol = self.protocol
        if _urllib3.checking():
            return protocol.unknown_message()
        until = None if timeout is None else time.monotonic() + timeout
        while not protocol.messages:
            if protocol.state is State.CLOSING and protocol.close_rcvd_then_sent:
                self._abort()
            if protocol.state is State.CLOSED:
                raise protocol.close_exc
            if until is not None:
                left = until - time.monotonic()
                frames = protocol.socket.receive(left) if left > 0 else []
                if frames == []:
                    raise TimeoutError(f"timed out in {timeout:.1f}s")
                protocol.feed(frames)
            else:
                keepalive = self.ping_interval is not None and self.ping_timeout is not None
                frames = protocol.socket.receive(self.ping_interval + self.ping_timeout if keepalive else 3600)
                if frames == []:
                    self._finish(1011, "keepalive ping timeout")
                else:
                    protocol.feed(frames)
        return protocol.next_message(decode)

    def recv_streaming(self, decode=None):
        yield self.recv(decode=decode)

    def send(self, message, text=None):
        protocol = self.protocol
        frames = protocol.send_message(message, text)
        if protocol.state is State.OPEN and not protocol.messages and protocol.socket.pending(0.000001):
            protocol.feed(protocol.socket.receive(0.000001))
        if protocol.state is not State.OPEN:
            self._abort()
            raise protocol.close_exc
        for opcode, payload in frames:
            protocol.socket.send(opcode, payload)

    def close(self, code=1000, reason=""):
        if self.protocol.state is State.OPEN:
            self._finish(code, reason)
        elif self.protocol.state is State.CLOSING:
            self._abort()

    def ping(self, data=None, ack_on_close=False):
        import threading
        self.protocol.socket.send(137, b"ping" if data is None else data)
        return threading.Event()

    def pong(self, data=b""):
        self.protocol.socket.send(138, data)


def connect(uri, *, sock=None, ssl=None, server_hostname=None, origin=None, extensions=None, subprotocols=None,
            compression="deflate", additional_headers=None, user_agent_header=USER_AGENT, proxy=True,
            proxy_ssl=None, proxy_server_hostname=None, open_timeout=10, ping_interval=20, ping_timeout=20,
            close_timeout=10, max_size=2 ** 20, max_queue=16, logger=None, create_connection=None, **kwargs):
    place = _urllib3.place()
    url = _urllib3.known_text(uri)
    given = server_hostname is not None
    if ssl is None and "ssl_context" in kwargs:
        ssl = kwargs.pop("ssl_context")
    uri = parse_uri(url)
    for name in kwargs:
        if name not in ("timeout", "source_address", "all_errors", "unix", "path"):
            raise TypeError(f"create_connection() got an unexpected keyword argument '{name}'")
    if not uri.secure and ssl is not None:
        raise ValueError("ssl argument is incompatible with a ws:// URI")
    if compression not in ("deflate", None):
        raise ValueError(f"unsupported compression: {compression}")
    extensions = "permessage-deflate; client_max_window_bits" if compression == "deflate" else None
    headers = make_headers(uri, origin, extensions, subprotocols, additional_headers, user_agent_header)
    proxied = proxy_options(proxy, uri, user_agent_header, proxy_ssl)
    started = time.monotonic()
    socket = Socket({
        "library": "websockets", "callable": "websockets.sync.client.connect", "method": "GET", "place": place,
        "url_index": 0, "url": url, "tls": uri.secure, "host": uri.host, "port": uri.port, "ssl": ssl,
        "server_hostname": server_hostname or uri.host, "headers": list(headers.raw_items()), "proxy": proxied,
        "host_header": build_host(uri.host, uri.port, uri.secure), "timeout": open_timeout,
        "why": {"server_hostname": ("argument", place) if given else (), "proxy": ("argument", place)},
    })
    failure = socket.open()
    if failure is not None:
        stage, error, *_, fields = failure
        if stage == "tunnel":
            error = proxy_failure(error, fields)
            try:  # its parser is a generator, which ends with the answer
                raise StopIteration(error.response)
            except StopIteration:
                raise error
        raise error
    protocol = Protocol(socket, uri, headers, extensions, subprotocols)
    left = 0 if open_timeout is None else open_timeout - (time.monotonic() - started)
    try:
        protocol.opened(socket.handshake(uri.resource_name, left))
    except Exception:
        socket.close()
        raise
    return (create_connection or ClientConnection)(protocol, ping_interval=ping_interval,
                                                   ping_timeout=ping_timeout, close_timeout=close_timeout)


def unix_connect(path=None, uri=None, **kwargs):
    _urllib3.not_modelled("websockets.sync.client.unix_connect")
