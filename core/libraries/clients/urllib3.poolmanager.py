# urllib3.poolmanager (urllib3 2.3.0).
import _urllib3
from urllib3._collections import HTTPHeaderDict
from urllib3._request_methods import RequestMethods
from urllib3.connection import ProxyConfig, port_by_scheme
from urllib3.connectionpool import (_TLS, HTTPConnectionPool, HTTPSConnectionPool,
                                    connection_requires_http_tunnel)
from urllib3.exceptions import LocationValueError, MaxRetryError, ProxySchemeUnknown, URLSchemeUnknown
from urllib3.util.retry import Retry
from urllib3.util.url import parse_url

_SSL_KEYWORDS = set(_TLS) | {"cert_reqs", "ssl_version", "ssl_maximum_version", "key_password"}
pool_classes_by_scheme = {"http": HTTPConnectionPool, "https": HTTPSConnectionPool}


class PoolManager(RequestMethods):
    proxy = proxy_config = None

    def __init__(self, num_pools=10, headers=None, **connection_pool_kw):
        super().__init__(headers)
        about = connection_pool_kw.pop("_about", None)  # requests tells itself what it builds
        self.connection_pool_kw = connection_pool_kw
        self.pools = {}
        self.pool_classes_by_scheme = pool_classes_by_scheme
        place = _urllib3.place()
        self._why = {name: ("constructor", place) for name in connection_pool_kw}
        if self.proxy:
            self._why["proxy"] = ("constructor", place, "proxy_url")
        self._built = None
        if connection_pool_kw and about is None:
            self._built = _urllib3.note_client("urllib3", f"urllib3.{type(self).__name__}", {
                "place": place, "why": self._why, **HTTPConnectionPool._tls(self, connection_pool_kw)}, None)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.clear()
        return False

    def _new_pool(self, scheme, host, port, request_context=None):
        context = self.connection_pool_kw.copy() if request_context is None else request_context
        for key in ("scheme", "host", "port"):
            context.pop(key, None)
        if scheme == "http":
            for key in _SSL_KEYWORDS:
                context.pop(key, None)
        return self.pool_classes_by_scheme[scheme](host, port, _why=self._why, **context)

    def clear(self):
        for pool in self.pools.values():
            pool.close()
        self.pools.clear()

    def connection_from_host(self, host, port=None, scheme="http", pool_kwargs=None):
        if not host:
            raise LocationValueError("No host specified.")
        context = self._merge_pool_kwargs(pool_kwargs)
        scheme = scheme or "http"
        context.update(scheme=scheme, host=host, port=port or port_by_scheme.get(scheme.lower(), 80))
        return self.connection_from_context(context)

    def connection_from_context(self, request_context):
        scheme = request_context["scheme"].lower()
        if scheme not in self.pool_classes_by_scheme:
            raise URLSchemeUnknown(scheme)
        key = tuple(sorted(
            (name, value.lower() if name in ("scheme", "host") else
             str(sorted(value.items())) if hasattr(value, "items") else
             str(value) if isinstance(value, (str, int, float, list, tuple)) else id(value))
            for name, value in request_context.items()))
        key = str(key)
        if key not in self.pools:
            self.pools[key] = self._new_pool(scheme, request_context["host"], request_context["port"],
                                             request_context)
        return self.pools[key]

    def connection_from_url(self, url, pool_kwargs=None):
        u = parse_url(url)
        return self.connection_from_host(u.host, port=u.port, scheme=u.scheme, pool_kwargs=pool_kwargs)

    def _merge_pool_kwargs(self, override):
        merged = {**self.connection_pool_kw, **(override or {})}
        for name in [name for name, value in (override or {}).items() if value is None]:
            del merged[name]
        return merged

    def urlopen(self, method, url, redirect=True, **kw):
        about = self._about(kw.pop("_about", None), url)
        if redirect and "place" in about:
            about = {**about, "why": {**about.get("why", {}), "redirects": ("argument", about["place"], "redirect")}}
        url = _urllib3.plain(url)
        u = parse_url(url)
        conn = self.connection_from_host(u.host, port=u.port, scheme=u.scheme)
        kw["assert_same_host"] = kw["redirect"] = False
        kw.setdefault("headers", self.headers)
        absolute = (self.proxy is not None
                    and not connection_requires_http_tunnel(self.proxy, self.proxy_config, u.scheme))
        response = conn.urlopen(method, url if absolute else u.request_uri, **kw, _about={
            **about, "url": about["raw"] if u.scheme else "http://" + about["raw"], "redirects": redirect,
            "built": self._built})
        location = redirect and response.get_redirect_location()
        if not location:
            return response
        location = _urllib3.join(url, location)
        if response.status == 303:
            method, kw["body"] = "GET", None
            kw["headers"] = HTTPHeaderDict(kw["headers"])._prepare_for_method_change()
        retries = kw.get("retries")
        if not isinstance(retries, Retry):
            retries = Retry.from_int(retries, redirect=redirect)
        if retries.remove_headers_on_redirect and not conn.is_same_host(location):
            gone = retries.remove_headers_on_redirect
            headers = kw["headers"].copy()
            for header in list(headers):
                if header.lower() in gone:
                    headers.pop(header, None)
            kw["headers"] = headers
        try:
            retries = retries.increment(method, url, response=response, _pool=conn)
        except MaxRetryError:
            if retries.raise_on_redirect:
                response.drain_conn()
                raise
            return response
        kw["retries"], kw["redirect"] = retries, redirect
        response.drain_conn()
        return self.urlopen(method, location, **kw, _about={
            **about, "raw": location, "redirected_from": response._call})


class ProxyManager(PoolManager):
    def __init__(self, proxy_url, num_pools=10, headers=None, proxy_headers=None, proxy_ssl_context=None,
                 use_forwarding_for_https=False, proxy_assert_hostname=None, proxy_assert_fingerprint=None,
                 **connection_pool_kw):
        if isinstance(proxy_url, HTTPConnectionPool):
            proxy_url = f"{proxy_url.scheme}://{proxy_url.host}:{proxy_url.port}"
        proxy = parse_url(proxy_url)
        if proxy.scheme not in ("http", "https"):
            raise ProxySchemeUnknown(proxy.scheme)
        if not proxy.port:
            proxy = proxy._replace(port=port_by_scheme.get(proxy.scheme, 80))
        self.proxy = proxy
        self.proxy_headers = proxy_headers or {}
        self.proxy_ssl_context = proxy_ssl_context
        self.proxy_config = ProxyConfig(proxy_ssl_context, use_forwarding_for_https, proxy_assert_hostname,
                                        proxy_assert_fingerprint)
        connection_pool_kw.update(_proxy=self.proxy, _proxy_headers=self.proxy_headers,
                                  _proxy_config=self.proxy_config)
        super().__init__(num_pools, headers, **connection_pool_kw)

    def connection_from_host(self, host, port=None, scheme="http", pool_kwargs=None):
        if scheme == "https":
            return super().connection_from_host(host, port, scheme, pool_kwargs=pool_kwargs)
        return super().connection_from_host(self.proxy.host, self.proxy.port, self.proxy.scheme,
                                            pool_kwargs=pool_kwargs)

    def urlopen(self, method, url, redirect=True, **kw):
        kw["_about"] = self._about(kw.get("_about"), url)
        url = _urllib3.plain(url)
        u = parse_url(url)
        if not connection_requires_http_tunnel(self.proxy, self.proxy_config, u.scheme):
            headers = {"Accept": "*/*"}
            if u.netloc:
                headers["Host"] = u.netloc
            headers.update(kw.get("headers", self.headers) or {})
            kw["headers"] = headers
        return super().urlopen(method, url, redirect=redirect, **kw)


def proxy_from_url(url, **kw):
    return ProxyManager(proxy_url=url, **kw)
