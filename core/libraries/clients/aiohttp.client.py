# aiohttp.client (aiohttp 3.11.16): sessions.
import asyncio
import base64
import hashlib
import json
import random

import _aiohttp
from aiohttp import hdrs
from aiohttp.client_exceptions import (ClientError, ClientOSError, ConnectionTimeoutError, InvalidURL,
                                       InvalidUrlClientError, InvalidUrlRedirectClientError,
                                       NonHttpUrlClientError, NonHttpUrlRedirectClientError,
                                       ServerDisconnectedError, TooManyRedirects, WSServerHandshakeError)
from aiohttp.client_reqrep import (ClientRequest, ClientResponse, Fingerprint, _merge_ssl_params, _why_ssl)
from aiohttp.client_ws import ClientWebSocketResponse, ClientWSTimeout
from aiohttp.connector import TCPConnector
from aiohttp.cookiejar import CookieJar
from aiohttp.payload import JsonPayload
from aiohttp.helpers import Timer, get_env_proxy_for_url, sentinel, strip_auth_from_url
from aiohttp.http import HttpVersion11
from aiohttp.tracing import Trace
from multidict import CIMultiDict, MultiDict, MultiDictProxy
from yarl import URL

_IDEMPOTENT = ("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE")
_WS_KEY = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class ClientTimeout:
    def __init__(self, total=None, connect=None, sock_read=None, sock_connect=None, ceil_threshold=5):
        self.total, self.connect, self.sock_read, self.sock_connect = total, connect, sock_read, sock_connect
        self.ceil_threshold = ceil_threshold

    def _all(self):
        return (self.total, self.connect, self.sock_read, self.sock_connect, self.ceil_threshold)

    def __eq__(self, other):
        return self._all() == other._all() if isinstance(other, ClientTimeout) else NotImplemented

    def __hash__(self):
        return hash(self._all())

    def __repr__(self):
        return (f"ClientTimeout(total={self.total!r}, connect={self.connect!r}, sock_read={self.sock_read!r}, "
                f"sock_connect={self.sock_connect!r}, ceil_threshold={self.ceil_threshold!r})")


DEFAULT_TIMEOUT = ClientTimeout(total=300, sock_connect=30)


def _shortest(*limits):
    given = [each for each in limits if each]
    return min(given) if given else None


class ClientSession:
    _connector = None

    def __init__(self, base_url=None, *, connector=None, loop=None, cookies=None, headers=None, proxy=None,
                 proxy_auth=None, skip_auto_headers=None, auth=None, json_serialize=json.dumps,
                 request_class=ClientRequest, response_class=ClientResponse,
                 ws_response_class=ClientWebSocketResponse, version=HttpVersion11, cookie_jar=None,
                 connector_owner=True, raise_for_status=False, read_timeout=sentinel, conn_timeout=None,
                 timeout=sentinel, auto_decompress=True, trust_env=False, requote_redirect_url=True,
                 trace_configs=None, read_bufsize=65536, max_line_size=8190, max_field_size=8190,
                 fallback_charset_resolver=lambda r, b: "utf-8"):
        self._place = _aiohttp.place()
        loop = loop or asyncio.get_running_loop()
        self._base_url = None if base_url is None else URL(base_url)
        if self._base_url is not None:
            self._base_url_origin = self._base_url.origin()
            if _aiohttp.known(str(self._base_url)) and not self._base_url.path.endswith("/"):
                raise ValueError("base_url must have a trailing '/'")
        if timeout is sentinel or timeout is None or not _aiohttp.known(timeout):
            self._timeout = DEFAULT_TIMEOUT
            if read_timeout is not sentinel or conn_timeout is not None:
                self._timeout = ClientTimeout(300 if read_timeout is sentinel else read_timeout, conn_timeout,
                                              None, 30)
        else:
            if not isinstance(timeout, ClientTimeout):
                raise ValueError(f"timeout parameter cannot be of {type(timeout)} type, "
                                 "please use 'timeout=ClientTimeout(...)'")
            self._timeout = timeout
            if read_timeout is not sentinel:
                raise ValueError("read_timeout and timeout parameters conflict, please setup timeout.read")
            if conn_timeout is not None:
                raise ValueError("conn_timeout and timeout parameters conflict, please setup timeout.connect")
        self._connector = TCPConnector() if connector is None else connector
        self._loop = loop
        self._cookie_jar = CookieJar() if cookie_jar is None else cookie_jar
        if cookies is not None and _aiohttp.known(cookies):
            self._cookie_jar.update_cookies(cookies)
        self._connector_owner = connector_owner
        self._default_auth = auth
        self._version = version
        self._json_serialize = json_serialize
        self._raise_for_status = raise_for_status
        self._auto_decompress = auto_decompress
        self._trust_env = trust_env
        self._requote_redirect_url = requote_redirect_url
        self._default_headers = CIMultiDict(headers if headers is not None and _aiohttp.known(headers) else ())
        self._skip_auto_headers = frozenset(skip_auto_headers or ())
        self._request_class, self._response_class = request_class, response_class
        self._ws_response_class = ws_response_class
        self._trace_configs = trace_configs or []
        for each in self._trace_configs:
            each.freeze()
        self._resolve_charset = fallback_charset_resolver
        self._default_proxy, self._default_proxy_auth = proxy, proxy_auth
        self._retry_connection = True

    def request(self, method, url, **kwargs):
        return _RequestContextManager(self._request(method, url, _place=(_aiohttp.place(), "request", 1), **kwargs))

    def _verb(self, name, url, kwargs):
        place = (_aiohttp.place(), name, 0)
        return _RequestContextManager(self._request(name.upper(), url, _place=place, **kwargs))

    def get(self, url, *, allow_redirects=True, **kwargs):
        return self._verb("get", url, {"allow_redirects": allow_redirects, **kwargs})

    def options(self, url, *, allow_redirects=True, **kwargs):
        return self._verb("options", url, {"allow_redirects": allow_redirects, **kwargs})

    def head(self, url, *, allow_redirects=False, **kwargs):
        return self._verb("head", url, {"allow_redirects": allow_redirects, **kwargs})

    def post(self, url, *, data=None, **kwargs):
        return self._verb("post", url, {"data": data, **kwargs})

    def put(self, url, *, data=None, **kwargs):
        return self._verb("put", url, {"data": data, **kwargs})

    def patch(self, url, *, data=None, **kwargs):
        return self._verb("patch", url, {"data": data, **kwargs})

    def delete(self, url, **kwargs):
        return self._verb("delete", url, kwargs)

    def _build_url(self, str_or_url):
        base = self._base_url
        if base is not None and not (_aiohttp.known(str_or_url) and _aiohttp.known(str(base))):
            return base._changed(path=f"{base._path or '/'}{_aiohttp.text(str_or_url).lstrip('/')}")
        url = URL(str_or_url)
        if base is None:
            return url
        assert not url.absolute
        return self._base_url.join(url)

    async def _request(self, method, str_or_url, *, params=None, data=None, json=None, cookies=None, headers=None,
                       skip_auto_headers=None, auth=None, allow_redirects=True, max_redirects=10, compress=None,
                       chunked=None, expect100=False, raise_for_status=None, read_until_eof=True, proxy=None,
                       proxy_auth=None, timeout=sentinel, verify_ssl=None, fingerprint=None, ssl_context=None,
                       ssl=True, server_hostname=None, proxy_headers=None, trace_request_ctx=None,
                       read_bufsize=None, auto_decompress=None, max_line_size=None, max_field_size=None,
                       _place=None):
        if self.closed:
            raise RuntimeError("Session is closed")
        place, verb, url_index = _place or (_aiohttp.place(), "request", 1)
        ssl_why = _why_ssl("argument", place, ssl, verify_ssl, ssl_context, fingerprint)
        ssl = _merge_ssl_params(ssl, verify_ssl, ssl_context, fingerprint)
        if data is not None and json is not None:
            raise ValueError("data and json parameters can not be used at the same time")
        if json is not None:
            data = JsonPayload(json, dumps=self._json_serialize)
        redirects, history = 0, []
        method = _aiohttp.text(method)
        params = {} if params is None else params
        headers = self._prepare_headers(headers)
        try:
            url = self._build_url(str_or_url)
        except ValueError as e:
            raise InvalidUrlClientError(str_or_url) from e
        if url.scheme not in self._connector.allowed_protocol_schema_set:
            raise NonHttpUrlClientError(url)
        skip = None
        if skip_auto_headers is not None or self._skip_auto_headers:
            skip = set(skip_auto_headers or ()) | self._skip_auto_headers
        proxy_why = ("argument", place, "proxy")
        if proxy is None:
            proxy, proxy_why = self._default_proxy, ("constructor", self._place, "proxy")
        if proxy_auth is None:
            proxy_auth = self._default_proxy_auth
        if proxy is None:
            proxy_headers = None
        else:
            proxy_headers = self._prepare_headers(proxy_headers)
            try:
                proxy = URL(proxy)
            except ValueError as e:
                raise InvalidURL(proxy) from e
        if timeout is sentinel or not _aiohttp.known(timeout):
            real_timeout = self._timeout
        elif isinstance(timeout, ClientTimeout):
            real_timeout = timeout
        else:
            real_timeout = ClientTimeout(total=timeout)
        timer = Timer(real_timeout.total)
        traces = [Trace(self, each, each.trace_config_ctx(trace_request_ctx=trace_request_ctx))
                  for each in self._trace_configs]

        async def tell(event, **fields):
            for trace in traces:
                await trace.send(event, method=method, url=url.update_query(params), headers=headers, **fields)

        await tell("request_start")
        came_from = None
        try:
            with timer:
                retry = self._retry_connection and method in _IDEMPOTENT
                while True:
                    url, auth_from_url = strip_auth_from_url(url)
                    if _aiohttp.known(url.raw_host) and not url.raw_host:
                        raise (InvalidUrlRedirectClientError if redirects else InvalidUrlClientError)(url)
                    if not history and auth_from_url and auth:
                        raise ValueError("Cannot combine AUTH argument with credentials encoded in URL")
                    if auth is None or (history and auth_from_url is not None):
                        auth = auth_from_url
                    if auth is None and self._default_auth is not None and (
                            not self._base_url or self._base_url_origin == url.origin()):
                        auth = self._default_auth
                    if auth is not None and hdrs.AUTHORIZATION in headers:
                        raise ValueError("Cannot combine AUTHORIZATION header "
                                         "with AUTH argument or credentials encoded in URL")
                    all_cookies = self._cookie_jar.filter_cookies(url)
                    if cookies is not None and _aiohttp.known(cookies):
                        one = CookieJar(quote_cookie=self._cookie_jar.quote_cookie)
                        one.update_cookies(cookies)
                        all_cookies.load(one.filter_cookies(url))
                    if proxy is not None:
                        proxy = URL(proxy)
                    elif self._trust_env:
                        try:
                            proxy, proxy_auth = get_env_proxy_for_url(url)
                            proxy_why = ("environment", url.scheme + "_proxy")
                        except LookupError:
                            pass
                    req = self._request_class(
                        method, url, params=params, headers=headers, skip_auto_headers=skip, data=data,
                        cookies=all_cookies, auth=auth, version=self._version, compress=compress,
                        chunked=chunked, expect100=expect100, loop=self._loop,
                        response_class=self._response_class, proxy=proxy, proxy_auth=proxy_auth, timer=timer,
                        session=self, ssl=ssl, server_hostname=server_hostname, proxy_headers=proxy_headers,
                        traces=traces, trust_env=self._trust_env)
                    req._ssl_why = ssl_why
                    req._call = call = self._announce(req, place, verb, url_index, proxy_why, allow_redirects,
                                                      real_timeout, came_from)
                    try:
                        try:
                            conn = await self._connector.connect(req, traces=traces, timeout=real_timeout)
                        except TimeoutError as exc:
                            raise ConnectionTimeoutError(f"Connection timeout to host {url}") from exc
                        try:
                            try:
                                resp = await req.send(conn)
                                resp._read_timeout, resp._call = real_timeout.sock_read, call
                                try:
                                    await resp.start(conn)
                                except BaseException:
                                    resp.close()
                                    raise
                            except BaseException:
                                conn.close()
                                raise
                        except (ClientOSError, ServerDisconnectedError):
                            if retry:
                                retry = False
                                continue
                            raise
                        except ClientError:
                            raise
                        except OSError as exc:
                            if exc.errno is None and isinstance(exc, TimeoutError):
                                raise
                            raise ClientOSError(*exc.args) from exc
                    finally:
                        call.end()
                    if _aiohttp.checking():
                        break
                    if resp._cookies:
                        self._cookie_jar.update_cookies(resp._cookies, resp.url)
                    if resp.status not in (301, 302, 303, 307, 308) or not allow_redirects:
                        break
                    await tell("request_redirect", response=resp)
                    redirects += 1
                    history.append(resp)
                    came_from = call.id()
                    if max_redirects and redirects >= max_redirects:
                        resp.close()
                        raise TooManyRedirects(history[0].request_info, tuple(history))
                    if (resp.status == 303 and resp.method != "HEAD") or (
                            resp.status in (301, 302) and resp.method == "POST"):
                        method, data = "GET", None
                        if headers.get(hdrs.CONTENT_LENGTH):
                            headers.pop(hdrs.CONTENT_LENGTH)
                    location = resp.headers.get(hdrs.LOCATION) or resp.headers.get(hdrs.URI)
                    if location is None:
                        break
                    resp.release()
                    url = self._redirected(url, location, resp, headers)
                    if url.origin() != resp.url.origin():
                        auth = None
                        headers.pop(hdrs.AUTHORIZATION, None)
                    params = {}
            if raise_for_status is None:
                raise_for_status = self._raise_for_status
            if callable(raise_for_status):
                await raise_for_status(resp)
            elif raise_for_status:
                resp.raise_for_status()
            if resp.connection is not None:
                resp.connection.add_callback(timer.close)
            else:
                timer.close()
            resp._history = tuple(history)
            await tell("request_end", response=resp)
            return resp
        except BaseException as e:
            timer.close()
            await tell("request_exception", exception=e)
            raise

    def _redirected(self, url, location, resp, headers):
        try:
            parsed = URL(location, encoded=not self._requote_redirect_url)
        except ValueError as e:
            raise InvalidUrlRedirectClientError(
                location, "Server attempted redirecting to a location that does not look like a URL") from e
        if parsed.scheme not in ("http", "https", ""):
            resp.close()
            raise NonHttpUrlRedirectClientError(location)
        if not parsed.scheme:
            parsed = url.join(parsed)
        try:
            parsed.origin()
        except ValueError as error:
            raise InvalidUrlRedirectClientError(parsed, "Invalid redirect URL origin") from error
        return parsed

    def _announce(self, req, place, verb, url_index, proxy_why, allow_redirects, timeout, came_from):
        connector = self._connector
        ssl, why = connector._get_ssl(req)
        pin = connector._get_fingerprint(req)
        body = req._carried
        if body is None and isinstance(req.body, (bytes, bytearray)):
            body = req.body or None if _aiohttp.known(req.body) else req.body
        auth = req.proxy_auth
        return _aiohttp.call({
            "place": place, "callable": f"aiohttp.ClientSession.{verb}", "url_index": url_index,
            "method": req.method, "url": str(req.original_url), "headers": req.headers.items(), "carried": body,
            "ssl": False if isinstance(ssl, Fingerprint) else ssl, "pin": pin and pin.fingerprint.hex(),
            "server_hostname": req.server_hostname, "unix": not isinstance(connector, TCPConnector),
            "proxy": None if req.proxy is None else str(req.proxy), "proxy_user": auth and auth.login,
            "proxy_password": auth and auth.password, "allow_redirects": allow_redirects,
            "connect_timeout": _shortest(timeout.total, timeout.connect, timeout.sock_connect),
            "read_timeout": _shortest(timeout.total, timeout.sock_read), "redirected_from": came_from,
            "built": connector._built,
            "why": {"ssl": why, "pin": why, "proxy": proxy_why, "server_hostname": ("argument", place),
                    "allow_redirects": ("argument", place), "timeout": ("argument", place)}})

    def ws_connect(self, url, **options):
        return _RequestContextManager(self._ws_connect(url, (_aiohttp.place(), "ws_connect", 0), **options))

    async def _ws_connect(self, url, place, *, method="GET", protocols=(), timeout=sentinel, receive_timeout=None,
                          autoclose=True, autoping=True, heartbeat=None, auth=None, origin=None, params=None,
                          headers=None, proxy=None, proxy_auth=None, ssl=True, verify_ssl=None, fingerprint=None,
                          ssl_context=None, server_hostname=None, proxy_headers=None, compress=0,
                          max_msg_size=4194304):
        if timeout is sentinel:
            timeout = ClientWSTimeout(ws_close=10.0)
        elif not isinstance(timeout, ClientWSTimeout):
            timeout = ClientWSTimeout(ws_close=timeout)
        if receive_timeout is not None:
            timeout = ClientWSTimeout(receive_timeout, timeout.ws_close)
        sent = CIMultiDict(headers if headers is not None and _aiohttp.known(headers) else ())
        for key, value in ((hdrs.UPGRADE, "websocket"), (hdrs.CONNECTION, "Upgrade"),
                           ("Sec-WebSocket-Version", "13")):
            sent.setdefault(key, value)
        key = base64.b64encode(bytes(random.randrange(256) for _ in range(16)))
        sent["Sec-WebSocket-Key"] = key.decode()
        if protocols:
            sent["Sec-WebSocket-Protocol"] = ",".join(protocols)
        if origin is not None:
            sent[hdrs.ORIGIN] = origin
        if compress:
            sent["Sec-WebSocket-Extensions"] = f"permessage-deflate; client_max_window_bits{'' if compress == 15 else f'={compress}'}"
        resp = await self._request(
            method, url, params=params, headers=sent, read_until_eof=False, auth=auth, proxy=proxy,
            proxy_auth=proxy_auth, ssl=ssl, verify_ssl=verify_ssl, fingerprint=fingerprint,
            ssl_context=ssl_context, server_hostname=server_hostname, proxy_headers=proxy_headers, _place=place)
        if _aiohttp.checking():
            return self._ws_response_class(None, None, resp, timeout, autoclose, autoping)
        wrong = None
        expected = base64.b64encode(hashlib.sha1(key + _WS_KEY).digest()).decode()
        if resp.status != 101:
            wrong = "Invalid response status"
        elif resp.headers.get(hdrs.UPGRADE, "").lower() != "websocket":
            wrong = "Invalid upgrade header"
        elif resp.headers.get(hdrs.CONNECTION, "").lower() != "upgrade":
            wrong = "Invalid connection header"
        elif resp.headers.get("Sec-WebSocket-Accept", "") != expected:
            wrong = "Invalid challenge response"
        if wrong:
            resp.close()
            raise WSServerHandshakeError(resp.request_info, resp.history, message=wrong, status=resp.status,
                                         headers=resp.headers)
        chosen = resp.headers.get("Sec-WebSocket-Protocol", "").split(",")
        protocol = next((each.strip() for each in chosen if each.strip() in protocols), None)
        return self._ws_response_class(resp.connection.transport, protocol, resp, timeout, autoclose, autoping)

    def _prepare_headers(self, headers):
        result = CIMultiDict(self._default_headers)
        if headers is None or not _aiohttp.known(headers):
            return result
        if not isinstance(headers, (MultiDictProxy, MultiDict)):
            headers = CIMultiDict(headers)
        added = set()
        for key, value in headers.items():
            if key in added:
                result.add(key, value)
            else:
                result[key] = value
                added.add(key)
        return result

    async def close(self):
        if not self.closed:
            if self._connector is not None and self._connector_owner:
                await self._connector.close()
            self._connector = None

    def detach(self):
        self._connector = None

    @property
    def closed(self):
        return self._connector is None or self._connector.closed

    connector = property(lambda self: self._connector)
    cookie_jar = property(lambda self: self._cookie_jar)
    version = property(lambda self: self._version)
    timeout = property(lambda self: self._timeout)
    headers = property(lambda self: self._default_headers)
    skip_auto_headers = property(lambda self: self._skip_auto_headers)
    auth = property(lambda self: self._default_auth)
    json_serialize = property(lambda self: self._json_serialize)
    connector_owner = property(lambda self: self._connector_owner)
    raise_for_status = property(lambda self: self._raise_for_status)
    auto_decompress = property(lambda self: self._auto_decompress)
    trust_env = property(lambda self: self._trust_env)
    trace_configs = property(lambda self: self._trace_configs)
    loop = property(lambda self: self._loop)

    @property
    def requote_redirect_url(self):
        return self._requote_redirect_url

    @requote_redirect_url.setter
    def requote_redirect_url(self, value):
        self._requote_redirect_url = value

    def __enter__(self):
        raise TypeError("Use async with instead")

    def __exit__(self, *exc_info):
        pass

    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        await self.close()


class _RequestContextManager:
    def __init__(self, coro):
        self._coro = coro

    def __await__(self):
        return self._coro.__await__()

    def send(self, arg):
        return self._coro.send(arg)

    def throw(self, *args):
        return self._coro.throw(*args)

    def close(self):
        return self._coro.close()

    async def __aenter__(self):
        self._resp = await self._coro
        return await self._resp.__aenter__()

    async def __aexit__(self, exc_type, exc, tb):
        await self._resp.__aexit__(exc_type, exc, tb)


class _SessionRequestContextManager:
    def __init__(self, coro, session):
        self._coro, self._session, self._resp = coro, session, None

    async def __aenter__(self):
        try:
            self._resp = await self._coro
        except BaseException:
            await self._session.close()
            raise
        return self._resp

    async def __aexit__(self, exc_type, exc, tb):
        self._resp.close()
        await self._session.close()


def request(method, url, *, version=HttpVersion11, connector=None, loop=None, **kwargs):
    owner = connector is None
    if owner:
        connector = TCPConnector(force_close=True)
    session = ClientSession(cookies=kwargs.pop("cookies", None), version=version,
                            timeout=kwargs.pop("timeout", sentinel), connector=connector, connector_owner=owner)
    return _SessionRequestContextManager(
        session._request(method, url, _place=(_aiohttp.place(), "request", 1), **kwargs), session)
