# aiohttp 3.11.16: the client. aiohttp.web is not modelled.
from aiohttp import hdrs
from aiohttp.http import HttpVersion, HttpVersion10, HttpVersion11
from aiohttp.client_exceptions import *
from aiohttp.client import ClientSession, ClientTimeout, request
from aiohttp.client_reqrep import ClientRequest, ClientResponse, Fingerprint, RequestInfo
from aiohttp.client_ws import (ClientWebSocketResponse, ClientWSTimeout, WebSocketError, WSCloseCode, WSMessage,
                               WSMsgType)
from aiohttp.connector import BaseConnector, NamedPipeConnector, TCPConnector, UnixConnector
from aiohttp.cookiejar import CookieJar, DummyCookieJar
from aiohttp.formdata import FormData, MultipartWriter
from aiohttp.payload import (AsyncIterablePayload, BytesPayload, IOBasePayload, JsonPayload, Payload,
                             StringPayload, get_payload)
from aiohttp.helpers import BasicAuth, ChainMapProxy, ETag
from aiohttp.resolver import AsyncResolver, DefaultResolver, ThreadedResolver
from aiohttp.streams import EMPTY_PAYLOAD, DataQueue, EofStream, FlowControlDataQueue, StreamReader
from aiohttp.tracing import *

__version__ = "3.11.16"
