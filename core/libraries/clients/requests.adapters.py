# requests.adapters (requests 2.32.3).
import _urllib3
from requests.auth import _basic_auth_str
from requests.exceptions import (ConnectionError, ConnectTimeout, InvalidHeader, InvalidProxyURL, InvalidURL,
                                 InvalidSchema, ProxyError, ReadTimeout, RetryError, SSLError)
from requests.models import Response
from requests.structures import CaseInsensitiveDict
from requests.utils import (DEFAULT_CA_BUNDLE_PATH, _host, get_auth_from_url, get_encoding_from_headers,
                            prepend_scheme_if_needed, select_proxy, urldefragauth)
from urllib3.exceptions import (ClosedPoolError, ConnectTimeoutError, HTTPError as _HTTPError,
                                InvalidHeader as _InvalidHeader, LocationValueError, MaxRetryError,
                                NewConnectionError, ProtocolError, ProxyError as _ProxyError,
                                ReadTimeoutError, ResponseError, SSLError as _SSLError)
from urllib3.poolmanager import PoolManager, proxy_from_url
from urllib3.util.retry import Retry
from urllib3.util.ssl_ import create_urllib3_context
from urllib3.util.timeout import Timeout as TimeoutSauce
from urllib3.util.url import parse_url

DEFAULT_POOLBLOCK = False
DEFAULT_POOLSIZE = 10
DEFAULT_RETRIES = 0
DEFAULT_POOL_TIMEOUT = None
# One for all sessions: what a request sets in it stays.
_preloaded_ssl_context = create_urllib3_context()
_preloaded_ssl_context.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)


def _urllib3_request_context(request, verify, client_cert, poolmanager):
    pool_kwargs = {}
    if verify is True and not poolmanager.connection_pool_kw.get("ssl_context"):
        pool_kwargs["ssl_context"] = _preloaded_ssl_context
    elif isinstance(verify, str):
        pool_kwargs["ca_cert_dir" if _urllib3.file_kind(verify) == 2 else "ca_certs"] = verify
    pool_kwargs["cert_reqs"] = "CERT_NONE" if verify is False else "CERT_REQUIRED"
    if client_cert is not None:
        if isinstance(client_cert, tuple) and len(client_cert) == 2:
            pool_kwargs["cert_file"], pool_kwargs["key_file"] = client_cert
        else:
            pool_kwargs["cert_file"] = client_cert
    parsed = parse_url(request.url)
    host = parsed.host and parsed.host.strip("[]")
    return {"scheme": parsed.scheme, "host": host, "port": parsed.port}, pool_kwargs


class BaseAdapter:
    def __init__(self):
        super().__init__()

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        raise NotImplementedError

    def close(self):
        raise NotImplementedError


class HTTPAdapter(BaseAdapter):
    def __init__(self, pool_connections=DEFAULT_POOLSIZE, pool_maxsize=DEFAULT_POOLSIZE,
                 max_retries=DEFAULT_RETRIES, pool_block=DEFAULT_POOLBLOCK):
        if max_retries == DEFAULT_RETRIES:
            self.max_retries = Retry(0, read=False)
        else:
            self.max_retries = Retry.from_int(max_retries)
        self.config = {}
        self.proxy_manager = {}
        super().__init__()
        self._pool_connections, self._pool_maxsize, self._pool_block = pool_connections, pool_maxsize, pool_block
        self.init_poolmanager(pool_connections, pool_maxsize, block=pool_block)

    def init_poolmanager(self, connections, maxsize, block=DEFAULT_POOLBLOCK, **pool_kwargs):
        self._pool_connections, self._pool_maxsize, self._pool_block = connections, maxsize, block
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, _about={},
                                       **pool_kwargs)

    def proxy_manager_for(self, proxy, **proxy_kwargs):
        if proxy not in self.proxy_manager:
            if proxy.lower().startswith("socks"):
                raise InvalidSchema("Missing dependencies for SOCKS support.")
            self.proxy_manager[proxy] = proxy_from_url(
                proxy, proxy_headers=self.proxy_headers(proxy), num_pools=self._pool_connections,
                maxsize=self._pool_maxsize, block=self._pool_block, _about={}, **proxy_kwargs)
        return self.proxy_manager[proxy]

    def cert_verify(self, conn, url, verify, cert):
        if url.lower().startswith("https") and verify:
            conn.cert_reqs = "CERT_REQUIRED"
            if verify is not True:
                if isinstance(verify, int):  # as a file descriptor it exists, as a path it does not
                    raise TypeError("expected str, bytes or os.PathLike object, not int")
                kind = _urllib3.file_kind(verify)
                if not kind:
                    raise OSError(
                        f"Could not find a suitable TLS CA certificate bundle, invalid path: {verify}")
                if kind == 2:
                    conn.ca_cert_dir = verify
                else:
                    conn.ca_certs = verify
        else:
            conn.cert_reqs = "CERT_NONE"
            conn.ca_certs = conn.ca_cert_dir = None
        if cert:
            conn.cert_file, conn.key_file = (cert, None) if isinstance(cert, str) else cert
            if conn.cert_file and not _urllib3.file_kind(conn.cert_file):
                raise OSError(f"Could not find the TLS certificate file, invalid path: {conn.cert_file}")
            if conn.key_file and not _urllib3.file_kind(conn.key_file):
                raise OSError(f"Could not find the TLS key file, invalid path: {conn.key_file}")

    def build_response(self, req, resp):
        response = Response()
        response.status_code = resp.status
        response.headers = resp.headers if resp._unknown else CaseInsensitiveDict(resp.headers.itermerged())
        response.encoding = None if resp._unknown else get_encoding_from_headers(response.headers)
        response.raw = resp
        response.reason = resp.reason
        response.url = req.url
        response.cookies._extract(req.url, resp)
        response.request = req
        response.connection = self
        return response

    def build_connection_pool_key_attributes(self, request, verify, cert=None):
        return _urllib3_request_context(request, verify, cert, self.poolmanager)

    def _manager(self, url, proxies):
        proxy = select_proxy(url, proxies)
        if not proxy:
            return self.poolmanager
        proxy = prepend_scheme_if_needed(proxy, "http")
        if not parse_url(proxy).host:
            raise InvalidProxyURL("Please check proxy URL. It is malformed and could be missing the host.")
        return self.proxy_manager_for(proxy)

    def get_connection_with_tls_context(self, request, verify, proxies=None, cert=None):
        host_params, pool_kwargs = self.build_connection_pool_key_attributes(request, verify, cert)
        return self._manager(request.url, proxies).connection_from_host(**host_params, pool_kwargs=pool_kwargs)

    def get_connection(self, url, proxies=None):
        return self._manager(url, proxies).connection_from_url(url)

    def close(self):
        self.poolmanager.clear()
        for proxy in self.proxy_manager.values():
            proxy.clear()

    def request_url(self, request, proxies):
        proxy = select_proxy(request.url, proxies)
        url = request.path_url
        if url.startswith("//"):
            url = "/" + url.lstrip("/")
        if proxy and not request.url.lower().startswith("https:") and not proxy.lower().startswith("socks"):
            url = urldefragauth(request.url)
        return url

    def add_headers(self, request, **kwargs):
        pass

    def proxy_headers(self, proxy):
        username, password = get_auth_from_url(proxy)
        return {"Proxy-Authorization": _basic_auth_str(username, password)} if username else {}

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        try:
            conn = self.get_connection_with_tls_context(request, verify, proxies=proxies, cert=cert)
        except LocationValueError as e:
            raise InvalidURL(e, request=request)
        self.cert_verify(conn, _urllib3.plain(request.url), verify, cert)
        url = self.request_url(request, proxies)
        self.add_headers(request, stream=stream, timeout=timeout, verify=verify, cert=cert, proxies=proxies)
        chunked = not (request.body is None or "Content-Length" in request.headers)
        if isinstance(timeout, tuple):
            try:
                connect, read = timeout
                timeout = TimeoutSauce(connect=connect, read=read)
            except ValueError:
                raise ValueError(f"Invalid timeout {timeout}. Pass a (connect, read) timeout tuple, or a single "
                                 "float to set both timeouts to the same value.")
        elif not isinstance(timeout, TimeoutSauce):
            timeout = TimeoutSauce(connect=timeout, read=timeout)
        why = {}
        place = request._place or _urllib3.place()
        because = getattr(request, "_verify_because", None)
        if because is not None:
            for name in ("cert_reqs",) if isinstance(verify, bool) else ("cert_reqs", "ca_certs", "ca_cert_dir"):
                why[name] = (*because, "verify", verify)
        for name in ("timeout", "cert_file", "proxy"):
            why[name] = ("argument", place, {"cert_file": "cert", "proxy": "proxies"}.get(name, name))
        keeps_auth = getattr(request, "_keeps_auth", None)
        why["redirects"] = ("argument", place, "allow_redirects")
        why["keeps_auth"] = ("attribute", keeps_auth)
        about = {
            "library": "requests", "callable": getattr(request, "_callable", None) or "requests.Session.send",
            "place": place, "url_index": getattr(request, "_url_index", 0), "url": request.url, "why": why,
            "carried": request._carried, "redirected_from": request._came_from,
            "redirects": getattr(request, "_redirects", True), "keeps_auth": keeps_auth is not None, "built": getattr(request, "_built", None),
        }
        try:
            resp = conn.urlopen(method=request.method, url=url, body=request.body, headers=request.headers,
                                redirect=False, assert_same_host=False, preload_content=False,
                                decode_content=False, retries=self.max_retries, timeout=timeout,
                                chunked=chunked, _about=about)
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
