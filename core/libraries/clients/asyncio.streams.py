# asyncio's streams and the loop's connections (Python 3.13: Lib/asyncio/streams.py, base_events.py) over
# _socket.Wire. Each wait is one native step: other tasks go on meanwhile.
import _socket
import socket
from asyncio import IncompleteReadError, create_task, sleep
from asyncio import get_running_loop as _loop

_DEFAULT_LIMIT = 65536


async def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    return await _socket.later(socket.getaddrinfo, host, port, family, type, proto, flags)


class BaseProtocol:
    def connection_made(self, transport):
        pass

    def connection_lost(self, exc):
        pass

    def pause_writing(self):
        pass

    def resume_writing(self):
        pass


class Protocol(BaseProtocol):
    def data_received(self, data):
        pass

    def eof_received(self):
        pass


class BaseTransport:
    pass


class Transport(BaseTransport):
    def __init__(self, wire, where, sock=None):
        self._wire, self._peer, self._sock = wire, where, sock
        self._context, self._protocol, self._closed, self._ended = None, None, False, False

    async def _start_tls(self, context, server_hostname, timeout, place):
        import ssl
        import _ssl_objects
        if context is True:
            context = ssl.create_default_context()
            if _socket.is_known(server_hostname) and not server_hostname:
                context.check_hostname = False
        if not isinstance(context, ssl.SSLContext):
            raise TypeError(f"sslcontext is expected to be an instance of ssl.SSLContext, got {context!r}")
        _ssl_objects._check(context, False, server_hostname, False)
        self._context = context
        self._ssl = _ssl_objects.SSLObject.__new__(_ssl_objects.SSLObject)
        self._ssl.context, self._ssl.server_hostname, self._ssl.server_side = context, _ssl_objects._name(server_hostname), False
        self._ssl._wire, self._ssl._state = self._wire, "done"
        try:
            await _socket.later(self._wire.start_tls, context, _ssl_objects._name(server_hostname), 60.0 if timeout is None else timeout, place)
        except TimeoutError as exc:
            if "handshake" not in str(exc):
                raise
            raise ConnectionAbortedError(f"SSL handshake is taking longer than {timeout or 60.0} seconds: aborting the connection") from None
        except:
            self.close()
            raise

    def get_extra_info(self, name, default=None):
        if name == "peername":
            return self._peer
        if name == "sockname":
            return (socket._APP_ADDRESS, self._wire.local_port())
        if name == "socket":
            return self._sock if self._sock is not None else default
        if self._context is not None:
            if name == "sslcontext":
                return self._context
            if name in ("ssl_object", "sslobject"):
                return self._ssl
            if name == "peercert":
                return self._ssl.getpeercert()
            if name == "cipher":
                return self._ssl.cipher()
        return default

    def write(self, data):
        if not isinstance(data, (bytes, bytearray, memoryview)) and not _socket.is_unknown(data):
            raise TypeError(f"data argument must be a bytes-like object, not {type(data).__name__!r}")
        if not self._closed and (_socket.is_unknown(data) or len(data)):
            self._wire.send(bytes(data) if isinstance(data, (bytearray, memoryview)) else data)

    def writelines(self, list_of_data):
        for data in list_of_data:
            self.write(data)

    def can_write_eof(self):
        return self._context is None

    def write_eof(self):
        if self._context is not None:
            raise NotImplementedError
        self._wire.shut()

    def is_closing(self):
        return self._closed or (self._context is not None and self._ended)

    def close(self):
        if not self._closed:
            self._closed = True
            self._wire.close()
            if self._protocol is not None:
                _loop().call_soon(self._protocol.connection_lost, None)

    abort = close

    def is_reading(self):
        return not self._closed

    def pause_reading(self):
        pass

    resume_reading = pause_reading

    def set_write_buffer_limits(self, high=None, low=None):
        pass

    def get_write_buffer_size(self):
        return 0

    def set_protocol(self, protocol):
        self._protocol = protocol

    def get_protocol(self):
        return self._protocol

    async def _pump(self):
        """Hands what comes to the protocol."""
        try:
            while not self._closed:
                data = await _socket.later(self._wire.recv, 262144, None)
                if _socket.is_unknown(data):
                    self._protocol.data_received(data)
                    return
                if not data:
                    self._ended = True
                    if not self._protocol.eof_received() or self._context is not None:
                        self.close()
                    return
                self._protocol.data_received(data)
        except OSError as exc:
            self._closed = True
            self._protocol.connection_lost(exc)


class StreamReader:
    def __init__(self, limit=_DEFAULT_LIMIT, loop=None):
        self._transport = self._exception = None

    def __repr__(self):
        return f"<StreamReader transport={self._transport!r}>"

    async def _take(self, method, *args):
        if self._exception is not None:
            raise self._exception
        try:
            data = await _socket.later(getattr(self._transport._wire, method), *args, None)
        except OSError as exc:
            self._exception = exc
            raise
        if self._transport._wire.peer_closed():
            self._transport._ended = True
        return data

    async def read(self, n=-1):
        if n == 0:
            return b""
        return await self._take("read" if n < 0 else "recv", n)

    async def readuntil(self, separator=b"\n"):
        data = await self._take("read_until", separator, -1)
        if not _socket.is_unknown(data) and not data.endswith(separator):
            raise IncompleteReadError(data, None)
        return data

    async def readline(self):
        return await self._take("read_until", b"\n", -1)

    async def readexactly(self, n):
        if n < 0:
            raise ValueError("readexactly size can not be less than zero")
        data = await self._take("read", n)
        if not _socket.is_unknown(data) and len(data) < n:
            raise IncompleteReadError(data, n)
        return data

    def at_eof(self):
        return self._transport._wire.peer_closed()

    def exception(self):
        return self._exception

    def set_exception(self, exc):
        self._exception = exc

    def __aiter__(self):
        return self

    async def __anext__(self):
        line = await self.readline()
        if _socket.is_unknown(line):
            self._lines = getattr(self, "_lines", 0) + 1
            if self._lines > 1:
                raise StopAsyncIteration
        elif line == b"":
            raise StopAsyncIteration
        return line


class StreamReaderProtocol(Protocol):
    def __init__(self, stream_reader, client_connected_cb=None, loop=None):
        self._reader = stream_reader


class StreamWriter:
    def __init__(self, transport, protocol, reader, loop):
        self._transport, self._reader = transport, reader

    def __repr__(self):
        return f"<StreamWriter transport={self._transport!r} reader={self._reader!r}>"

    @property
    def transport(self):
        return self._transport

    def write(self, data):
        self._transport.write(data)

    def writelines(self, data):
        self._transport.writelines(data)

    def write_eof(self):
        self._transport.write_eof()

    def can_write_eof(self):
        return self._transport.can_write_eof()

    def close(self):
        self._transport.close()

    def is_closing(self):
        return self._transport.is_closing()

    async def wait_closed(self):
        if self._reader._exception is not None and not isinstance(self._reader._exception, ConnectionResetError):
            raise self._reader._exception

    def get_extra_info(self, name, default=None):
        return self._transport.get_extra_info(name, default)

    async def drain(self):
        if self._reader._exception is not None:
            raise self._reader._exception
        if self._transport.is_closing():
            await sleep(0)

    def start_tls(self, sslcontext, *, server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        return self._transport._start_tls(sslcontext, server_hostname, ssl_handshake_timeout, _socket.place())


async def _connect(call, host, port, family, proto, flags, local_addr, named=True):
    infos = await getaddrinfo(host, port, family, socket.SOCK_STREAM, proto, flags)
    if not infos:
        raise OSError("getaddrinfo() returned empty list")
    exceptions = []
    for info in infos:
        where = info[4]
        wire = _socket.Wire()
        try:
            await _socket.later(wire.open, where[0], where[1], None, call)
            return wire, where
        except OSError as exc:
            number = exc.errno
            exceptions.append(exc if number not in (110, 111) else OSError(number, f"Connect call failed {where}"))
    model = str(exceptions[0])
    if all(str(exc) == model for exc in exceptions):
        raise exceptions[0]
    raise OSError(f"Multiple exceptions: {', '.join([str(exc) for exc in exceptions])}")


async def _open(place, callable, host, port, *, ssl=None, family=0, proto=0, flags=0, sock=None, local_addr=None, server_hostname=None,
                ssl_handshake_timeout=None, ssl_shutdown_timeout=None, happy_eyeballs_delay=None, interleave=None, all_errors=False):
    if not _socket.is_unknown(ssl) and server_hostname is not None and not ssl:
        raise ValueError("server_hostname is only meaningful with ssl")
    if _socket.checking():  # a switch that nobody knows is decided once
        ssl = (ssl if not _socket.is_unknown(ssl) else True) if ssl else None
    if server_hostname is None and ssl:
        if _socket.is_known(host) and not host:
            raise ValueError("You must set server_hostname when using ssl without a host")
        server_hostname = host
    if ssl_handshake_timeout is not None and not ssl:
        raise ValueError("ssl_handshake_timeout is only meaningful with ssl")
    if host is not None or port is not None:
        if sock is not None:
            raise ValueError("host/port and sock can not be specified at the same time")
        context = ssl
        if ssl is True:
            import ssl as _ssl
            context = _ssl.create_default_context()
            if _socket.is_known(server_hostname) and not server_hostname:
                context.check_hostname = False
        call = _socket.announce({"raw": True, "library": "asyncio", "callable": callable, "place": place, "target": (place, 0, "host"),
                                 "host": host, "port": port, "tls": bool(ssl), "context": context, "asynchronous": True})
        wire, where = await _connect(call, host, port, family, proto, flags, local_addr)
        transport = Transport(wire, where)
        ssl = context
    else:
        if sock is None:
            raise ValueError("host and port was not specified and no sock specified")
        transport = Transport(sock._live(), sock._peer, sock)
    if ssl:
        await transport._start_tls(ssl, server_hostname, ssl_handshake_timeout, place)
    return transport


async def _streams(place, host, port, limit, options):
    transport = await _open(place, "asyncio.open_connection", host, port, **options)
    reader = StreamReader(limit)
    reader._transport = transport
    return reader, StreamWriter(transport, None, reader, None)


def open_connection(host=None, port=None, *, limit=_DEFAULT_LIMIT, **kwds):
    return _streams(_socket.place(), host, port, limit, kwds)


async def _with_protocol(place, protocol_factory, host, port, options):
    transport = await _open(place, "asyncio.loop.create_connection", host, port, **options)
    protocol = protocol_factory()
    if isinstance(protocol, StreamReaderProtocol):
        protocol._reader._transport = transport
        return transport, protocol
    transport._protocol = protocol
    protocol.connection_made(transport)
    transport._task = create_task(transport._pump())
    return transport, protocol


def create_connection(protocol_factory, host, port, options):
    return _with_protocol(_socket.place(), protocol_factory, host, port, options)


async def _upgrade(transport, protocol, context, server_hostname, timeout, place):
    await transport._start_tls(context, server_hostname, timeout, place)
    transport._protocol = protocol
    return transport


def start_tls(transport, protocol, context, server_hostname, timeout):
    return _upgrade(transport, protocol, context, server_hostname, timeout, _socket.place())


async def start_server(*args, **kwds):
    return _socket.not_modelled("asyncio.start_server")


async def open_unix_connection(*args, **kwds):
    return _socket.not_modelled("asyncio.open_unix_connection")
