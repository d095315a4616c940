# aiohttp.connector (aiohttp 3.11.16): pools, name resolution, TLS, proxies.
import socket
import ssl as _ssl
from _asyncio import _now
from asyncio import Future, create_task, get_running_loop, shield

import _aiohttp
from aiohttp import hdrs
from aiohttp.client_exceptions import (ClientConnectionError, ClientConnectorCertificateError,
                                       ClientConnectorDNSError, ClientConnectorError,
                                       ClientConnectorSSLError, ClientHttpProxyError,
                                       ClientProxyConnectionError, ServerFingerprintMismatch,
                                       UnixClientConnectorError)
from aiohttp.client_reqrep import ClientRequest, Fingerprint, _merge_ssl_params, _why_ssl
from aiohttp.helpers import ceil_timeout, is_ip_address, sentinel
from aiohttp.resolver import DefaultResolver, ThreadedResolver

_HTTP = frozenset(("http", "https", ""))
_HIGH_LEVEL = _HTTP | {"ws", "wss"}


class Connection:
    def __init__(self, connector, key, wire):
        self._connector, self._key, self._wire = connector, key, wire
        self._callbacks = []

    def __repr__(self):
        return f"Connection<{self._key}>"

    def __bool__(self):
        return True

    @property
    def transport(self):
        return self._wire

    @property
    def closed(self):
        return self._wire is None or not self._wire.is_open()

    def add_callback(self, callback):
        self._callbacks.append(callback)

    def _leave(self, close):
        callbacks, self._callbacks = self._callbacks, []
        for each in callbacks:
            each()
        if self._wire is not None:
            wire, self._wire = self._wire, None
            self._connector._release(self._key, wire, close)

    def close(self):
        self._leave(True)

    def release(self):
        self._leave(False)


class BaseConnector:
    allowed_protocol_schema_set = _HIGH_LEVEL
    _closed = True

    def __init__(self, *, keepalive_timeout=sentinel, force_close=False, limit=100, limit_per_host=0,
                 enable_cleanup_closed=False, loop=None, timeout_ceil_threshold=5):
        if force_close:
            if keepalive_timeout is not None and keepalive_timeout is not sentinel:
                raise ValueError("keepalive_timeout cannot be set if force_close is True")
        elif keepalive_timeout is sentinel:
            keepalive_timeout = 15.0
        self._loop = loop or get_running_loop()
        self._closed = False
        self._conns = {}
        self._limit, self._limit_per_host = limit, limit_per_host
        self._acquired = []
        self._waiters = []
        self._keepalive_timeout = keepalive_timeout
        self._force_close = force_close

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_info):
        await self.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self._close()

    @property
    def force_close(self):
        return self._force_close

    @property
    def limit(self):
        return self._limit

    @property
    def limit_per_host(self):
        return self._limit_per_host

    @property
    def closed(self):
        return self._closed

    async def _nothing(self):
        pass

    def close(self):
        self._close()
        return self._nothing()

    def _close(self):
        if self._closed:
            return
        self._closed = True
        for held in self._conns.values():
            for wire, _ in held:
                wire.close()
        for _, wire in self._acquired:
            if wire is not None:
                wire.close()
        self._conns, self._acquired = {}, []
        waiters, self._waiters = self._waiters, []
        for _, waiter in waiters:
            waiter.cancel()

    def _available_connections(self, key):
        left = 1
        if self._limit:
            left = self._limit - len(self._acquired)
            if left <= 0:
                return left
        if self._limit_per_host:
            left = min(left, self._limit_per_host - sum(each == key for each, _ in self._acquired))
        return left

    async def connect(self, req, traces, timeout):
        key = req.connection_key
        conn = await self._get(key, traces)
        if conn is not None:
            return conn
        async with ceil_timeout(timeout.connect, timeout.ceil_threshold):
            if self._available_connections(key) <= 0:
                await self._wait_for_available_connection(key, traces)
                conn = await self._get(key, traces)
                if conn is not None:
                    return conn
            place = (key, None)
            self._acquired.append(place)
            try:
                for trace in traces:
                    await trace.send("connection_create_start")
                wire = await self._create_connection(req, traces, timeout)
                for trace in traces:
                    await trace.send("connection_create_end")
            except BaseException:
                self._release_acquired(place)
                raise
            if self._closed:
                wire.close()
                raise ClientConnectionError("Connector is closed.")
        self._acquired.remove(place)
        self._acquired.append((key, wire))
        return Connection(self, key, wire)

    async def _wait_for_available_connection(self, key, traces):
        while True:
            waiter = Future()
            self._waiters.append((key, waiter))
            try:
                for trace in traces:
                    await trace.send("connection_queued_start")
                await waiter
                for trace in traces:
                    await trace.send("connection_queued_end")
            finally:
                self._waiters = [each for each in self._waiters if each[1] is not waiter]
            if self._available_connections(key) > 0:
                break

    async def _get(self, key, traces):
        held = self._conns.get(key)
        while held:
            wire, since = held.pop(0)
            if wire.is_open() and _now() - since <= self._keepalive_timeout:
                self._acquired.append((key, wire))
                for trace in traces:
                    await trace.send("connection_reuseconn")
                return Connection(self, key, wire)
            wire.close()
        return None

    def _release_acquired(self, place):
        if self._closed:
            return
        if place in self._acquired:
            self._acquired.remove(place)
        for key, waiter in self._waiters:
            if self._available_connections(key) > 0 and not waiter.done():
                waiter.set_result(None)
                return

    def _release(self, key, wire, should_close):
        if self._closed:
            return
        self._release_acquired((key, wire))
        if self._force_close or should_close or not wire.keeps_alive():
            wire.close()
        else:
            self._conns.setdefault(key, []).append((wire, _now()))

    async def _create_connection(self, req, traces, timeout):
        raise NotImplementedError()


def _interleaved(addresses, count):
    """Of each family in turn (aiohappyeyeballs)."""
    families = {}
    for each in addresses:
        families.setdefault(":" in each[0], []).append(each)
    lists = list(families.values())
    out = []
    if lists and count > 1:
        out, lists[0] = lists[0][:count - 1], lists[0][count - 1:]
    while any(lists):
        for each in lists:
            if each:
                out.append(each.pop(0))
    return out


def _connect_error(number, address, port):
    text = f"Connect call failed {(address, port, 0, 0) if ':' in address else (address, port)}"
    return OSError(number, text)


class TCPConnector(BaseConnector):
    allowed_protocol_schema_set = _HIGH_LEVEL | {"tcp"}

    def __init__(self, *, verify_ssl=True, fingerprint=None, use_dns_cache=True, ttl_dns_cache=10,
                 family=socket.AF_UNSPEC, ssl_context=None, ssl=True, local_addr=None, resolver=None,
                 keepalive_timeout=sentinel, force_close=False, limit=100, limit_per_host=0,
                 enable_cleanup_closed=False, loop=None, timeout_ceil_threshold=5,
                 happy_eyeballs_delay=0.25, interleave=None):
        self._place = _aiohttp.place()
        super().__init__(keepalive_timeout=keepalive_timeout, force_close=force_close, limit=limit,
                         limit_per_host=limit_per_host, enable_cleanup_closed=enable_cleanup_closed, loop=loop,
                         timeout_ceil_threshold=timeout_ceil_threshold)
        self._ssl_why = _why_ssl("constructor", self._place, ssl, verify_ssl, ssl_context, fingerprint)
        self._ssl = _merge_ssl_params(ssl, verify_ssl, ssl_context, fingerprint)
        self._resolver = DefaultResolver() if resolver is None else resolver
        self._use_dns_cache, self._ttl = use_dns_cache, ttl_dns_cache
        self._cached_hosts = {}
        self._throttled = {}
        self._family, self._local_addr = family, local_addr
        self._delay, self._interleave = happy_eyeballs_delay, interleave
        pin = self._ssl if isinstance(self._ssl, Fingerprint) else None
        self._built = None
        if self._ssl is not True:
            self._built = _aiohttp.note_connector({
                "callable": "aiohttp.TCPConnector", "place": self._place,
                "ssl": False if pin else self._ssl, "pin": pin and pin.fingerprint.hex(),
                "why": {"ssl": self._ssl_why, "pin": self._ssl_why}})

    @property
    def family(self):
        return self._family

    @property
    def use_dns_cache(self):
        return self._use_dns_cache

    def clear_dns_cache(self, host=None, port=None):
        if (host is None) != (port is None):
            raise ValueError("either both host and port or none of them are allowed")
        if host is None:
            self._cached_hosts.clear()
        else:
            self._cached_hosts.pop((host, port), None)

    async def _resolve_host(self, host, port, call, traces):
        if is_ip_address(host):
            return [{"hostname": host, "host": host, "port": port}]
        resolver = self._resolver
        if not self._use_dns_cache or _aiohttp.checking():
            return await self._look_up(resolver, host, port, call, traces)
        key = (host, port)
        found = self._cached_hosts.get(key)
        if found is not None and (self._ttl is None or found[1] + self._ttl >= _now()):
            for trace in traces:
                await trace.send("dns_cache_hit", host=host)
            return self._next_addresses(key)
        waiting = self._throttled.get(key)
        if waiting is not None:
            future = Future()
            waiting.append(future)
            for trace in traces:
                await trace.send("dns_cache_hit", host=host)
            await future
            return self._next_addresses(key)
        self._throttled[key] = []
        return await shield(create_task(self._resolve_for_all(key, call, traces)))

    async def _resolve_for_all(self, key, call, traces):
        waiting = self._throttled[key]
        try:
            for trace in traces:
                await trace.send("dns_cache_miss", host=key[0])
            self._cached_hosts[key] = [await self._look_up(self._resolver, *key, call, traces), _now()]
            for future in waiting:
                if not future.done():
                    future.set_result(None)
        except BaseException as error:
            for future in waiting:
                if not future.done():
                    future.set_exception(error)
            raise
        finally:
            self._throttled.pop(key)
        return self._next_addresses(key)

    def _next_addresses(self, key):
        """Each use starts one address further."""
        entry = self._cached_hosts[key]
        hosts = entry[0]
        entry[0] = hosts[1:] + hosts[:1]
        return hosts

    async def _look_up(self, resolver, host, port, call, traces):
        for trace in traces:
            await trace.send("dns_resolvehost_start", host=host)
        if isinstance(resolver, ThreadedResolver):
            resolver._call = call
        hosts = await resolver.resolve(host, port, family=self._family)
        for trace in traces:
            await trace.send("dns_resolvehost_end", host=host)
        return hosts

    async def _create_connection(self, req, traces, timeout):
        if req.proxy is not None:
            return await self._create_proxy_connection(req, traces, timeout)
        return await self._create_direct_connection(req, req._call, traces, timeout, ClientConnectorError, False)

    def _get_ssl(self, req):
        """What counts: the request's, or else the connector's (reality FACTS 4)."""
        if req.ssl is not True:
            return req.ssl, req._ssl_why
        return self._ssl, self._ssl_why if self._ssl is not True else req._ssl_why

    def _get_fingerprint(self, req):
        for each in (req.ssl, self._ssl):
            if isinstance(each, Fingerprint):
                return each
        return None

    async def _start_tls(self, wire, req, call, outer, client_error):
        try:
            await wire.start_tls(call, outer)
        except _ssl.CertificateError as exc:
            raise ClientConnectorCertificateError(req.connection_key, exc) from exc
        except _ssl.SSLError as exc:
            raise ClientConnectorSSLError(req.connection_key, exc) from exc
        except OSError as exc:
            if exc.errno is None and isinstance(exc, TimeoutError):
                raise
            raise client_error(req.connection_key, exc) from exc

    async def _start_connection(self, addresses, call):
        delay = self._delay
        interleave = 1 if delay is not None and self._interleave is None else self._interleave
        if interleave and len(addresses) > 1:
            addresses = _interleaved(addresses, interleave)
        allowed = addresses
        if self._local_addr is not None:
            own = ":" in self._local_addr[0]
            allowed = [each for each in addresses if (":" in each[0]) == own]
        tried = await _aiohttp.connect(call, allowed, delay) if allowed else []
        if not isinstance(tried, list):
            return tried
        errors = [_connect_error(number, *allowed[at]) for at, number in enumerate(tried)]
        errors += [OSError(f"no matching local address with family={each[0]} found")
                   for each in addresses if each not in allowed]
        if len({str(each) for each in errors}) == 1:
            raise errors[0]
        text = "Multiple exceptions: " + ", ".join(str(each) for each in errors)
        if len({each.errno for each in errors}) == 1:
            raise OSError(errors[0].errno, text)
        raise OSError(text)

    def _check_fingerprint(self, fingerprint, wire, address):
        got = bytes.fromhex(wire.fingerprint())
        if got and got != fingerprint.fingerprint:
            wire.close()
            raise ServerFingerprintMismatch(fingerprint.fingerprint, got, *address)

    async def _create_direct_connection(self, req, call, traces, timeout, client_error, outer):
        tls = req.is_ssl()
        host = req.url.raw_host
        if _aiohttp.known(host) and host.endswith(".."):
            host = host.rstrip(".") + "."
        try:
            hosts = await self._resolve_host(host, req.port, call, traces)
        except OSError as exc:
            if exc.errno is None and isinstance(exc, TimeoutError):
                raise
            raise ClientConnectorDNSError(req.connection_key, exc) from exc
        addresses = []
        for each in hosts:
            six = ":" in each["host"]
            if self._family in (0, socket.AF_INET6 if six else socket.AF_INET):
                addresses.append((each["host"], each["port"]))
        fingerprint = self._get_fingerprint(req)
        last = None
        while addresses:
            try:
                async with ceil_timeout(timeout.sock_connect, timeout.ceil_threshold):
                    try:
                        wire = await self._start_connection(addresses, call)
                    except OSError as exc:
                        if exc.errno is None and isinstance(exc, TimeoutError):
                            raise
                        raise client_error(req.connection_key, exc) from exc
                    if tls:
                        await self._start_tls(wire, req, call, outer, client_error)
            except (ClientConnectorError, TimeoutError) as exc:
                last = exc
                self._drop_first(addresses)
                continue
            if tls and fingerprint:
                try:
                    self._check_fingerprint(fingerprint, wire, wire.peer())
                except ServerFingerprintMismatch as exc:
                    last = exc
                    addresses.remove((exc.host, exc.port))
                    continue
            return wire
        assert last is not None
        raise last

    def _drop_first(self, addresses):
        seen = {}
        for each in list(addresses):
            six = ":" in each[0]
            seen[six] = seen.get(six, 0) + 1
            if seen[six] <= (1 if self._interleave is None else self._interleave):
                addresses.remove(each)

    async def _create_proxy_connection(self, req, traces, timeout):
        headers = {} if req.proxy_headers is None else req.proxy_headers
        headers[hdrs.HOST] = req.headers[hdrs.HOST]
        proxy_req = ClientRequest(hdrs.METH_GET, req.proxy, headers=headers, auth=req.proxy_auth, ssl=req.ssl)
        proxy_req._ssl_why = req._ssl_why
        wire = await self._create_direct_connection(proxy_req, req._call, [], timeout,
                                                    ClientProxyConnectionError, True)
        auth = proxy_req.headers.pop(hdrs.AUTHORIZATION, None)
        if auth is not None:
            (proxy_req if req.is_ssl() else req).headers[hdrs.PROXY_AUTHORIZATION] = auth
        if not req.is_ssl():
            return wire
        proxy_req.method = hdrs.METH_CONNECT
        proxy_req.url = req.url
        resp = await proxy_req.send(Connection(self, None, wire))
        try:
            await resp.start(resp._connection)
            if resp.status != 200:
                raise ClientHttpProxyError(resp.request_info, resp.history, status=resp.status,
                                           message=resp.reason, headers=resp.headers)
        except BaseException:
            wire.close()
            raise
        async with ceil_timeout(timeout.sock_connect, timeout.ceil_threshold):
            await self._start_tls(wire, req, req._call, False, ClientConnectorError)
            fingerprint = self._get_fingerprint(req)
            if fingerprint:
                self._check_fingerprint(fingerprint, wire, wire.peer())
        return wire


class UnixConnector(BaseConnector):
    allowed_protocol_schema_set = _HIGH_LEVEL | {"unix"}
    _ssl = True
    _built = None

    def __init__(self, path, force_close=False, keepalive_timeout=sentinel, limit=100, limit_per_host=0,
                 loop=None):
        super().__init__(force_close=force_close, keepalive_timeout=keepalive_timeout, limit=limit,
                         limit_per_host=limit_per_host, loop=loop)
        self._path = path

    @property
    def path(self):
        return self._path

    def _get_ssl(self, req):
        return req.ssl, req._ssl_why

    def _get_fingerprint(self, req):
        return None

    async def _create_connection(self, req, traces, timeout):
        if _aiohttp.checking():
            return await _aiohttp.connect(req._call, [], None)
        # The simulated machine has no sockets of this kind.
        error = FileNotFoundError(2, "No such file or directory")
        raise UnixClientConnectorError(self.path, req.connection_key, error) from error


class NamedPipeConnector(BaseConnector):
    def __init__(self, path, *args, **kwargs):
        super().__init__()
        raise RuntimeError("Named Pipes only available in proactor loop under windows")
