# aiohttp.client_ws (aiohttp 3.11.16): WebSocket frames (RFC 6455) over an upgraded connection.
import asyncio
import enum
import json
import random
from collections import namedtuple

import _aiohttp
from aiohttp.client_exceptions import WSMessageTypeError


class WSCloseCode(enum.IntEnum):
    OK = 1000
    GOING_AWAY = 1001
    PROTOCOL_ERROR = 1002
    UNSUPPORTED_DATA = 1003
    ABNORMAL_CLOSURE = 1006
    INVALID_TEXT = 1007
    POLICY_VIOLATION = 1008
    MESSAGE_TOO_BIG = 1009
    MANDATORY_EXTENSION = 1010
    INTERNAL_ERROR = 1011
    SERVICE_RESTART = 1012
    TRY_AGAIN_LATER = 1013
    BAD_GATEWAY = 1014


class WSMsgType(enum.IntEnum):
    CONTINUATION = 0x0
    TEXT = 0x1
    BINARY = 0x2
    PING = 0x9
    PONG = 0xA
    CLOSE = 0x8
    CLOSING = 0x100
    CLOSED = 0x101
    ERROR = 0x102


for _name in ("TEXT", "BINARY", "PING", "PONG", "CLOSE", "CLOSING", "CLOSED", "ERROR"):
    setattr(WSMsgType, _name.lower(), getattr(WSMsgType, _name))


class WSMessage(namedtuple("WSMessage", "type data extra")):
    def json(self, *, loads=json.loads):
        return loads(self.data)


class WebSocketError(Exception):
    def __init__(self, code, message):
        self.code = code
        self.args = (code, message)

    def __str__(self):
        return self.args[1]


class ClientWSTimeout:
    def __init__(self, ws_receive=None, ws_close=None):
        self.ws_receive, self.ws_close = ws_receive, ws_close


_CLOSED = WSMessage(WSMsgType.CLOSED, None, None)


def _frame(opcode, data):
    mask = bytes(random.randrange(256) for _ in range(4))
    size = len(data)
    lead = bytes([0x80 | opcode, 0x80 | (size if size < 126 else 126)])
    if size >= 126:
        lead += size.to_bytes(2, "big")
    return lead + mask + bytes(each ^ mask[at % 4] for at, each in enumerate(data))


class ClientWebSocketResponse:
    def __init__(self, wire, protocol, response, timeout, autoclose, autoping):
        self._wire, self._protocol, self._response = wire, protocol, response
        self._timeout, self._autoclose, self._autoping = timeout, autoclose, autoping
        self._closed = self._closing = self._once = False
        self._close_code = self._exception = None
        self._buffer = b""

    closed = property(lambda self: self._closed)
    close_code = property(lambda self: self._close_code)
    protocol = property(lambda self: self._protocol)
    compress = property(lambda self: 0)

    def exception(self):
        return self._exception

    def get_extra_info(self, name, default=None):
        return default

    async def send_frame(self, message, opcode, compress=None):
        if self._closed:
            from aiohttp.client_exceptions import ClientConnectionResetError
            raise ClientConnectionResetError("Cannot write to closing transport")
        if not _aiohttp.checking():
            self._wire.send(_frame(opcode, message))

    async def ping(self, message=b""):
        await self.send_frame(message, WSMsgType.PING)

    async def pong(self, message=b""):
        await self.send_frame(message, WSMsgType.PONG)

    async def send_str(self, data, compress=None):
        if not isinstance(data, str):
            raise TypeError(f"data argument must be str ({type(data)!r})")
        await self.send_frame(data.encode(), WSMsgType.TEXT)

    async def send_bytes(self, data, compress=None):
        if not isinstance(data, (bytes, bytearray)):
            raise TypeError(f"data argument must be byte-ish ({type(data)!r})")
        await self.send_frame(data, WSMsgType.BINARY)

    async def send_json(self, data, compress=None, *, dumps=json.dumps):
        await self.send_str(dumps(data))

    async def _need(self, count):
        while len(self._buffer) < count:
            data = await self._wire.receive()
            if not data:
                return False
            self._buffer += data
        return True

    async def _read(self):
        """The next frame, or None at the end of the stream."""
        if not await self._need(2):
            return None
        opcode, size = self._buffer[0] & 15, self._buffer[1] & 127
        lead = 2 if size < 126 else 4
        if not await self._need(lead):
            return None
        if size == 126:
            size = int.from_bytes(self._buffer[2:4], "big")
        if not await self._need(lead + size):
            return None
        data, self._buffer = self._buffer[lead:lead + size], self._buffer[lead + size:]
        if opcode == WSMsgType.CLOSE:
            code = int.from_bytes(data[:2], "big") if len(data) >= 2 else 0
            return WSMessage(WSMsgType.CLOSE, code, data[2:].decode() if len(data) >= 2 else "")
        return WSMessage(WSMsgType(opcode), data.decode() if opcode == WSMsgType.TEXT else data, "")

    async def close(self, *, code=WSCloseCode.OK, message=b""):
        if self._closed:
            return False
        self._closed = True
        if not _aiohttp.checking():
            self._wire.send(_frame(WSMsgType.CLOSE, code.to_bytes(2, "big") + message))
            try:
                while not self._close_code:
                    async with asyncio.timeout(self._timeout.ws_close):
                        answer = await self._read()
                    if answer is None or answer.type is WSMsgType.CLOSE:
                        self._close_code = answer.data if answer else WSCloseCode.ABNORMAL_CLOSURE
            except TimeoutError as exc:
                self._close_code, self._exception = WSCloseCode.ABNORMAL_CLOSURE, exc
        self._response.close()
        return True

    async def receive(self, timeout=None):
        if _aiohttp.checking():
            what = self._response._call.what
            return WSMessage(WSMsgType.TEXT, what("message.data"), None)
        while True:
            if self._closed:
                return _CLOSED
            if self._closing:
                await self.close()
                return _CLOSED
            try:
                async with asyncio.timeout(timeout or self._timeout.ws_receive):
                    message = await self._read()
            except (asyncio.CancelledError, TimeoutError):
                self._close_code = WSCloseCode.ABNORMAL_CLOSURE
                raise
            if message is None:
                self._closed = True
                self._close_code = WSCloseCode.ABNORMAL_CLOSURE
                return _CLOSED
            if message.type is WSMsgType.CLOSE:
                self._closing = True
                self._close_code = message.data
                if self._autoclose:
                    await self.close()
            elif message.type is WSMsgType.PING and self._autoping:
                await self.pong(message.data)
                continue
            elif message.type is WSMsgType.PONG and self._autoping:
                continue
            return message

    async def receive_str(self, *, timeout=None):
        message = await self.receive(timeout)
        if message.type is not WSMsgType.TEXT:
            raise WSMessageTypeError(f"Received message {message.type}:{message.data!r} is not WSMsgType.TEXT")
        return message.data

    async def receive_bytes(self, *, timeout=None):
        message = await self.receive(timeout)
        if message.type is not WSMsgType.BINARY and not _aiohttp.checking():
            raise WSMessageTypeError(f"Received message {message.type}:{message.data!r} is not WSMsgType.BINARY")
        return message.data

    async def receive_json(self, *, loads=json.loads, timeout=None):
        data = await self.receive_str(timeout=timeout)
        return data if _aiohttp.checking() else loads(data)

    def __aiter__(self):
        return self

    async def __anext__(self):
        if _aiohttp.checking() and self._once:
            raise StopAsyncIteration
        self._once = True
        message = await self.receive()
        if message.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED):
            raise StopAsyncIteration
        return message

    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        await self.close()
