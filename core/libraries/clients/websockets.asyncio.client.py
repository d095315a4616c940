# websockets.asyncio.client (websockets 15.0.1).
import asyncio
import random
from urllib.parse import urljoin

import _urllib3
from _websockets import later
from websockets.exceptions import (ConnectionClosed, ConnectionClosedOK, InvalidMessage, InvalidStatus,
                                   SecurityError)
from websockets.http11 import USER_AGENT
from websockets.protocol import (ConnectionBase, Protocol, Socket, State, build_host, make_headers, parse_uri,
                                 proxy_failure, proxy_options)

MAX_REDIRECTS = 10
_CREATE_CONNECTION = ("host", "port", "ssl", "family", "proto", "flags", "sock", "local_addr", "server_hostname",
                      "ssl_handshake_timeout", "ssl_shutdown_timeout", "happy_eyeballs_delay", "interleave",
                      "all_errors", "unix", "path")


class ClientConnection(ConnectionBase):
    def __init__(self, protocol, *, ping_interval=20, ping_timeout=20, close_timeout=10, **kwargs):
        super().__init__(protocol)
        self.ping_interval, self.ping_timeout, self.close_timeout = ping_interval, ping_timeout, close_timeout
        self._sent = []  # futures of readers that wait until somebody sends
        self._pongs = []
        self.transport = self

    def abort(self):
        self.protocol.socket.close()
        self.protocol.state = State.CLOSED

    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type, exc_value, traceback):
        await (self.close() if exc_type is None else self.close(1011))

    def __aiter__(self):
        return self._each()

    async def _each(self):
        try:
            while True:
                yield await self.recv()
        except ConnectionClosedOK:
            return

    def _wake(self):
        for each in self._sent:
            if not each.done():
                each.set_result(None)
        self._sent = []

    async def _arrival(self):
        """Waits until frames came, the peer closed, or the keepalive gives up."""
        protocol = self.protocol
        patience = None
        if self.ping_interval is not None and self.ping_timeout is not None:
            patience = self.ping_interval + self.ping_timeout
        if protocol.socket.pending(patience or 0):
            protocol.feed(await later(protocol.socket.receive, 0))
            return
        turn = asyncio.Future()
        self._sent.append(turn)
        try:
            await asyncio.wait_for(turn, patience)
        except TimeoutError:
            if protocol.state is State.OPEN:  # nobody answers pings
                await self._finish(1011, "keepalive ping timeout")

    async def _finish(self, code, reason):
        protocol = self.protocol
        protocol.start_close(code, reason)
        self._wake()
        while protocol.state is State.CLOSING:
            if not protocol.socket.pending(self.close_timeout or 0):
                await asyncio.sleep(self.close_timeout or 0)
                break
            protocol.feed(await later(protocol.socket.receive, self.close_timeout or 0))
        self.abort()

    async def recv(self, decode=None):
        protocol = self.protocol
        if _urllib3.checking():
            return protocol.unknown_message()
        while not protocol.messages:
            if protocol.state is State.CLOSING and protocol.close_rcvd_then_sent:
                self.abort()
            if protocol.state is State.CLOSED:
                raise protocol.close_exc
            await self._arrival()
        return protocol.next_message(decode)

    async def recv_streaming(self, decode=None):
        yield await self.recv(decode)

    async def send(self, message, text=None):
        protocol = self.protocol
        if hasattr(message, "__aiter__"):
            message = [part async for part in message]
        frames = protocol.send_message(message, text)
        if protocol.state is State.OPEN and not protocol.messages and protocol.socket.pending(0.000001):
            protocol.feed(protocol.socket.receive(0.000001))
        if protocol.state is not State.OPEN:
            self.abort()
            raise protocol.close_exc
        for opcode, payload in frames:
            protocol.socket.send(opcode, payload)
        self._wake()

    async def close(self, code=1000, reason=""):
        if self.protocol.state is State.OPEN:
            await self._finish(code, reason)
        elif self.protocol.state is State.CLOSING:
            self.abort()

    async def wait_closed(self):
        while self.protocol.state is not State.CLOSED:
            await self._arrival()
            if self.protocol.close_rcvd_then_sent:
                self.abort()

    async def ping(self, data=None):
        if self.protocol.state is not State.OPEN:
            raise self.protocol.close_exc
        self.protocol.socket.send(137, b"ping" if data is None else data)
        pong = asyncio.Future()
        self._pongs.append(pong)
        return pong

    async def pong(self, data=b""):
        self.protocol.socket.send(138, data)


def process_exception(exc):
    if isinstance(exc, (OSError, TimeoutError)):
        return None
    if isinstance(exc, InvalidMessage) and isinstance(exc.__cause__, EOFError):
        return None
    if isinstance(exc, InvalidStatus) and exc.response.status_code in [500, 502, 503, 504]:
        return None
    return exc


def backoff():
    yield random.random() * 5
    delay = 3.1
    while True:
        yield min(delay, 90.0)
        delay *= 1.618


class connect:
    _name = "websockets.connect"

    def __init__(self, uri, *, origin=None, extensions=None, subprotocols=None, compression="deflate",
                 additional_headers=None, user_agent_header=USER_AGENT, proxy=True,
                 process_exception=process_exception, open_timeout=10, ping_interval=20, ping_timeout=20,
                 close_timeout=10, max_size=2 ** 20, max_queue=16, write_limit=2 ** 15, logger=None,
                 create_connection=None, **kwargs):
        if compression not in ("deflate", None):
            raise ValueError(f"unsupported compression: {compression}")
        self._place = _urllib3.place()
        self.uri = _urllib3.known_text(uri)
        self.origin, self.subprotocols = origin, subprotocols
        self.extensions = "permessage-deflate; client_max_window_bits" if compression == "deflate" else None
        self.additional_headers, self.user_agent_header = additional_headers, user_agent_header
        self.proxy, self.process_exception, self.open_timeout = proxy, process_exception, open_timeout
        self.settings = {"ping_interval": ping_interval, "ping_timeout": ping_timeout,
                         "close_timeout": close_timeout}
        self.make_connection = create_connection or ClientConnection
        self.connection_kwargs = kwargs
        self._came_from = None

    async def create_connection(self):
        kwargs = self.connection_kwargs
        uri = parse_uri(self.uri)
        if kwargs.get("sock") is not None or kwargs.get("unix"):
            _urllib3.not_modelled("websockets.connect(sock=..., unix=...)")
        for name in kwargs:
            if name.removeprefix("proxy_") not in _CREATE_CONNECTION:
                raise TypeError(f"BaseEventLoop.create_connection() got an unexpected keyword argument '{name}'")
        ssl = kwargs.get("ssl", True if uri.secure else None)
        server_hostname = kwargs.get("server_hostname", uri.host if uri.secure else None)
        if uri.secure:
            if ssl is None:
                raise ValueError("ssl=None is incompatible with a wss:// URI")
            if ssl is False:
                raise ValueError("server_hostname is only meaningful with ssl")
        elif ssl is not None:
            raise ValueError("ssl argument is incompatible with a ws:// URI")
        proxy = proxy_options(self.proxy, uri, self.user_agent_header, kwargs.get("proxy_ssl"))
        headers = make_headers(uri, self.origin, self.extensions, self.subprotocols, self.additional_headers,
                               self.user_agent_header)
        own = ("argument", self._place)
        socket = Socket({
            "library": "websockets", "callable": self._name, "method": "GET", "place": self._place, "url_index": 0,
            "url": self.uri, "tls": uri.secure, "host": kwargs.get("host") or uri.host,
            "port": kwargs.get("port") or uri.port, "ssl": None if ssl is True else ssl,
            "server_hostname": server_hostname, "headers": list(headers.raw_items()), "proxy": proxy,
            "host_header": build_host(uri.host, uri.port, uri.secure), "asynchronous": True,
            "redirected_from": self._came_from, "why": {"server_hostname": own if "server_hostname" in kwargs else (),
                                                        "proxy": own},
        })
        failure = await later(socket.open)
        if failure is not None:
            self._failed(*failure)
        return self.make_connection(Protocol(socket, uri, headers, self.extensions, self.subprotocols),
                                    **self.settings)

    def _failed(self, stage, error, at_proxy, address, port, headers):
        if stage == "tunnel":
            raise proxy_failure(error, headers)
        if stage == "connect" and address and isinstance(error, OSError) and error.errno:
            where = (address, port, 0, 0) if ":" in address else (address, port)
            raise type(error)(error.errno, f"Connect call failed {where!r}")
        raise error

    async def _handshake(self, connection):
        protocol = connection.protocol
        protocol.opened(await later(protocol.socket.handshake, protocol.uri.resource_name, 0))
        connection.response = protocol.response

    def process_redirect(self, exc):
        if not (isinstance(exc, InvalidStatus) and exc.response.status_code in [300, 301, 302, 303, 307, 308]
                and "Location" in exc.response.headers):
            return exc
        old = parse_uri(self.uri)
        new_uri = urljoin(self.uri, exc.response.headers["Location"])
        new = parse_uri(new_uri)
        if old.secure and not new.secure:
            return SecurityError(f"cannot follow redirect to non-secure URI {new_uri}")
        if (old.secure, old.host, old.port) != (new.secure, new.host, new.port):
            if self.connection_kwargs.get("host") is not None or self.connection_kwargs.get("port") is not None:
                return ValueError(f"cannot follow cross-origin redirect to {new_uri} with an explicit host or port")
        return new_uri

    def __await__(self):
        return self._open().__await__()

    async def _open(self):
        try:
            async with asyncio.timeout(self.open_timeout):
                for _ in range(MAX_REDIRECTS):
                    self.connection = await self.create_connection()
                    try:
                        await self._handshake(self.connection)
                    except asyncio.CancelledError:
                        self.connection.abort()
                        raise
                    except Exception as exc:
                        self.connection.abort()
                        uri_or_exc = self.process_redirect(exc)
                        if isinstance(uri_or_exc, str):
                            self.uri = uri_or_exc
                            self._came_from = self.connection.protocol.socket.call()
                            continue
                        if uri_or_exc is exc:
                            raise
                        raise uri_or_exc from exc
                    return self.connection
                raise SecurityError(f"more than {MAX_REDIRECTS} redirects")
        except TimeoutError as exc:
            self._late(exc)

    def _late(self, exc):
        raise TimeoutError("timed out during opening handshake") from exc

    async def __aenter__(self):
        return await self

    async def __aexit__(self, exc_type, exc_value, traceback):
        await self.connection.close()

    async def __aiter__(self):
        delays = None
        while True:
            try:
                async with self as protocol:
                    yield protocol
            except Exception as exc:
                try:
                    new_exc = self.process_exception(exc)
                except Exception as raised_exc:
                    new_exc = raised_exc
                if new_exc is exc:
                    raise
                if new_exc is not None:
                    raise new_exc from exc
                if delays is None:
                    delays = backoff()
                await asyncio.sleep(next(delays))
            else:
                delays = None
            if _urllib3.checking():
                return


def unix_connect(path=None, uri=None, **kwargs):
    return connect(uri or ("ws://localhost/" if kwargs.get("ssl") is None else "wss://localhost/"), unix=True,
                   **kwargs)
