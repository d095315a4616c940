# requests.sessions, requests.api (requests 2.32.3).
import _urllib3
from requests.adapters import HTTPAdapter
from requests.auth import _basic_auth_str
from requests.cookies import RequestsCookieJar, cookiejar_from_dict, merge_cookies
from requests.exceptions import (ChunkedEncodingError, ContentDecodingError, InvalidSchema, TooManyRedirects)
from requests.models import PreparedRequest, Request, default_hooks
from requests.structures import CaseInsensitiveDict
from requests.utils import (default_headers, get_auth_from_url, get_environ_proxies, resolve_proxies)

DEFAULT_REDIRECT_LIMIT = 30
_PORTS = {"http": "80", "https": "443"}


def _is_mapping(value):
    return hasattr(value, "items") and hasattr(value, "__getitem__")


def merge_setting(request_setting, session_setting, dict_class=dict):
    if session_setting is None:
        return request_setting
    if request_setting is None:
        return session_setting
    if not (_is_mapping(session_setting) and _is_mapping(request_setting)):
        return request_setting
    merged = dict_class(session_setting.items())
    merged.update(request_setting.items())
    for key in [key for key, value in merged.items() if value is None]:
        del merged[key]
    return merged


def merge_hooks(request_hooks, session_hooks, dict_class=dict):
    if session_hooks is None or session_hooks.get("response") == []:
        return request_hooks
    if request_hooks is None or request_hooks.get("response") == []:
        return session_hooks
    return merge_setting(request_hooks, session_hooks, dict_class)


def _split(url):
    scheme, _, rest = url.partition("://")
    host = rest.replace("?", "/").replace("#", "/").partition("/")[0].rpartition("@")[2]
    name, colon, port = host.rpartition(":")
    if not colon or host.endswith("]"):
        name, port = host, None
    return scheme.lower(), name.lower(), port or None


class Session:
    def __init__(self):
        self._verify_place = self._built = None
        self.headers = default_headers()
        self.auth = None
        self.proxies = {}
        self.hooks = default_hooks()
        self.params = {}
        self.stream = False
        self.__dict__["verify"] = True
        self.cert = None
        self.max_redirects = DEFAULT_REDIRECT_LIMIT
        self.trust_env = True
        self.cookies = cookiejar_from_dict({})
        self.adapters = {}
        self.mount("https://", HTTPAdapter())
        self.mount("http://", HTTPAdapter())

    def __setattr__(self, name, value):
        self.__dict__[name] = value
        if name == "verify":
            place = _urllib3.place()
            self.__dict__["_verify_place"] = place
            self.__dict__["_built"] = _urllib3.note_client(
                "requests", "requests.Session",
                {"cert_reqs": value, "why": {"cert_reqs": ("attribute", place, "verify")}, "place": place}, self._built)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    # -- redirects -----------------------------------------------------------------------------
    def get_redirect_target(self, resp):
        known = not getattr(resp.raw, "_unknown", False)  # in checking nothing is followed
        return resp.headers["location"] if known and resp.is_redirect else None

    def should_strip_auth(self, old_url, new_url):
        old_scheme, old_host, old_port = _split(old_url)
        scheme, host, port = _split(new_url)
        if old_host != host:
            return True
        if old_scheme == "http" and old_port in ("80", None) and scheme == "https" and port in ("443", None):
            return False
        if old_scheme == scheme and {old_port, port} <= {_PORTS.get(scheme), None}:
            return False
        return old_port != port or old_scheme != scheme

    def resolve_redirects(self, resp, req, stream=False, timeout=None, verify=True, cert=None, proxies=None,
                          yield_requests=False, **adapter_kwargs):
        hist = []
        url = self.get_redirect_target(resp)
        fragment = req.url.partition("#")[2]
        while url:
            prepared = req.copy()
            prepared._came_from = getattr(req, "_call", None)
            for name in ("_callable", "_url_index", "_verify_because", "_built", "_redirects"):
                setattr(prepared, name, getattr(req, name, None))
            hist.append(resp)
            resp.history = hist[1:]
            try:
                resp.content
            except (ChunkedEncodingError, ContentDecodingError, RuntimeError):
                pass
            if len(resp.history) >= self.max_redirects:
                raise TooManyRedirects(f"Exceeded {self.max_redirects} redirects.", response=resp)
            resp.close()
            if url.startswith("//"):
                url = resp.url.partition("://")[0] + ":" + url
            if "#" in url:
                fragment = url.partition("#")[2]
            elif fragment:
                url = f"{url}#{fragment}"
            if "://" not in url.partition("?")[0]:
                url = _urllib3.join(resp.url, _urllib3.requote(url))
            else:
                url = _urllib3.requote(url)
            prepared.url = url
            self.rebuild_method(prepared, resp)
            if resp.status_code not in (307, 308):
                for header in ("Content-Length", "Content-Type", "Transfer-Encoding"):
                    prepared.headers.pop(header, None)
                prepared.body = prepared._carried = None
            prepared.headers.pop("Cookie", None)
            prepared._cookies._extract(req.url, resp.raw)
            merge_cookies(prepared._cookies, self.cookies)
            prepared.prepare_cookies(prepared._cookies)
            proxies = self.rebuild_proxies(prepared, proxies)
            self.rebuild_auth(prepared, resp)
            req = prepared
            if yield_requests:
                yield req
            else:
                resp = self.send(req, stream=stream, timeout=timeout, verify=verify, cert=cert, proxies=proxies,
                                 allow_redirects=False, **adapter_kwargs)
                self.cookies._extract(prepared.url, resp.raw)
                url = self.get_redirect_target(resp)
                yield resp

    def rebuild_auth(self, prepared_request, response):
        headers = prepared_request.headers
        if "Authorization" in headers and self.should_strip_auth(response.request.url, prepared_request.url):
            del headers["Authorization"]

    def _keeps_auth(self):
        """In checking: where the paste lets Authorization go along to another host, in plain text."""
        for name, own in _REBUILDS.items():
            if name in self.__dict__ or getattr(type(self), name) is not own:
                prepared = PreparedRequest()
                prepared.url, prepared.headers = "http://other.example/", CaseInsensitiveDict(Authorization="x")
                answer = Request()
                answer.request = Request(url="https://first.example/")
                try:
                    self.rebuild_auth(prepared, answer)
                except Exception:
                    return None
                return _urllib3.defined(getattr(self, name)) if "Authorization" in prepared.headers else None

    def rebuild_proxies(self, prepared_request, proxies):
        headers = prepared_request.headers
        scheme = prepared_request.url.partition("://")[0]
        new_proxies = resolve_proxies(prepared_request, proxies, self.trust_env)
        headers.pop("Proxy-Authorization", None)
        user, password = get_auth_from_url(new_proxies[scheme]) if scheme in new_proxies else (None, None)
        if not scheme.startswith("https") and user and password:
            headers["Proxy-Authorization"] = _basic_auth_str(user, password)
        return new_proxies

    def rebuild_method(self, prepared_request, response):
        method = prepared_request.method
        if response.status_code in (302, 303) and method != "HEAD":
            method = "GET"
        if response.status_code == 301 and method == "POST":
            method = "GET"
        prepared_request.method = method

    # -- requests ------------------------------------------------------------------------------
    def prepare_request(self, request):
        cookies = request.cookies or {}
        if not isinstance(cookies, RequestsCookieJar):
            cookies = cookiejar_from_dict(cookies)
        merged = merge_cookies(merge_cookies(RequestsCookieJar(), self.cookies), cookies)
        p = PreparedRequest()
        p.prepare(method=request.method.upper(), url=request.url, files=request.files, data=request.data,
                  json=request.json,
                  headers=merge_setting(request.headers, self.headers, dict_class=CaseInsensitiveDict),
                  params=merge_setting(request.params, self.params),
                  auth=merge_setting(request.auth, self.auth), cookies=merged,
                  hooks=merge_hooks(request.hooks, self.hooks))
        return p

    def request(self, method, url, params=None, data=None, headers=None, cookies=None, files=None, auth=None,
                timeout=None, allow_redirects=True, proxies=None, hooks=None, stream=None, verify=None,
                cert=None, json=None):
        return self._request(_urllib3.place(), "requests.Session.request", 1, method, url, params, data, headers,
                             cookies, files, auth, timeout, allow_redirects, proxies, hooks, stream, verify, cert,
                             json)

    def _request(self, place, name, index, method, url, params=None, data=None, headers=None, cookies=None,
                 files=None, auth=None, timeout=None, allow_redirects=True, proxies=None, hooks=None,
                 stream=None, verify=None, cert=None, json=None):
        known = _urllib3.settle({"method": method, "url": url, "headers": headers, "files": files, "data": data,
                                 "json": json, "params": params, "auth": auth, "cookies": cookies,
                                 "hooks": hooks, "timeout": timeout, "proxies": proxies, "stream": stream,
                                 "verify": verify, "cert": cert})
        timeout, proxies, stream = known.pop("timeout"), known.pop("proxies"), known.pop("stream")
        verify, cert = known.pop("verify"), known.pop("cert")
        known["method"] = known["method"].upper()
        req = Request(**known)
        prep = self.prepare_request(req)
        prep._place, prep._callable, prep._url_index = place, name, index
        prep._redirects = allow_redirects
        settings = self.merge_environment_settings(prep.url, proxies or {}, stream, verify, cert)
        if verify is not None and settings["verify"] is verify:
            prep._verify_because = ("argument", place)
        elif isinstance(settings["verify"], str) and settings["verify"] is not self.verify:
            prep._verify_because = ("environment", "REQUESTS_CA_BUNDLE")
        return self.send(prep, timeout=timeout, allow_redirects=allow_redirects, **settings)

    def send(self, request, **kwargs):
        kwargs.setdefault("stream", self.stream)
        kwargs.setdefault("verify", self.verify)
        kwargs.setdefault("cert", self.cert)
        if "proxies" not in kwargs:
            kwargs["proxies"] = resolve_proxies(request, self.proxies, self.trust_env)
        if isinstance(request, Request):
            raise ValueError("You can only send PreparedRequests.")
        if request._place is None:
            request._place = _urllib3.place()
        if getattr(request, "_verify_because", None) is None:
            if self._verify_place is not None and kwargs["verify"] == self.verify:
                request._verify_because = ("attribute", self._verify_place)
            elif kwargs["verify"] is not True:
                request._verify_because = ("argument", request._place)
        request._built = self._built
        request._keeps_auth = self._keeps_auth() if _urllib3.checking() else None
        allow_redirects = kwargs.pop("allow_redirects", True)
        stream = kwargs.get("stream")
        adapter = self.get_adapter(url=request.url)
        start = _urllib3.clock()
        r = adapter.send(request, **kwargs)
        r._elapsed = _urllib3.clock() - start
        for hook in (request.hooks or {}).get("response", []):
            changed = hook(r, **kwargs)
            if changed is not None:
                r = changed
        for resp in r.history:
            self.cookies._extract(resp.request.url, resp.raw)
        self.cookies._extract(request.url, r.raw)
        history = []
        if allow_redirects:
            history = [resp for resp in self.resolve_redirects(r, request, **kwargs)]
        if history:
            history.insert(0, r)
            r = history.pop()
            r.history = history
        if not allow_redirects:
            for following in self.resolve_redirects(r, request, yield_requests=True, **kwargs):
                r._next = following
                break
        if not stream:
            r.content
        return r

    def merge_environment_settings(self, url, proxies, stream, verify, cert):
        if self.trust_env:
            for key, value in get_environ_proxies(url, no_proxy=(proxies or {}).get("no_proxy")).items():
                proxies.setdefault(key, value)
            if verify is True or verify is None:
                verify = (_urllib3.environ("REQUESTS_CA_BUNDLE") or _urllib3.environ("CURL_CA_BUNDLE") or verify)
        return {"proxies": merge_setting(proxies, self.proxies), "stream": merge_setting(stream, self.stream),
                "verify": merge_setting(verify, self.verify), "cert": merge_setting(cert, self.cert)}

    def get_adapter(self, url):
        url = _urllib3.plain(url)
        for prefix, adapter in self.adapters.items():
            if url.lower().startswith(prefix.lower()):
                return adapter
        raise InvalidSchema(f"No connection adapters were found for {url!r}")

    def mount(self, prefix, adapter):
        self.adapters[prefix] = adapter
        for key in [key for key in self.adapters if len(key) < len(prefix)]:
            self.adapters[key] = self.adapters.pop(key)

    def close(self):
        for adapter in self.adapters.values():
            adapter.close()


_REBUILDS = {"should_strip_auth": Session.should_strip_auth, "rebuild_auth": Session.rebuild_auth}


def _session_verb(method, with_data):
    name = "requests.Session." + method.lower()

    def verb(self, url, *args, **kwargs):
        place = _urllib3.place()
        for key, value in zip(("data", "json") if with_data else (), args):
            kwargs[key] = value
        kwargs.setdefault("allow_redirects", method != "HEAD")
        if type(self).request is not Session.request or "request" in self.__dict__:
            return self.request(method, url, **kwargs)
        return self._request(place, name, 0, method, url, **kwargs)

    verb.__name__ = method.lower()
    return verb


for _method in ("GET", "OPTIONS", "HEAD", "POST", "PUT", "PATCH", "DELETE"):
    setattr(Session, _method.lower(), _session_verb(_method, _method in ("POST", "PUT", "PATCH")))


def session():
    return Session()
