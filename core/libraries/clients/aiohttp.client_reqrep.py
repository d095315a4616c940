# aiohttp.client_reqrep (aiohttp 3.11.16): requests, and answers.
import json
import re
import ssl as _ssl
from collections import namedtuple
from http.cookies import CookieError, Morsel, SimpleCookie

import _aiohttp
from aiohttp import hdrs
from aiohttp.client_exceptions import (ClientConnectionError, ClientOSError, ClientPayloadError,
                                       ClientResponseError, ContentTypeError, InvalidURL,
                                       ServerDisconnectedError, SocketTimeoutError)
from aiohttp.formdata import gather_body, make_payload
from aiohttp.helpers import BasicAuth, Timer, basicauth_from_netrc, parse_mimetype
from aiohttp.http import HttpVersion, HttpVersion11
from aiohttp.http_exceptions import (BadHttpMessage, ContentLengthError, HttpProcessingError,
                                     TransferEncodingError)
from aiohttp.streams import StreamReader
from multidict import CIMultiDict, CIMultiDictProxy, MultiDict, MultiDictProxy

SERVER_SOFTWARE = "Python/3.13 aiohttp/3.11.16"
_NO_BODY = ("GET", "HEAD", "OPTIONS", "TRACE")
_JSON = re.compile(r"^application/(?:[\w.+-]+?\+)?json")
_TLS = ("https", "wss")

_CODECS = {"latin-1": "iso8859-1", "latin1": "iso8859-1", "iso-8859-1": "iso8859-1", "utf8": "utf-8",
           "us-ascii": "ascii", "iso-8859-15": "iso8859-15", "windows-1252": "cp1252"}  # codecs.lookup().name

RequestInfo = namedtuple("RequestInfo", "url method headers real_url")
ConnectionKey = namedtuple("ConnectionKey", "host port is_ssl ssl proxy proxy_auth proxy_headers_hash")


class Fingerprint:
    def __init__(self, fingerprint):
        if len(fingerprint) in (16, 20):
            raise ValueError("md5 and sha1 are insecure and not supported. Use sha256.")
        if len(fingerprint) != 32:
            raise ValueError("fingerprint has invalid length")
        self._fingerprint = fingerprint

    @property
    def fingerprint(self):
        return self._fingerprint


def _why_ssl(kind, place, ssl, verify_ssl, ssl_context, fingerprint):
    """Which argument decides, for findings."""
    for name, value in (("fingerprint", fingerprint), ("ssl_context", ssl_context)):
        if value is not None:
            return kind, place, name
    if verify_ssl is not None and not _aiohttp.switch(verify_ssl):
        return kind, place, "verify_ssl"
    ssl = _aiohttp.switch(ssl)
    return None if _aiohttp.known(ssl) and ssl in (True, None) else (kind, place, "ssl")


def _merge_ssl_params(ssl, verify_ssl, ssl_context, fingerprint):
    ssl = _aiohttp.switch(ssl)
    if _aiohttp.known(ssl) and ssl is None:
        ssl = True
    given = []
    if verify_ssl is not None and not _aiohttp.switch(verify_ssl):
        given.append(False)
    if ssl_context is not None:
        given.append(ssl_context)
    if fingerprint is not None:
        given.append(fingerprint)
    for value in given:
        if ssl is not True:
            raise ValueError("verify_ssl, ssl_context, fingerprint and ssl "
                             "parameters are mutually exclusive")
        ssl = Fingerprint(value) if value is fingerprint else value
    if _aiohttp.known(ssl) and not isinstance(ssl, (_ssl.SSLContext, bool, Fingerprint)):
        raise TypeError(f"ssl should be SSLContext, bool, Fingerprint or None, got {ssl!r} instead.")
    return ssl


class ClientRequest:
    def __init__(self, method, url, *, params=None, headers=None, skip_auto_headers=None, data=None,
                 cookies=None, auth=None, version=HttpVersion11, compress=None, chunked=None, expect100=False,
                 loop=None, response_class=None, proxy=None, proxy_auth=None, timer=None, session=None, ssl=True,
                 proxy_headers=None, traces=None, trust_env=False, server_hostname=None):
        wrong = re.search(r"[^-!#$%&'*+.^_`|~0-9a-zA-Z]", method) if _aiohttp.known(method) else None
        if wrong:
            raise ValueError(f"Method cannot contain non-token characters {method!r} "
                             f"(found at least {wrong.group()!r})")
        if not _aiohttp.known(params) or params:
            url = url.extend_query(params)
        self.original_url = url
        self.url = url.with_fragment(None) if url.raw_fragment else url
        self.method = method.upper()
        self.chunked, self.compress = chunked, compress
        self.response_class = ClientResponse if response_class is None else response_class
        self._timer = Timer(None) if timer is None else timer
        self._session = session
        self._ssl, self._ssl_why, self._call = ssl, None, None
        self.server_hostname = server_hostname
        self.version = version
        self.auth = None
        self.body, self._carried = b"", None
        self._skip = CIMultiDict((name, None) for name in skip_auto_headers or ())
        if _aiohttp.known(url.raw_host) and not url.raw_host:
            raise InvalidURL(url)
        if url.raw_user or url.raw_password:
            self.auth = BasicAuth(url.user or "", url.password or "")
        self.update_headers(headers)
        self.update_cookies(cookies)
        if compress and data and hdrs.CONTENT_ENCODING in self.headers:
            raise ValueError("compress can not be set if Content-Encoding header is set")
        self.update_auth(auth, trust_env)
        self.update_proxy(proxy, proxy_auth, proxy_headers)
        self.update_body_from_data(data)
        if data is not None or self.method not in _NO_BODY:
            self.update_transfer_encoding()
        if expect100:
            self.headers[hdrs.EXPECT] = "100-continue"
        self._traces = traces or []

    def is_ssl(self):
        return self.url.scheme in _TLS

    @property
    def ssl(self):
        return self._ssl

    @property
    def host(self):
        return self.url.raw_host

    @property
    def port(self):
        return self.url.port

    @property
    def connection_key(self):
        headers = hash(tuple(self.proxy_headers.items())) if self.proxy_headers else None
        return ConnectionKey(self.url.raw_host, self.url.port, self.is_ssl(), self._ssl, self.proxy,
                             self.proxy_auth, headers)

    @property
    def request_info(self):
        return RequestInfo(self.url, self.method, CIMultiDictProxy(self.headers), self.original_url)

    def update_headers(self, headers):
        self.headers = CIMultiDict()
        self.headers[hdrs.HOST] = self.url.host_port_subcomponent
        for key, value in headers.items() if hasattr(headers, "items") else headers or ():
            if key.lower() == "host":
                self.headers[key] = value
            else:
                self.headers.add(key, value)
        for key, value in ((hdrs.ACCEPT, "*/*"), (hdrs.ACCEPT_ENCODING, "gzip, deflate"),
                           (hdrs.USER_AGENT, SERVER_SOFTWARE)):
            if key not in self.headers and key not in self._skip:
                self.headers[key] = value

    def update_cookies(self, cookies):
        if not cookies:
            return
        merged = SimpleCookie()
        if hdrs.COOKIE in self.headers:
            merged.load(self.headers.get(hdrs.COOKIE, ""))
            del self.headers[hdrs.COOKIE]
        for name, value in cookies.items() if hasattr(cookies, "items") else cookies:
            if isinstance(value, Morsel):
                made = Morsel()
                made.set(value.key, value.value, value.coded_value)
                merged[name] = made
            else:
                merged[name] = value
        self.headers[hdrs.COOKIE] = merged.output(header="", sep=";").strip()

    def update_auth(self, auth, trust_env=False):
        if auth is None:
            auth = self.auth
        if auth is None and trust_env and self.url.host is not None and not _aiohttp.checking():
            try:
                auth = basicauth_from_netrc(self.url.host)
            except LookupError:
                pass
        if auth is None:
            return
        if _aiohttp.known(auth) and not isinstance(auth, BasicAuth):
            raise TypeError("BasicAuth() tuple is required instead")
        self.headers[hdrs.AUTHORIZATION] = _aiohttp.text(auth.encode())

    def update_proxy(self, proxy, proxy_auth, proxy_headers):
        self.proxy = proxy
        self.proxy_auth = self.proxy_headers = None
        if proxy is None:
            return
        if proxy_auth and not isinstance(proxy_auth, BasicAuth):
            raise ValueError("proxy_auth must be None or BasicAuth() tuple")
        self.proxy_auth = proxy_auth
        if proxy_headers is not None and not isinstance(proxy_headers, (MultiDict, MultiDictProxy)):
            proxy_headers = CIMultiDict(proxy_headers)
        self.proxy_headers = proxy_headers

    def update_body_from_data(self, data):
        if data is None:
            return
        self.body, fields, known_size, self._carried = make_payload(data)
        if not self.chunked and hdrs.CONTENT_LENGTH not in self.headers:
            if known_size:
                self.headers[hdrs.CONTENT_LENGTH] = str(len(self.body))
            else:
                self.chunked = True
        for key, value in fields.items():
            if key not in self.headers and key not in self._skip:
                self.headers[key] = value

    def update_transfer_encoding(self):
        if "chunked" in self.headers.get(hdrs.TRANSFER_ENCODING, "").lower():
            if self.chunked:
                raise ValueError('chunked can not be set if "Transfer-Encoding: chunked" header is set')
        elif self.chunked:
            if hdrs.CONTENT_LENGTH in self.headers:
                raise ValueError("chunked can not be set if Content-Length header is set")
            self.headers[hdrs.TRANSFER_ENCODING] = "chunked"
        elif hdrs.CONTENT_LENGTH not in self.headers:
            self.headers[hdrs.CONTENT_LENGTH] = str(len(self.body))

    async def send(self, conn):
        if self.method == "CONNECT":
            path = f"{self.url.host_subcomponent}:{self.url.port}"
        elif self.proxy is not None and not self.is_ssl():
            path = str(self.url)
        else:
            path = self.url.raw_path_qs
        if (self.method in ("PATCH", "POST", "PUT") and hdrs.CONTENT_TYPE not in self._skip
                and hdrs.CONTENT_TYPE not in self.headers):
            self.headers[hdrs.CONTENT_TYPE] = "application/octet-stream"
        if hdrs.CONNECTION not in self.headers:
            if conn._connector.force_close:
                if self.version == HttpVersion11:
                    self.headers[hdrs.CONNECTION] = "close"
            elif self.version == HttpVersion(1, 0):
                self.headers[hdrs.CONNECTION] = "keep-alive"
        for name, value in self.headers.items():
            for text in (name, value):
                if _aiohttp.known(text) and ("\r" in text or "\n" in text):
                    raise ValueError("Newline or carriage return detected in headers. "
                                     "Potential header injection attack.")
        if not isinstance(self.body, (bytes, bytearray)):
            self.body = await gather_body(self.body)
        for trace in self._traces:
            await trace.send("request_headers_sent", method=self.method, url=self.url, headers=self.headers)
            if self.body:
                await trace.send("request_chunk_sent", method=self.method, url=self.url, chunk=self.body)
        self.response = self.response_class(
            self.method, self.original_url, writer=None, continue100=None, timer=self._timer,
            request_info=self.request_info, traces=self._traces, loop=None, session=self._session)
        chunked = self.chunked is not None or "chunked" in self.headers.get(hdrs.TRANSFER_ENCODING, "").lower()
        self.response._sent = (path, self.headers.items(), self.body, chunked)
        self.response._connection = conn
        return self.response


def _not_http(line):
    """What the parser says of a first line (aiohttp's llhttp)."""
    fits = 0
    while fits < 5 and line[fits:fits + 1] == b"HTTP/"[fits:fits + 1]:
        fits += 1
    pointer = " " * (len(repr(line[:fits])) - 1) + "^"
    return f"Expected HTTP/:\n\n  {line!r}\n  {pointer}"


_CLOSED = ClientConnectionError("Connection closed")  # one for all


class ClientResponse:
    version = status = reason = content = None
    _body = _headers = _connection = _cookies = _call = None
    _history = ()
    _closed = True
    _released = _in_context = False
    _read_timeout = None

    def __init__(self, method, url, *, writer, continue100, timer, request_info, traces, loop, session):
        self.method = method
        self._real_url = url
        self._url = url.with_fragment(None) if url.raw_fragment else url
        self._request_info = request_info
        self._timer = timer
        self._traces = traces
        self._resolve_charset = session._resolve_charset if session is not None else lambda *_: "utf-8"

    @property
    def _unknown(self):
        return _aiohttp.checking()

    @property
    def cookies(self):
        if self._cookies is None:
            self._cookies = SimpleCookie()
        return self._cookies

    url = property(lambda self: self._url)
    real_url = property(lambda self: self._real_url)
    host = property(lambda self: self._url.host)
    headers = property(lambda self: self._headers)
    request_info = property(lambda self: self._request_info)
    connection = property(lambda self: self._connection)
    history = property(lambda self: self._history)
    closed = property(lambda self: self._closed)

    @property
    def raw_headers(self):
        return tuple((name.encode(), value.encode()) for name, value in self._headers.items())

    def __repr__(self):
        return f"<ClientResponse({self.url}) [{self.status} {self.reason}]>\n{self.headers}\n"

    @property
    def content_type(self):
        if self._unknown:
            return self._headers.get("Content-Type")
        raw = self._headers.get(hdrs.CONTENT_TYPE)
        kind = "application/octet-stream" if raw is None else raw.partition(";")[0].strip().lower()
        return kind if kind.count("/") == 1 else "text/plain"

    @property
    def charset(self):
        return parse_mimetype(self._headers.get(hdrs.CONTENT_TYPE, ""))[3].get("charset")

    @property
    def content_length(self):
        length = self._headers.get(hdrs.CONTENT_LENGTH)
        return None if length is None else length if self._unknown else int(length)

    @property
    def content_disposition(self):
        raw = self._headers.get(hdrs.CONTENT_DISPOSITION)
        if raw is None:
            return None
        kind, *rest = raw.split(";")
        found = {}
        for each in rest:
            key, _, value = each.partition("=")
            found[key.strip().lower()] = value.strip().strip('"')
        return namedtuple("ContentDisposition", "type parameters filename")(
            kind.strip().lower(), found, found.get("filename"))

    @property
    def links(self):
        found = MultiDict()
        for value in re.split(r",(?=\s*<)", ", ".join(self.headers.getall("link", []))):
            match = re.match(r"\s*<(.*)>(.*)", value)
            if match is None:
                continue
            url, rest = match.groups()
            link = MultiDict()
            for each in rest.split(";")[1:]:
                key, sign, text = each.partition("=")
                if sign:
                    link.add(key.strip(), text.strip().strip("'\""))
            key = link.get("rel", url)
            link.add("url", self.url.join(type(self.url)(url)))
            found.add(str(key), MultiDictProxy(link))
        return MultiDictProxy(found)

    async def start(self, connection):
        self._closed = False
        self._connection = connection
        stage, detail = await connection.transport.exchange(self.method, *self._sent, self._read_timeout)
        if stage == "unknown":
            self.status, self.reason = self._call.what("response.status"), self._call.what("response.reason")
            self.version, self._headers = HttpVersion11, self._call.what("response.headers")
            self.content = StreamReader(self)
            return self
        if stage == "timeout":
            raise SocketTimeoutError("Timeout on reading data from socket")
        if stage == "broken":
            raise ClientOSError(*detail.args) from detail
        if stage == "malformed":
            error = BadHttpMessage(_not_http(detail))
            again = HttpProcessingError(code=error.code, message=error.message, headers=error.headers)
            again.__cause__ = error
            raise ClientResponseError(self.request_info, self.history, status=again.code,
                                      message=again.message, headers=again.headers) from again
        if stage == "closed":
            raise ServerDisconnectedError()
        self.status, version, self.reason, fields, complete = detail
        self.version = HttpVersion(int(version[5]), int(version[7]))
        self._headers = CIMultiDictProxy(CIMultiDict(fields))
        self.content = StreamReader(self)
        found = self._headers.getall(hdrs.SET_COOKIE, ())
        if found:
            self._cookies = SimpleCookie()
            for text in found:
                try:
                    self._cookies.load(text)
                except CookieError:
                    pass
        if complete and self.status != 101 and self.method != "CONNECT":
            self.content._ended(connection.transport.received())
            self._response_eof()
        return self

    def _response_eof(self):
        if not self._closed:
            self._closed = True
            self._release_connection()

    def _release_connection(self):
        if self._connection is not None:
            self._connection.release()
            self._connection = None

    def _notify_content(self):
        if self.content is not None and self.content.exception() is None:
            self.content.set_exception(_CLOSED)
        self._released = True

    def close(self):
        if not self._released:
            self._notify_content()
        self._closed = True
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    async def _nothing(self):
        pass

    def release(self):
        if not self._released:
            self._notify_content()
        self._closed = True
        self._release_connection()
        return self._nothing()

    async def wait_for_close(self):
        self.release()

    @property
    def ok(self):
        if self._unknown:
            return not _aiohttp.is_error()
        return 400 > self.status

    def raise_for_status(self):
        if not self.ok:
            if not self._in_context:
                self.release()
            raise ClientResponseError(self.request_info, self.history, status=self.status, message=self.reason,
                                      headers=self.headers)

    async def read(self):
        if self._body is None:
            try:
                self._body = await self.content.read()
                for trace in self._traces:
                    await trace.send("response_chunk_received", method=self.method, url=self.url,
                                     chunk=self._body)
            except BaseException:
                self.close()
                raise
        elif self._released:
            raise ClientConnectionError("Connection closed")
        self._release_connection()
        return self._body

    async def _fetch(self):
        """Reads all of the body; what went wrong is raised."""
        stage, detail = await self._connection.transport.body()
        if stage == "body":
            return detail
        if stage == "timeout":
            raise SocketTimeoutError("Timeout on reading data from socket")
        if stage == "broken":
            raise ClientOSError(*detail.args) from detail
        kind, what = ((TransferEncodingError, "transfer length") if stage == "chunked"
                      else (ContentLengthError, "content length"))
        error = kind(f"Not enough data to satisfy {what} header.")
        raise ClientPayloadError(f"Response payload is not completed: {error!r}") from error

    def get_encoding(self):
        kind, subtype, _, parameters = parse_mimetype(self.headers.get(hdrs.CONTENT_TYPE, "").lower())
        encoding = parameters.get("charset")
        if encoding:
            try:
                b"".decode(encoding)
                return _CODECS.get(encoding.replace("_", "-"), encoding)
            except LookupError:
                pass
        if kind == "application" and subtype in ("json", "rdap"):
            return "utf-8"
        if self._body is None:
            raise RuntimeError("Cannot compute fallback encoding of a not yet read body")
        return self._resolve_charset(self, self._body)

    async def text(self, encoding=None, errors="strict"):
        if self._body is None:
            await self.read()
        if self._unknown:
            return self._call.what("response.text")
        return self._body.decode(self.get_encoding() if encoding is None else encoding, errors)

    async def json(self, *, encoding=None, loads=json.loads, content_type="application/json"):
        if self._body is None:
            await self.read()
        if self._unknown:
            return self._call.what("response.json()")
        if content_type:
            given = self.headers.get(hdrs.CONTENT_TYPE, "").lower()
            if not (_JSON.match(given) if content_type == "application/json" else content_type in given):
                raise ContentTypeError(
                    self.request_info, self.history, status=self.status,
                    message=f"Attempt to decode JSON with unexpected mimetype: {given}", headers=self.headers)
        stripped = self._body.strip()
        if not stripped:
            return None
        return loads(stripped.decode(self.get_encoding() if encoding is None else encoding))

    async def __aenter__(self):
        self._in_context = True
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        self._in_context = False
        self.release()
        await self.wait_for_close()
