# websockets.legacy.client (websockets 15.0.1).
from websockets.asyncio.client import ClientConnection, connect as _connect
from websockets.exceptions import InvalidStatus, InvalidStatusCode
from websockets.http11 import USER_AGENT


class WebSocketClientProtocol(ClientConnection):
    @property
    def open(self):
        return self.state == 1

    @property
    def closed(self):
        return self.state == 3

    @property
    def request_headers(self):
        return self.request.headers

    @property
    def response_headers(self):
        return self.response.headers


class connect(_connect):
    _name = "websockets.legacy.client.connect"

    def __init__(self, uri, *, create_protocol=None, ping_interval=20, ping_timeout=20, close_timeout=None,
                 max_size=2 ** 20, max_queue=2 ** 5, read_limit=2 ** 16, write_limit=2 ** 16, timeout=None,
                 compression="deflate", origin=None, extensions=None, subprotocols=None, extra_headers=None,
                 user_agent_header=USER_AGENT, open_timeout=10, logger=None, **kwargs):
        super().__init__(uri, compression=compression, origin=origin, subprotocols=subprotocols,
                         additional_headers=extra_headers, user_agent_header=user_agent_header, proxy=None,
                         open_timeout=open_timeout, ping_interval=ping_interval, ping_timeout=ping_timeout,
                         close_timeout=close_timeout or timeout or 10,
                         create_connection=create_protocol or WebSocketClientProtocol, **kwargs)

    async def _open(self):
        try:
            return await super()._open()
        except InvalidStatus as exc:
            status = exc.response
        raise InvalidStatusCode(status.status_code, status.headers)

    def _late(self, exc):
        raise exc
