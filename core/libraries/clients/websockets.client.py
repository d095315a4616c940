# websockets.client: its connect() is the legacy one.
from websockets.legacy.client import WebSocketClientProtocol, connect
