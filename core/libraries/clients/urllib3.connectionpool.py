# urllib3.connectionpool (urllib3 2.3.0): retries, redirects and what failures become.
import ssl
from socket import gaierror

import _urllib3

_TIMEOUT = TimeoutError  # the builtin one, which urllib3's hides from here on
from urllib3._collections import HTTPHeaderDict
from urllib3._request_methods import RequestMethods
from urllib3.connection import CertificateError, HTTPConnection, HTTPSConnection, port_by_scheme
from urllib3.exceptions import (ClosedPoolError, ConnectTimeoutError, HostChangedError, LocationValueError,
                                MaxRetryError, NameResolutionError, NewConnectionError, ProtocolError,
                                ProxyError, ReadTimeoutError, SSLError, TimeoutError)
from urllib3.util import SKIP_HEADER
from urllib3.util.retry import Retry
from urllib3.util.timeout import Timeout
from urllib3.util.url import parse_url

_UNSET = Timeout.DEFAULT_TIMEOUT
_BODILESS = {"GET", "HEAD", "DELETE", "TRACE", "OPTIONS", "CONNECT"}
_TLS = ("ssl_context", "ca_certs", "ca_cert_dir", "ca_cert_data", "cert_file", "key_file", "assert_hostname",
        "assert_fingerprint", "server_hostname", "ssl_minimum_version")


def _normalize_host(host):
    return host.lower().removeprefix("[").removesuffix("]") if host else host


def resolve_cert_reqs(candidate):
    if candidate is None:
        return ssl.CERT_REQUIRED
    if isinstance(candidate, str):
        for name in (candidate, "CERT_" + candidate):
            if name.startswith("CERT_") and name[5:] in ("NONE", "OPTIONAL", "REQUIRED"):
                return getattr(ssl, name)
        raise AttributeError(f"module 'ssl' has no attribute 'CERT_{candidate}'")
    return candidate


def connection_requires_http_tunnel(proxy_url=None, proxy_config=None, destination_scheme=None):
    if proxy_url is None or destination_scheme == "http":
        return False
    return not (proxy_url.scheme == "https" and proxy_config and proxy_config.use_forwarding_for_https)


def _wrap_proxy_error(err, proxy_scheme):
    words = str(err).lower().replace("_", " ")
    plain = "wrong version number" in words or "record layer failure" in words
    made = ProxyError("Unable to connect to proxy" + (
        ". Your proxy appears to only use HTTP and not HTTPS, try changing your proxy URL to be HTTP. See: "
        "https://urllib3.readthedocs.io/en/latest/advanced-usage.html#https-proxy-error-http-proxy"
        if plain and proxy_scheme == "https" else ""), err)
    made.__cause__ = err
    return made


class ConnectionPool:
    scheme = None

    def __init__(self, host, port=None):
        if not host:
            raise LocationValueError("No host specified.")
        self.host = _normalize_host(host)
        self.port = port

    def __str__(self):
        return f"{type(self).__name__}(host={self.host!r}, port={self.port!r})"

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()
        return False


class HTTPConnectionPool(ConnectionPool, RequestMethods):
    scheme = "http"
    ConnectionCls = HTTPConnection

    def __init__(self, host, port=None, timeout=_UNSET, maxsize=1, block=False, headers=None, retries=None,
                 _proxy=None, _proxy_headers=None, _proxy_config=None, _why=None, **conn_kw):
        ConnectionPool.__init__(self, host, port)
        RequestMethods.__init__(self, headers)
        self.timeout = timeout if isinstance(timeout, Timeout) else Timeout.from_float(timeout)
        self.retries = Retry.DEFAULT if retries is None else retries
        self.pool = _urllib3.Connections()
        self.block, self.proxy, self.proxy_config = block, _proxy, _proxy_config
        self.proxy_headers = _proxy_headers or {}
        self.conn_kw = conn_kw
        self._built = None
        self._why = _why
        if _why is None:  # made by the pasted code
            place = _urllib3.place()
            self._why = {name: ("constructor", place) for name in _TLS + ("cert_reqs", "timeout")}
            self._built = _urllib3.note_client("urllib3", f"urllib3.{type(self).__name__}", {
                "place": place, "why": self._why, **self._tls(conn_kw)}, None)

    def _tls(self, kw):
        found = {name: kw[name] for name in _TLS if kw.get(name) is not None}
        if _urllib3.is_unknown(kw.get("cert_reqs")):
            found["cert_reqs"] = kw["cert_reqs"]
        elif kw.get("cert_reqs") is not None:
            try:
                found["cert_reqs"] = resolve_cert_reqs(kw["cert_reqs"])
            except AttributeError as error:  # only when a connection is made
                found["wrong"] = error
        return found

    def close(self):
        if self.pool is not None:
            self.pool.close()
        self.pool = None

    def is_same_host(self, url):
        if url.startswith("/"):
            return True
        parsed = parse_url(url)
        scheme, port = parsed.scheme or "http", parsed.port
        if self.port and not port:
            port = port_by_scheme.get(scheme)
        elif not self.port and port == port_by_scheme.get(scheme):
            port = None
        return (scheme, _normalize_host(parsed.host), port) == (self.scheme, self.host, self.port)

    def _plain(self, url):
        return _urllib3.plain(url, "/")  # in checking, what nobody knows is a path here

    def _shown(self, url, raw=None):
        """The whole URL, for what is said about a call."""
        raw = url if raw is None else raw
        if not url.startswith("/"):
            return raw
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port in (None, port_by_scheme[self.scheme]) else f":{self.port}"
        return f"{self.scheme}://{host}{port}{raw}"

    def _get_timeout(self, timeout):
        if timeout is _UNSET:
            return self.timeout.clone()
        return timeout.clone() if isinstance(timeout, Timeout) else Timeout.from_float(timeout)

    def _new_conn(self):
        proxy = self.proxy
        return self.ConnectionCls(host=proxy.host if proxy else self.host, port=proxy.port if proxy else self.port,
                                  proxy=proxy, proxy_config=self.proxy_config)

    def _settings(self):
        return {**self.conn_kw, **{name: self.__dict__[name] for name in _TLS + ("cert_reqs",)
                                   if name in self.__dict__}}

    def _proxy_options(self, tunnel, settings):
        proxy, config = self.proxy, self.proxy_config
        user, _, password = (proxy.auth or "").partition(":")
        options = {"scheme": proxy.scheme, "host": proxy.host.strip("[]"), "port": proxy.port, "tunnel": tunnel,
                   "user": user, "password": password}
        if tunnel:
            host = f"[{self.host}]" if ":" in self.host else self.host
            headers = list(self.proxy_headers.items())
            if "host" not in [name.lower() for name, _ in headers]:
                headers.append(("Host", f"{host}:{self.port or 443}"))
            options["headers"] = headers
        tls = self._tls(settings)
        if tunnel:
            tls = {name: tls[name] for name in ("ca_certs", "ca_cert_dir", "ca_cert_data", "cert_reqs") if name in tls}
            tls.update({name: value for name, value in (
                ("ssl_context", config and config.ssl_context),
                ("assert_hostname", config and config.assert_hostname),
                ("assert_fingerprint", config and config.assert_fingerprint)) if value is not None})
        return {**options, **tls}

    def _make_request(self, conn, method, url, timeout, body, headers, chunked, retries, preload_content,
                      tunnel, about):
        connect = Timeout.resolve_default_timeout(timeout.connect_timeout)
        conn.timeout, read = connect, timeout.read_timeout
        names = [name.lower() for name in headers]
        lead = [] if "accept-encoding" in names else [("Accept-Encoding", "identity")]
        if "content-length" not in names and "transfer-encoding" not in names and not chunked:
            if isinstance(body, (bytes, bytearray, str)):
                lead.append(("Content-Length", str(len(body.encode() if isinstance(body, str) else body))))
            elif body is None and method.upper() not in _BODILESS:
                lead.append(("Content-Length", "0"))
        if "user-agent" not in names:
            lead.append(("User-Agent", "python-urllib3/2.3.0"))
        settings = self._settings()
        destination = parse_url(url if "://" in url else self._shown(url))
        why = {**self._why, **about.get("why", {})}
        options = {
            **about, "why": why, "connections": self.pool, "built": about.get("built", self._built),
            "method": method, "target": url, "host": self.host, "port": self.port or port_by_scheme[self.scheme],
            "host_header": destination.netloc if "://" in url else self._host_header(),
            "tls": self.scheme == "https", "connect_timeout": connect, "read_timeout": read,
            "headers": lead + [(name, value) for name, value in headers.items()
                               if value is not SKIP_HEADER],
            "body": body, "chunked": chunked, **(self._tls(settings) if self.scheme == "https" else {}),
        }
        if self.proxy is not None:
            options["proxy"] = {**self._proxy_options(tunnel, settings), "why": why}
        answer = _urllib3.attempt(options)
        if isinstance(answer, tuple):
            self._failed(conn, url, tunnel, connect, read, *answer)
        answer._pool = self
        answer.url = url
        answer.retries = retries
        if preload_content:
            answer.read(cache_content=True)
        return answer

    def _host_header(self):
        host = f"[{self.host}]" if ":" in self.host else self.host.rstrip(".")
        return host if self.port in (None, port_by_scheme[self.scheme]) else f"{host}:{self.port}"

    def _failed(self, conn, url, tunnel, connect, read, stage, error, at_proxy):
        def wrapped(made):
            return _wrap_proxy_error(made, conn.proxy.scheme) if at_proxy else made

        if stage == "connect":
            if isinstance(error, gaierror):
                made = NameResolutionError(conn.host, conn, error)
            elif isinstance(error, _TIMEOUT):
                made = ConnectTimeoutError(
                    conn, f"Connection to {conn.host} timed out. (connect timeout={connect})")
            else:
                made = NewConnectionError(conn, f"Failed to establish a new connection: {error}")
            made.__cause__ = error
            raise wrapped(made)
        if stage in ("tls", "read") and isinstance(error, _TIMEOUT):
            limit, where = (read, url) if stage == "read" else (connect, self.proxy.url if tunnel else url)
            raise ReadTimeoutError(self, where, f"Read timed out. (read timeout={limit})") from error
        if stage == "ca":
            raise SSLError(error) from error
        if stage == "pin":
            wanted = self.assert_fingerprint.replace(":", "").lower()
            raise SSLError(f"Fingerprint of invalid length: {wanted}" if len(wanted) not in (32, 40, 64) else
                           f'Fingerprints did not match. Expected "{wanted}", got "{error}"')
        if stage == "tunnel":
            at_proxy = True
            raise wrapped(OSError(f"Tunnel connection failed: {error}"))
        if stage == "name":
            error = CertificateError(error)
        elif stage in ("closed", "malformed"):
            from http.client import BadStatusLine, RemoteDisconnected
            try:
                raise (BadStatusLine(error) if error else
                       RemoteDisconnected("Remote end closed connection without response"))
            except Exception as e:
                raise ProtocolError("Connection aborted.", e)
        if stage in ("tls", "name") and not tunnel:
            try:
                raise error
            except Exception as e:
                raise wrapped(SSLError(e))
        raise wrapped(SSLError(error)) if at_proxy else error

    def urlopen(self, method, url, body=None, headers=None, retries=None, redirect=True, assert_same_host=True,
                timeout=_UNSET, pool_timeout=None, release_conn=None, chunked=False, body_pos=None,
                preload_content=True, decode_content=True, _about=None, **response_kw):
        about = self._about(_about, url)
        url = self._plain(url)
        about.setdefault("url", self._shown(url, about["raw"]))
        about.setdefault("redirects", redirect)
        parsed = parse_url(url)
        headers = self.headers if headers is None else headers
        if not isinstance(retries, Retry):
            retries = Retry.from_int(retries, redirect=redirect, default=self.retries)
        if assert_same_host and not self.is_same_host(url):
            raise HostChangedError(self, url, retries)
        url = _urllib3.encode_target(url) if url.startswith("/") else parsed.url
        again = {"redirect": redirect, "assert_same_host": assert_same_host, "timeout": timeout,
                 "chunked": chunked, "preload_content": preload_content, "decode_content": decode_content}
        tunnel = connection_requires_http_tunnel(self.proxy, self.proxy_config, parsed.scheme)
        if self.proxy is not None and not tunnel:
            headers = {**headers, **self.proxy_headers}
        if self.pool is None:
            raise ClosedPoolError(self, "Pool is closed.")
        conn = self._new_conn()
        response = None
        try:
            response = self._make_request(conn, method, url, self._get_timeout(timeout), body, headers, chunked,
                                          retries, preload_content, tunnel, about)
        except (TimeoutError, OSError, ProtocolError, SSLError, CertificateError, ProxyError) as e:
            error = e
            if isinstance(e, (ssl.SSLError, CertificateError)):
                error = SSLError(e)
            elif isinstance(e, OSError):
                error = ProtocolError("Connection aborted.", e)
            retries = retries.increment(method, url, error=error, _pool=self)
            retries.sleep()
        if response is None:
            return self.urlopen(method, url, body, headers, retries, _about={**about, "built": None}, **again)
        location = redirect and response.get_redirect_location()
        if location:
            if response.status == 303:
                method, body = "GET", None
                headers = HTTPHeaderDict(headers)._prepare_for_method_change()
            try:
                retries = retries.increment(method, url, response=response, _pool=self)
            except MaxRetryError:
                if retries.raise_on_redirect:
                    response.drain_conn()
                    raise
                return response
            response.drain_conn()
            retries.sleep_for_retry(response)
            about = {**about, "url": self._shown(location), "redirected_from": response._call}
            return self.urlopen(method, location, body, headers, retries, _about=about, **again)
        if not response._unknown and retries.is_retry(method, response.status,
                                                      bool(response.headers.get("Retry-After"))):
            try:
                retries = retries.increment(method, url, response=response, _pool=self)
            except MaxRetryError:
                if retries.raise_on_status:
                    response.drain_conn()
                    raise
                return response
            response.drain_conn()
            retries.sleep(response)
            return self.urlopen(method, url, body, headers, retries, _about=about, **again)
        return response


class HTTPSConnectionPool(HTTPConnectionPool):
    scheme = "https"
    ConnectionCls = HTTPSConnection

    def __init__(self, host, port=None, timeout=_UNSET, maxsize=1, block=False, headers=None, retries=None,
                 _proxy=None, _proxy_headers=None, key_file=None, cert_file=None, cert_reqs=None,
                 key_password=None, ca_certs=None, ssl_version=None, ssl_minimum_version=None,
                 ssl_maximum_version=None, assert_hostname=None, assert_fingerprint=None, ca_cert_dir=None,
                 **conn_kw):
        own = {"key_file": key_file, "cert_file": cert_file, "cert_reqs": cert_reqs, "ca_certs": ca_certs,
               "ssl_minimum_version": ssl_minimum_version, "assert_hostname": assert_hostname,
               "assert_fingerprint": assert_fingerprint, "ca_cert_dir": ca_cert_dir}
        super().__init__(host, port, timeout, maxsize, block, headers, retries, _proxy, _proxy_headers,
                         **{**conn_kw, **own})
        for name in own:
            del self.conn_kw[name]
        self.__dict__.update(own)
        self.key_password, self.ssl_version, self.ssl_maximum_version = (key_password, ssl_version,
                                                                        ssl_maximum_version)


def connection_from_url(url, **kw):
    parsed = parse_url(url)
    scheme = parsed.scheme or "http"
    port = parsed.port or port_by_scheme.get(scheme, 80)
    return (HTTPSConnectionPool if scheme == "https" else HTTPConnectionPool)(parsed.host, port=port, **kw)
