# urllib.request (Python 3.13, Lib/urllib/request.py): openers and their handlers. The connection is
# http.client's.
import base64
import bisect
import string

import _socket
import http.client
import io
import socket
import urllib.error
from _urllib_parts import (HTTPPasswordMgr, HTTPPasswordMgrWithDefaultRealm, HTTPPasswordMgrWithPriorAuth, getproxies,
                           getproxies_environment, proxy_bypass, proxy_bypass_environment)
from urllib.error import ContentTooShortError, HTTPError, URLError
from urllib.parse import quote, unquote, unquote_to_bytes, urljoin, urlparse, urlunparse
from urllib.response import addinfourl

__version__ = "3.13"
_opener = None


def urlopen(url, data=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, *, context=None):
    global _opener
    if context:
        opener = build_opener(HTTPSHandler(context=context))
    elif _opener is None:
        _opener = opener = build_opener()
    else:
        opener = _opener
    return opener.open(url, data, timeout)


def install_opener(opener):
    global _opener
    _opener = opener


def urlretrieve(url, filename=None, reporthook=None, data=None):
    answer = urlopen(url, data)
    headers = answer.info()
    filename = filename or "/tmp/retrieved"
    content = answer.read()
    with open(filename, "wb") as file:
        file.write(content)
    answer.close()
    size = headers.get("Content-Length")
    if size and not _socket.checking() and len(content) < int(size):
        raise ContentTooShortError(f"retrieval incomplete: got only {len(content)} out of {size} bytes", (filename, headers))
    return filename, headers


def urlcleanup():
    install_opener(None)


class Request:
    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self._place = _socket.place()
        self._target = (self._place, 0, "url")
        self.full_url = url
        self.headers, self.unredirected_hdrs = {}, {}
        self._data = None
        self.data = data
        self._tunnel_host = None
        if not _socket.is_unknown(headers):
            for key, value in headers.items():
                self.add_header(key, value)
        self.origin_req_host = request_host(self) if origin_req_host is None else origin_req_host
        self.unverifiable = unverifiable
        if method:
            self.method = method

    @property
    def full_url(self):
        return f"{self._full_url}#{self.fragment}" if self.fragment else self._full_url

    @full_url.setter
    def full_url(self, url):
        url = _socket.text(url)
        if isinstance(url, bytes):
            url = url.decode("ascii")
        if not isinstance(url, str):
            raise AttributeError(f"'{type(url).__name__}' object has no attribute 'timeout'")
        fragment = None
        if _socket.is_known(url):
            url = url.strip()
            if url[:1] == "<" and url[-1:] == ">":
                url = url[1:-1].strip()
            if url[:4] == "URL:":
                url = url[4:].strip()
            url, _, fragment = url.partition("#")
        self._full_url, self.fragment = url, fragment or None
        self.type, self.host, self.selector = _socket.split_url(self._full_url)
        if self.type is None:
            raise ValueError(f"unknown url type: {self.full_url!r}")
        if _socket.is_known(self.host) and self.host:
            self.host = unquote(self.host)

    @full_url.deleter
    def full_url(self):
        self._full_url = self.fragment = None
        self.selector = ""

    @property
    def data(self):
        return self._data

    @data.setter
    def data(self, data):
        if data is not self._data:
            self._data = data
            if self.has_header("Content-length"):
                self.remove_header("Content-length")

    @data.deleter
    def data(self):
        self.data = None

    def get_method(self):
        return getattr(self, "method", "POST" if self.data is not None else "GET")

    def get_full_url(self):
        return self.full_url

    def set_proxy(self, host, type):
        if self.type == "https" and not self._tunnel_host:
            self._tunnel_host = self.host
        else:
            self.type, self.selector = type, self.full_url
        self.host = host

    def has_proxy(self):
        return _socket.is_known(self.full_url) and self.selector == self.full_url

    def add_header(self, key, val):
        self.headers[key.capitalize()] = val

    def add_unredirected_header(self, key, val):
        self.unredirected_hdrs[key.capitalize()] = val

    def has_header(self, header_name):
        return header_name in self.headers or header_name in self.unredirected_hdrs

    def get_header(self, header_name, default=None):
        return self.headers.get(header_name, self.unredirected_hdrs.get(header_name, default))

    def remove_header(self, header_name):
        self.headers.pop(header_name, None)
        self.unredirected_hdrs.pop(header_name, None)

    def header_items(self):
        return list({**self.unredirected_hdrs, **self.headers}.items())


def request_host(request):
    if not _socket.is_known(request.host):
        return request.host
    host = request.host or ""
    if host == "":
        host = request.get_header("Host", "")
    return host.partition(":")[0].lower()


class OpenerDirector:
    def __init__(self):
        self.addheaders = [("User-agent", f"Python-urllib/{__version__}")]
        self.handlers, self.handle_open, self.handle_error = [], {}, {}
        self.process_response, self.process_request = {}, {}

    def add_handler(self, handler):
        if not hasattr(handler, "add_parent"):
            raise TypeError(f"expected BaseHandler instance, got {type(handler)!r}")
        added = False
        for name in dir(handler):
            protocol, _, condition = name.partition("_")
            if name in ("redirect_request", "do_open", "proxy_open") or not protocol:
                continue
            if condition.startswith("error"):
                kind = condition.partition("_")[2]
                kind = int(kind) if kind.isdigit() else kind
                known = self.handle_error.setdefault(protocol, {})
            elif condition in ("open", "response", "request"):
                kind = protocol
                known = {"open": self.handle_open, "response": self.process_response, "request": self.process_request}[condition]
            else:
                continue
            bisect.insort(known.setdefault(kind, []), handler)
            added = True
        if added:
            bisect.insort(self.handlers, handler)
            handler.add_parent(self)

    def close(self):
        pass

    def _call_chain(self, chain, kind, name, *args):
        for handler in chain.get(kind, ()):
            result = getattr(handler, name)(*args)
            if result is not None:
                return result

    def open(self, fullurl, data=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        if isinstance(fullurl, (str, bytes)) or _socket.is_unknown(fullurl):
            request = Request(fullurl, data)
            where = getattr(self, "_where", None) or request._place
            request._target = (where, 0, "url")
        else:
            request = fullurl
            if data is not None:
                request.data = data
        request.timeout = timeout
        protocol = request.type
        for processor in self.process_request.get(protocol, []):
            request = getattr(processor, protocol + "_request")(request)
        answer = self._open(request, data)
        for processor in self.process_response.get(protocol, []):
            answer = getattr(processor, protocol + "_response")(request, answer)
        return answer

    def _open(self, req, data=None):
        for kind in ("default", req.type, "unknown"):
            result = self._call_chain(self.handle_open, kind, kind + "_open", req)
            if result:
                return result

    def error(self, proto, *args):
        is_http = proto in ("http", "https")
        known = self.handle_error["http"] if is_http else self.handle_error
        kind = args[2] if is_http else proto
        result = self._call_chain(known, kind, f"http_error_{kind}" if is_http else proto + "_error", *args)
        if result:
            return result
        if is_http:
            return self._call_chain(known, "default", "http_error_default", *args)


def build_opener(*handlers):
    opener = OpenerDirector()
    default = [ProxyHandler, UnknownHandler, HTTPHandler, HTTPDefaultErrorHandler, HTTPRedirectHandler, FTPHandler, FileHandler,
               HTTPErrorProcessor, DataHandler, HTTPSHandler]
    for kind in list(default):
        for one in handlers:
            if issubclass(one, kind) if isinstance(one, type) else isinstance(one, kind):
                default.remove(kind)
                break
    for kind in default:
        opener.add_handler(kind())
    for one in handlers:
        opener.add_handler(one() if isinstance(one, type) else one)
    return opener


class BaseHandler:
    handler_order = 500

    def add_parent(self, parent):
        self.parent = parent

    def close(self):
        pass

    def __lt__(self, other):
        if not hasattr(other, "handler_order"):
            return True
        return self.handler_order < other.handler_order


class HTTPErrorProcessor(BaseHandler):
    handler_order = 1000

    def http_response(self, request, response):
        code = response.code
        if _socket.checking():
            if not _socket.decide("the answer is a success"):
                response = self.parent.error("http", request, response, 500, response.reason, response.info())
        elif not 200 <= code < 300:
            response = self.parent.error("http", request, response, code, response.msg, response.info())
        return response

    https_response = http_response


class HTTPDefaultErrorHandler(BaseHandler):
    def http_error_default(self, req, fp, code, msg, hdrs):
        if _socket.checking():
            code = fp.status
        raise HTTPError(req.full_url, code, msg, hdrs, fp)


class HTTPRedirectHandler(BaseHandler):
    max_repeats, max_redirections = 4, 10
    inf_msg = "The HTTP server returned a redirect error that would lead to an infinite loop.\nThe last 30x error message was:\n"

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        method = req.get_method()
        if not (code in (301, 302, 303, 307, 308) and method in ("GET", "HEAD") or code in (301, 302, 303) and method == "POST"):
            raise HTTPError(req.full_url, code, msg, headers, fp)
        kept = {key: value for key, value in req.headers.items() if key.lower() not in ("content-length", "content-type")}
        made = Request(newurl.replace(" ", "%20"), method="HEAD" if method == "HEAD" else "GET", headers=kept,
                       origin_req_host=req.origin_req_host, unverifiable=True)
        made._target, made._came_from = req._target, getattr(req, "_call", None)
        return made

    def http_error_302(self, req, fp, code, msg, headers):
        if "location" in headers:
            newurl = headers["location"]
        elif "uri" in headers:
            newurl = headers["uri"]
        else:
            return
        parts = urlparse(newurl)
        if parts.scheme not in ("http", "https", "ftp", ""):
            raise HTTPError(newurl, code, f"{msg} - Redirection to url '{newurl}' is not allowed", headers, fp)
        if not parts.path and parts.netloc:
            parts = list(parts)
            parts[2] = "/"
        newurl = quote(urlunparse(parts), encoding="iso-8859-1", safe=string.punctuation)
        newurl = urljoin(req.full_url, newurl)
        made = self.redirect_request(req, fp, code, msg, headers, newurl)
        if made is None:
            return
        if hasattr(req, "redirect_dict"):
            visited = made.redirect_dict = req.redirect_dict
            if visited.get(newurl, 0) >= self.max_repeats or len(visited) >= self.max_redirections:
                raise HTTPError(req.full_url, code, self.inf_msg + msg, headers, fp)
        else:
            visited = made.redirect_dict = req.redirect_dict = {}
        visited[newurl] = visited.get(newurl, 0) + 1
        fp.read()
        fp.close()
        return self.parent.open(made, timeout=req.timeout)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


# -- proxies
def _parse_proxy(proxy):
    scheme, authority, _ = _socket.split_url(proxy)
    if authority is None:
        scheme, authority = None, proxy
    userinfo, at, hostport = authority.rpartition("@")
    user = password = None
    if at:
        user, colon, password = userinfo.partition(":")
        password = password if colon else None
    return scheme, user, password, hostport


class ProxyHandler(BaseHandler):
    handler_order = 100

    def __init__(self, proxies=None):
        if proxies is None:
            proxies = getproxies()
        self.proxies = proxies
        for kind, url in proxies.items():
            kind = kind.lower()
            setattr(self, f"{kind}_open",
                    lambda r, proxy=url, type=kind, meth=self.proxy_open: meth(r, proxy, type))

    def proxy_open(self, req, proxy, type):
        before = req.type
        kind, user, password, hostport = _parse_proxy(proxy)
        if kind is None:
            kind = before
        if req.host and proxy_bypass(req.host):
            return None
        if user and password:
            pair = f"{unquote(user)}:{unquote(password)}"
            req.add_header("Proxy-authorization", "Basic " + base64.b64encode(pair.encode()).decode("ascii"))
        req.set_proxy(unquote(hostport), kind)
        if before == kind or before == "https":
            return None
        return self.parent.open(req, timeout=req.timeout)


# -- passwords
class AbstractBasicAuthHandler:
    def __init__(self, password_mgr=None):
        self.passwd = HTTPPasswordMgr() if password_mgr is None else password_mgr
        self.add_password = self.passwd.add_password

    def http_error_auth_reqed(self, authreq, host, req, headers):
        if _socket.checking():
            return self.retry_http_basic_auth(host, req, None)
        unsupported = None
        for header in headers.get_all(authreq) or ():
            scheme, _, rest = header.strip().partition(" ")
            if scheme.lower() != "basic":
                unsupported = scheme
                continue
            realm = rest.partition("realm=")[2].strip()
            if realm:
                return self.retry_http_basic_auth(host, req, realm.split('"')[1] if realm[0] == '"' else realm.split(",")[0])
        if unsupported is not None:
            raise ValueError(f"AbstractBasicAuthHandler does not support the following scheme: {unsupported!r}")

    def retry_http_basic_auth(self, host, req, realm):
        user, password = self.passwd.find_user_password(realm, host)
        if password is None:
            return None
        value = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
        if req.get_header(self.auth_header, None) == value:
            return None
        req.add_unredirected_header(self.auth_header, value)
        return self.parent.open(req, timeout=req.timeout)

    def http_request(self, req):
        if not hasattr(self.passwd, "is_authenticated") or not self.passwd.is_authenticated(req.full_url):
            return req
        if not req.has_header("Authorization"):
            user, password = self.passwd.find_user_password(None, req.full_url)
            value = base64.b64encode(f"{user}:{password}".encode()).decode()
            req.add_unredirected_header("Authorization", "Basic " + value)
        return req

    def http_response(self, req, response):
        if hasattr(self.passwd, "is_authenticated") and not _socket.checking():
            self.passwd.update_authenticated(req.full_url, 200 <= response.code < 300)
        return response

    https_request = http_request
    https_response = http_response


class HTTPBasicAuthHandler(AbstractBasicAuthHandler, BaseHandler):
    auth_header = "Authorization"

    def http_error_401(self, req, fp, code, msg, headers):
        return self.http_error_auth_reqed("www-authenticate", req.full_url, req, headers)


class ProxyBasicAuthHandler(AbstractBasicAuthHandler, BaseHandler):
    auth_header = "Proxy-authorization"

    def http_error_407(self, req, fp, code, msg, headers):
        return self.http_error_auth_reqed("proxy-authenticate", req.host, req, headers)


class AbstractDigestAuthHandler:
    def __init__(self, passwd=None):
        self.passwd = HTTPPasswordMgr() if passwd is None else passwd
        self.add_password = self.passwd.add_password


class HTTPDigestAuthHandler(BaseHandler, AbstractDigestAuthHandler):
    handler_order = 490

    def http_error_401(self, req, fp, code, msg, headers):
        return _socket.not_modelled("Digest authentication of urllib.request")


class ProxyDigestAuthHandler(BaseHandler, AbstractDigestAuthHandler):
    handler_order = 490


# -- HTTP
class AbstractHTTPHandler(BaseHandler):
    def __init__(self, debuglevel=None):
        self._debuglevel = debuglevel or 0

    def set_http_debuglevel(self, level):
        self._debuglevel = level

    def do_request_(self, request):
        if _socket.is_known(request.host) and not request.host:
            raise URLError("no host given")
        data = request.data
        if data is not None:
            if isinstance(data, str):
                raise TypeError("POST data should be bytes, an iterable of bytes, or a file object. It cannot be of type str.")
            if not request.has_header("Content-type"):
                request.add_unredirected_header("Content-type", "application/x-www-form-urlencoded")
            if not request.has_header("Content-length") and not request.has_header("Transfer-encoding"):
                length = http.client.HTTPConnection._get_content_length(data, request.get_method())
                if length is not None:
                    request.add_unredirected_header("Content-length", str(length))
                elif not _socket.is_unknown(data):
                    request.add_unredirected_header("Transfer-encoding", "chunked")
        host = request.host
        if request.has_proxy():
            host = _socket.split_url(request.selector)[1]
        if not request.has_header("Host"):
            request.add_unredirected_header("Host", host)
        for name, value in self.parent.addheaders:
            name = name.capitalize()
            if not request.has_header(name):
                request.add_unredirected_header(name, value)
        return request

    def do_open(self, http_class, req, **http_conn_args):
        host = req.host
        if _socket.is_known(host) and not host:
            raise URLError("no host given")
        connection = http_class(host, timeout=req.timeout, **http_conn_args)
        connection.set_debuglevel(self._debuglevel)
        headers = dict(req.unredirected_hdrs)
        headers.update({key: value for key, value in req.headers.items() if key not in headers})
        headers["Connection"] = "close"
        headers = {name.title(): value for name, value in headers.items()}
        connection._about = {"library": "urllib.request", "callable": "urllib.request.urlopen", "url": req._full_url,
                             "target": req._target, "redirects": True, "redirected_from": getattr(req, "_came_from", None),
                             "own_host": "Host" in req.headers}
        if req._tunnel_host:
            tunnel = {}
            if "Proxy-Authorization" in headers:
                tunnel["Proxy-Authorization"] = headers.pop("Proxy-Authorization")
            connection.set_tunnel(req._tunnel_host, headers=tunnel)
        elif req.has_proxy():
            connection._about["proxy"] = (connection.host, connection.port)
        try:
            try:
                connection.request(req.get_method(), req.selector, req.data, headers,
                                   encode_chunked=req.has_header("Transfer-encoding"))
            except OSError as exc:
                raise URLError(exc)
            answer = connection.getresponse()
        except:
            connection.close()
            raise
        if connection.sock:
            connection.sock.close()
            connection.sock = None
        req._call = connection._call
        answer.url = req.get_full_url()
        answer.msg = answer.reason
        return answer


class HTTPHandler(AbstractHTTPHandler):
    def http_open(self, req):
        return self.do_open(http.client.HTTPConnection, req)

    http_request = AbstractHTTPHandler.do_request_


class HTTPSHandler(AbstractHTTPHandler):
    def __init__(self, debuglevel=None, context=None, check_hostname=None):
        super().__init__(debuglevel)
        if context is None:
            context = http.client._create_https_context(http.client.HTTPSConnection._http_vsn)
        if check_hostname is not None:
            context.check_hostname = check_hostname
        self._context = context

    def https_open(self, req):
        return self.do_open(http.client.HTTPSConnection, req, context=self._context)

    https_request = AbstractHTTPHandler.do_request_


class HTTPCookieProcessor(BaseHandler):
    def __init__(self, cookiejar=None):
        if cookiejar is None:
            import http.cookiejar
            cookiejar = http.cookiejar.CookieJar()
        self.cookiejar = cookiejar

    def http_request(self, request):
        self.cookiejar.add_cookie_header(request)
        return request

    def http_response(self, request, response):
        self.cookiejar.extract_cookies(response, request)
        return response

    https_request = http_request
    https_response = http_response


class UnknownHandler(BaseHandler):
    def unknown_open(self, req):
        raise URLError(f"unknown url type: {req.type}")


class FTPHandler(BaseHandler):
    def ftp_open(self, req):
        return _socket.not_modelled("ftp of urllib.request")


class FileHandler(BaseHandler):
    def file_open(self, req):
        from _http_message import HTTPMessage
        path = url2pathname(req.selector)
        try:
            file = open(path, "rb")
        except OSError as exc:
            raise URLError(exc)
        with file:
            data = file.read()
        headers = HTTPMessage([("Content-type", "text/plain"), ("Content-length", str(len(data)))])
        return addinfourl(io.BytesIO(data), headers, "file://" + req.selector)


class DataHandler(BaseHandler):
    def data_open(self, req):
        from _http_message import HTTPMessage
        kind, _, data = req.full_url.partition(":")[2].partition(",")
        data = unquote_to_bytes(data)
        if kind.endswith(";base64"):
            data, kind = base64.b64decode(data), kind[:-7]
        headers = HTTPMessage([("Content-type", kind or "text/plain;charset=US-ASCII"), ("Content-length", str(len(data)))])
        return addinfourl(io.BytesIO(data), headers, req.full_url)


def url2pathname(pathname):
    return unquote(pathname)


def pathname2url(pathname):
    return quote(pathname)
