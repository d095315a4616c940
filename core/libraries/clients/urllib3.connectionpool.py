# urllib3's pools and pool managers (urllib3 2.3.0 connectionpool.py, poolmanager.py): what is sent
# where. The connection itself is native.
import _urllib3
from urllib3.exceptions import LocationValueError, URLSchemeUnknown
from urllib3.response import HTTPHeaderDict, HTTPResponse
from urllib3.util.retry import Retry
from urllib3.util.timeout import Timeout

_USER_AGENT = "python-urllib3/2.3.0"
_TLS = ("ca_certs", "ca_cert_dir", "ca_cert_data", "cert_file", "key_file", "ssl_context",
        "assert_hostname", "assert_fingerprint", "server_hostname", "ssl_minimum_version")
_UNSET = object()


def _verifies(cert_reqs):
    if cert_reqs is None:
        return None
    if isinstance(cert_reqs, str):
        cert_reqs = {"NONE": 0, "OPTIONAL": 1, "REQUIRED": 2}[cert_reqs.removeprefix("CERT_")]
    return cert_reqs != 0


def _tls_options(settings, place):
    options = {}
    for name in _TLS:
        if settings.get(name) is not None:
            options[name] = settings[name]
            options[name + "_because"] = ("constructor", place)
    verify = _verifies(settings.get("cert_reqs"))
    if verify is not None:
        options["verify"] = verify
        options["verify_because"] = ("cert_reqs", place)
    return options


class _Requests:
    """What pools and managers share: settings, and request() on top of urlopen()."""

    def _setup(self, settings, headers, callable):
        self.headers = {} if headers is None else headers
        self.connection_pool_kw = settings
        self._callable = callable
        self._connections = _urllib3.Connections()
        self._place = _urllib3.place()
        options = _tls_options(settings, self._place)
        self._built = None
        if settings:
            self._built = _urllib3.note_client("urllib3", callable, {"place": self._place, **options}, None)

    def request(self, method, url, body=None, fields=None, headers=None, json=None, **urlopen_kw):
        method = method.upper()
        headers = dict((self.headers if headers is None else headers).items())
        carried = None
        names = [name.lower() for name in headers]
        if json is not None:
            if body is not None:
                raise TypeError("request got values for both 'body' and 'json' parameters which are "
                                "mutually exclusive")
            if "content-type" not in names:
                headers["Content-Type"] = "application/json"
            body, carried = _urllib3.encode_json(json, True), json
        elif fields:
            if method in ("DELETE", "GET", "HEAD", "OPTIONS"):
                url += ("&" if "?" in url else "?") + _urllib3.encode_query(fields)
            elif urlopen_kw.pop("encode_multipart", True):
                body, kind = _urllib3.encode_multipart({}, {
                    name: value if isinstance(value, tuple) else (None, value)
                    for name, value in (fields.items() if hasattr(fields, "items") else fields)})
                headers["Content-Type"] = kind
            else:
                body = _urllib3.encode_query(fields)
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            carried = fields
        return self.urlopen(method, url, body=body, headers=headers, _carried=carried,
                            _place=_urllib3.place(), **urlopen_kw)

    def _send(self, method, url, settings, body, headers, retries, timeout, preload_content, carried, place,
              redirect, came_from):
        timeout = settings.get("timeout") if timeout is _UNSET else timeout
        limits = Timeout.from_float(timeout)
        retries = settings.get("retries") if retries is None else retries
        fields = [(name, value) for name, value in headers.items()]
        names = [name.lower() for name, _ in fields]
        lead = []
        if "accept-encoding" not in names:
            lead.append(("Accept-Encoding", "identity"))
        if body is not None and "content-length" not in names and isinstance(body, (bytes, str)):
            lead.append(("Content-Length", str(len(body.encode() if isinstance(body, str) else body))))
        elif body is None and method in ("POST", "PUT", "PATCH") and "content-length" not in names:
            lead.append(("Content-Length", "0"))
        if "user-agent" not in names:
            lead.append(("User-Agent", _USER_AGENT))
        options = {
            "connections": self._connections, "library": "urllib3",
            "callable": self._callable + ".request", "place": place, "url_index": 1,
            "method": method, "url": url, "headers": lead + fields, "body": body, "carried": carried,
            "connect_timeout": limits.connect_timeout, "read_timeout": limits.read_timeout,
            "retries": retries, "retries_off": retries is False, "preload": preload_content,
            "redirects": redirect, "redirected_from": came_from, "built": self._built,
            **_tls_options(settings, self._place),
        }
        proxy = settings.get("_proxy")
        if proxy:
            options["proxy"] = proxy
            options["proxy_because"] = ("constructor", self._place)
            options["proxy_headers"] = list((settings.get("_proxy_headers") or {}).items())
        return _urllib3.urlopen(options)

    def _follow(self, method, url, response, body, headers, retries, assert_same_host):
        """The next step of a redirect: (method, url, body, headers, retries), or None: stop here."""
        location = _urllib3.join(url, response.get_redirect_location())
        if not response._redirect():
            return None
        if response.status == 303:
            method, body = "GET", None
            gone = ("content-encoding", "content-language", "content-location", "content-type",
                    "content-length", "digest", "last-modified")
            headers = {k: v for k, v in headers.items() if k.lower() not in gone}
        if location.split("/")[:3] != url.split("/")[:3]:
            gone = _urllib3.removed_headers(retries)
            headers = {k: v for k, v in headers.items() if k.lower() not in gone}
        return method, location, body, headers, response.retries

    def _open(self, method, url, settings, body, headers, retries, redirect, timeout, preload_content, carried,
              place):
        place = place or _urllib3.place()
        headers = dict((self.headers if headers is None else headers).items())
        if not isinstance(retries, Retry) and isinstance(settings.get("retries"), Retry) and retries is None:
            retries = settings["retries"]
        came_from = None
        while True:
            response = self._send(method, url, settings, body, headers, retries, timeout, preload_content,
                                  carried, place, redirect, came_from)
            off = retries is False or (retries is None and settings.get("retries") is False)
            if not redirect or off or not response.get_redirect_location():
                return response
            step = self._follow(method, url, response, body, headers, retries, False)
            if step is None:
                return response
            response.drain_conn()
            came_from = response._call
            method, url, body, headers, retries = step

    def close(self):
        self._connections.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()
        return False


class HTTPConnectionPool(_Requests):
    scheme = "http"

    def __init__(self, host, port=None, timeout=None, maxsize=1, block=False, headers=None, retries=None,
                 _proxy=None, _proxy_headers=None, _proxy_config=None, **conn_kw):
        if not host:
            raise LocationValueError("No host specified.")
        self.host, self.port = host.lower().strip("[]"), port
        self.timeout, self.retries = timeout, retries
        settings = {**conn_kw, "timeout": timeout, "retries": retries}
        self._setup(settings, headers, "urllib3." + type(self).__name__)

    def _absolute(self, url):
        if not url.startswith("/"):
            return url
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"http": 80, "https": 443}[self.scheme]
        port = "" if self.port in (None, usual) else f":{self.port}"
        return f"{self.scheme}://{host}{port}{url}"

    def urlopen(self, method, url, body=None, headers=None, retries=None, redirect=True,
                assert_same_host=True, timeout=_UNSET, pool_timeout=None, release_conn=None, chunked=False,
                body_pos=None, preload_content=True, decode_content=True, _carried=None, _place=None, **kw):
        return self._open(method, self._absolute(url), self.connection_pool_kw, body, headers, retries,
                          redirect, timeout, preload_content, _carried, _place)

    def __repr__(self):
        return f"{type(self).__name__}(host={self.host!r}, port={self.port!r})"

    __str__ = __repr__


class HTTPSConnectionPool(HTTPConnectionPool):
    scheme = "https"


class PoolManager(_Requests):
    def __init__(self, num_pools=10, headers=None, **connection_pool_kw):
        self._setup(connection_pool_kw, headers, "urllib3." + type(self).__name__)

    def urlopen(self, method, url, redirect=True, body=None, headers=None, retries=None, timeout=_UNSET,
                preload_content=True, decode_content=True, _carried=None, _place=None, **kw):
        scheme, found, _ = url.partition("://")
        if not found:
            url = "http://" + url
        elif scheme.lower() not in ("http", "https"):
            raise URLSchemeUnknown(scheme.lower())
        return self._open(method, url, self.connection_pool_kw, body, headers, retries, redirect, timeout,
                          preload_content, _carried, _place)

    def connection_from_host(self, host, port=None, scheme="http", pool_kwargs=None):
        kind = HTTPSConnectionPool if scheme == "https" else HTTPConnectionPool
        return kind(host, port, headers=self.headers, **{**self.connection_pool_kw, **(pool_kwargs or {})})

    def connection_from_url(self, url, pool_kwargs=None):
        return _pool_for(url, **{**self.connection_pool_kw, **(pool_kwargs or {})})

    def clear(self):
        self._connections.close()


class ProxyManager(PoolManager):
    def __init__(self, proxy_url, num_pools=10, headers=None, proxy_headers=None, proxy_ssl_context=None,
                 use_forwarding_for_https=False, proxy_assert_hostname=None, proxy_assert_fingerprint=None,
                 **connection_pool_kw):
        self.proxy = proxy_url
        self.proxy_headers = proxy_headers or {}
        super().__init__(num_pools, headers, _proxy=proxy_url, _proxy_headers=proxy_headers,
                         **connection_pool_kw)


def proxy_from_url(url, **kw):
    return ProxyManager(proxy_url=url, **kw)


def _pool_for(url, **kw):
    scheme, _, rest = url.partition("://")
    host, _, port = rest.partition("/")[0].rpartition("@")[2].partition(":")
    kind = HTTPSConnectionPool if scheme == "https" else HTTPConnectionPool
    return kind(host, int(port) if port else None, **kw)


connection_from_url = _pool_for
_default = []


def request(method, url, *, body=None, fields=None, headers=None, preload_content=True, decode_content=True,
            redirect=True, retries=None, timeout=3, json=None):
    if not _default:
        _default.append(PoolManager())
    return _default[0].request(method, url, body=body, fields=fields, headers=headers,
                               preload_content=preload_content, redirect=redirect, retries=retries,
                               timeout=timeout, json=json)
