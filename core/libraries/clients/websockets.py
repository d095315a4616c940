# websockets 15.0.1: the client. Servers are not modelled.
from websockets.exceptions import *
from websockets.exceptions import (ConnectionClosed, ConnectionClosedError, ConnectionClosedOK,
                                   InvalidStatusCode, WebSocketException)
from websockets.datastructures import Headers, MultipleValuesError
from websockets.frames import Close, CloseCode
from websockets.http11 import Request, Response
from websockets.protocol import State
from websockets.uri import WebSocketURI, parse_uri
from websockets.asyncio.client import ClientConnection, connect, unix_connect

import websockets.exceptions
import websockets.client
import websockets.legacy.client
from websockets.legacy.client import WebSocketClientProtocol

__version__ = "15.0.1"
