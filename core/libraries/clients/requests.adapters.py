# requests.adapters (requests 2.32.3).
import _urllib3
from requests.auth import _basic_auth_str
from requests.exceptions import (ConnectionError, ConnectTimeout, InvalidHeader, InvalidProxyURL, InvalidURL,
                                 ProxyError, ReadTimeout, RetryError, SSLError)
from requests.models import Response
from requests.structures import CaseInsensitiveDict
from urllib3.connectionpool import PoolManager, proxy_from_url
from urllib3.exceptions import (ClosedPoolError, ConnectTimeoutError, HTTPError as _HTTPError,
                                InvalidHeader as _InvalidHeader, LocationValueError, MaxRetryError,
                                NewConnectionError, ProtocolError, ProxyError as _ProxyError,
                                ReadTimeoutError, ResponseError, SSLError as _SSLError)
from urllib3.util.retry import Retry
from urllib3.util.timeout import Timeout as TimeoutSauce

DEFAULT_POOLBLOCK = False
DEFAULT_POOLSIZE = 10
DEFAULT_RETRIES = 0
DEFAULT_POOL_TIMEOUT = None


class BaseAdapter:
    def __init__(self):
        super().__init__()

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        raise NotImplementedError

    def close(self):
        raise NotImplementedError


def _encoding_of(headers):
    kind = headers.get("content-type")
    if not kind:
        return None
    kind, *params = kind.split(";")
    for param in params:
        key, _, value = param.strip().partition("=")
        if key.lower() == "charset":
            return value.strip("'\" ")
    if "text" in kind:
        return "ISO-8859-1"
    if "application/json" in kind:
        return "utf-8"
    return None


class HTTPAdapter(BaseAdapter):
    def __init__(self, pool_connections=DEFAULT_POOLSIZE, pool_maxsize=DEFAULT_POOLSIZE,
                 max_retries=DEFAULT_RETRIES, pool_block=DEFAULT_POOLBLOCK):
        if max_retries == DEFAULT_RETRIES:
            self.max_retries = Retry(0, read=False)
        elif isinstance(max_retries, Retry):
            self.max_retries = max_retries
        else:
            self.max_retries = Retry(max_retries)
        self.config = {}
        self.proxy_manager = {}
        super().__init__()
        self._pool_connections, self._pool_maxsize, self._pool_block = pool_connections, pool_maxsize, pool_block
        self.init_poolmanager(pool_connections, pool_maxsize, block=pool_block)

    def init_poolmanager(self, connections, maxsize, block=DEFAULT_POOLBLOCK, **pool_kwargs):
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **pool_kwargs)
        self._pool_place = _urllib3.place()

    def proxy_manager_for(self, proxy, **proxy_kwargs):
        if proxy not in self.proxy_manager:
            self.proxy_manager[proxy] = proxy_from_url(proxy, proxy_headers=self.proxy_headers(proxy),
                                                       **proxy_kwargs)
        return self.proxy_manager[proxy]

    def cert_verify(self, conn, url, verify, cert):
        if url.lower().startswith("https") and verify:
            if verify is not True and not _urllib3.file_kind(verify):
                raise OSError(f"Could not find a suitable TLS CA certificate bundle, invalid path: {verify}")
        if cert:
            cert_file, key_file = (cert, None) if isinstance(cert, str) else cert
            if cert_file and not _urllib3.file_kind(cert_file):
                raise OSError(f"Could not find the TLS certificate file, invalid path: {cert_file}")
            if key_file and not _urllib3.file_kind(key_file):
                raise OSError(f"Could not find the TLS key file, invalid path: {key_file}")

    def build_connection_pool_key_attributes(self, request, verify, cert=None):
        pool_kwargs = {"cert_reqs": "CERT_NONE" if verify is False else "CERT_REQUIRED"}
        host = request.url.partition("://")
        return {"scheme": host[0], "host": host[2].partition("/")[0], "port": None}, pool_kwargs

    def get_connection_with_tls_context(self, request, verify, proxies=None, cert=None):
        return None

    def build_response(self, req, resp):
        response = Response()
        response.status_code = resp.status
        response.headers = resp.headers if resp._unknown else CaseInsensitiveDict(resp.headers)
        response.encoding = None if resp._unknown else _encoding_of(response.headers)
        response.raw = resp
        response.reason = resp.reason
        response.url = req.url
        response.cookies._extract(req.url, resp)
        response.request = req
        response.connection = self
        return response

    def close(self):
        self.poolmanager.clear()
        for proxy in self.proxy_manager.values():
            proxy.clear()

    def request_url(self, request, proxies):
        return request.path_url

    def add_headers(self, request, **kwargs):
        pass

    def proxy_headers(self, proxy):
        info = proxy.partition("://")[2].partition("/")[0].rpartition("@")[0]
        if not info:
            return {}
        from urllib.parse import unquote
        user, _, password = info.partition(":")
        return {"Proxy-Authorization": _basic_auth_str(unquote(user), unquote(password))}

    def _tls(self, url, verify, cert, because):
        """What the connection trusts: the pool manager's settings, then verify and cert of the call."""
        options = {}
        for name in ("ssl_context", "assert_hostname", "assert_fingerprint", "server_hostname",
                     "ssl_minimum_version", "ca_certs", "ca_cert_dir", "ca_cert_data"):
            value = self.poolmanager.connection_pool_kw.get(name)
            if value is not None:
                options[name] = value
                options[name + "_because"] = ("constructor", self._pool_place)
        on = bool(verify)
        options["verify"] = on
        if because is not None:
            options["verify_because"] = because
        if on and verify is not True:
            name = "ca_cert_dir" if _urllib3.file_kind(verify) == 2 else "ca_certs"
            options[name] = verify
            options[name + "_because"] = because
        elif "ssl_context" not in options and "ca_certs" not in options:
            options["certifi"] = True
        if cert:
            options["cert_file"], options["key_file"] = (cert, None) if isinstance(cert, str) else cert
        return options

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        from requests.utils import prepend_scheme_if_needed, select_proxy
        proxy = select_proxy(request.url, proxies)
        options = {}
        if proxy:
            proxy = prepend_scheme_if_needed(proxy, "http")
            if not proxy.partition("://")[2].rpartition("@")[2].strip("/"):
                raise InvalidProxyURL("Please check proxy URL. It is malformed and could be missing the host.")
            options["proxy"] = proxy
            options["proxy_because"] = ("argument", request._place)
            options["proxy_headers"] = list(self.proxy_headers(proxy).items())
        conn = self.get_connection_with_tls_context(request, verify, proxies=proxies, cert=cert)
        self.cert_verify(conn, request.url, verify, cert)
        self.add_headers(request, stream=stream, timeout=timeout, verify=verify, cert=cert, proxies=proxies)
        if isinstance(timeout, tuple):
            try:
                connect, read = timeout
                timeout = TimeoutSauce(connect=connect, read=read)
            except ValueError:
                raise ValueError(f"Invalid timeout {timeout}. Pass a (connect, read) timeout tuple, or a single "
                                 "float to set both timeouts to the same value.")
        elif not isinstance(timeout, TimeoutSauce):
            timeout = TimeoutSauce(connect=timeout, read=timeout)
        options.update(self._tls(request.url, verify, cert, getattr(request, "_verify_because", None)))
        options.update({
            "connections": self.poolmanager._connections, "library": "requests",
            "callable": getattr(request, "_callable", None) or "requests.Session.send",
            "place": request._place, "url_index": getattr(request, "_url_index", 0),
            "method": request.method, "url": request.url, "headers": list(request.headers.items()),
            "body": request.body, "carried": request._carried,
            "connect_timeout": timeout.connect_timeout, "read_timeout": timeout.read_timeout,
            "retries": self.max_retries, "redirected_from": request._came_from,
            "redirects": getattr(request, "_redirects", True), "built": getattr(request, "_built", None),
        })
        if request.url.startswith("http") and request.url.partition("://")[2].partition("/")[0] == "":
            raise InvalidURL(LocationValueError("No host specified."), request=request)
        try:
            resp = _urllib3.urlopen(options)
        except (ProtocolError, OSError) as err:
            raise ConnectionError(err, request=request)
        except MaxRetryError as e:
            if isinstance(e.reason, ConnectTimeoutError):
                if not isinstance(e.reason, NewConnectionError):
                    raise ConnectTimeout(e, request=request)
            if isinstance(e.reason, ResponseError):
                raise RetryError(e, request=request)
            if isinstance(e.reason, _ProxyError):
                raise ProxyError(e, request=request)
            if isinstance(e.reason, _SSLError):
                raise SSLError(e, request=request)
            raise ConnectionError(e, request=request)
        except ClosedPoolError as e:
            raise ConnectionError(e, request=request)
        except _ProxyError as e:
            raise ProxyError(e)
        except (_SSLError, _HTTPError) as e:
            if isinstance(e, _SSLError):
                raise SSLError(e, request=request)
            elif isinstance(e, ReadTimeoutError):
                raise ReadTimeout(e, request=request)
            elif isinstance(e, _InvalidHeader):
                raise InvalidHeader(e, request=request)
            raise
        request._call = resp._call
        return self.build_response(request, resp)
