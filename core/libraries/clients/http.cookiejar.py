# http.cookiejar (Python 3.13, Lib/http/cookiejar.py): Netscape cookies, as urllib.request keeps them.
import _socket
import datetime
import time
from urllib.parse import urlparse


class LoadError(OSError):
    pass


class Cookie:
    def __init__(self, version, name, value, port, port_specified, domain, domain_specified, domain_initial_dot, path,
                 path_specified, secure, expires, discard, comment, comment_url, rest, rfc2109=False):
        self.version, self.name, self.value, self.port, self.port_specified = version, name, value, port, port_specified
        self.domain, self.domain_specified, self.domain_initial_dot = domain.lower(), domain_specified, domain_initial_dot
        self.path, self.path_specified, self.secure, self.expires = path, path_specified, secure, expires
        self.discard, self.comment, self.comment_url, self._rest = discard, comment, comment_url, dict(rest)
        self.rfc2109 = rfc2109

    def has_nonstandard_attr(self, name):
        return name in self._rest

    def get_nonstandard_attr(self, name, default=None):
        return self._rest.get(name, default)

    def is_expired(self, now=None):
        return self.expires is not None and self.expires <= (time.time() if now is None else now)

    def __str__(self):
        limit = "" if self.port is None else ":" + self.port
        pair = self.name if self.value is None else f"{self.name}={self.value}"
        return f"<Cookie {pair} for {self.domain}{limit}{self.path}>"

    def __repr__(self):
        return f"Cookie(version={self.version!r}, name={self.name!r}, value={self.value!r}, domain={self.domain!r}, path={self.path!r})"


class CookiePolicy:
    def set_ok(self, cookie, request):
        return True

    def return_ok(self, cookie, request):
        return True


class DefaultCookiePolicy(CookiePolicy):
    def __init__(self, blocked_domains=None, allowed_domains=None, **settings):
        self._blocked, self._allowed = tuple(blocked_domains or ()), allowed_domains

    def _lets(self, domain):
        bare = domain.lstrip(".")
        if bare in [one.lstrip(".") for one in self._blocked]:
            return False
        return self._allowed is None or bare in [one.lstrip(".") for one in self._allowed]

    def set_ok(self, cookie, request):
        host = _full_host(request)
        if not self._lets(cookie.domain):
            return False
        if cookie.domain_specified:
            bare = cookie.domain.lstrip(".")
            if "." not in bare and bare != "local":
                return False
            if not (host == bare or host.endswith("." + bare)):
                return False
        return True

    def return_ok(self, cookie, request):
        host = _full_host(request)
        if cookie.secure and request.type != "https":
            return False
        if cookie.is_expired() or not self._lets(cookie.domain):
            return False
        if cookie.domain_specified:
            return ("." + host).endswith("." + cookie.domain.lstrip("."))
        return host == cookie.domain


def request_host(request):
    host = urlparse(request.get_full_url())[1] or request.get_header("Host", "")
    return host.rpartition("@")[2].partition(":")[0].lower()


def _full_host(request):
    host = request_host(request)
    return host if "." in host else host + ".local"


def _when(text):
    text = text.replace("-", " ")
    for form in ("%a, %d %b %Y %H:%M:%S GMT", "%a, %d %b %y %H:%M:%S GMT"):
        try:
            return int(datetime.datetime.strptime(text, form).replace(tzinfo=datetime.timezone.utc).timestamp())
        except ValueError:
            pass
    return None


class CookieJar:
    def __init__(self, policy=None):
        self._policy = DefaultCookiePolicy() if policy is None else policy
        self._all = []

    def set_policy(self, policy):
        self._policy = policy

    def make_cookies(self, response, request):
        made = []
        for line in response.info().get_all("Set-Cookie") or ():
            pair, *attributes = [part.strip() for part in line.split(";")]
            name, equals, value = pair.partition("=")
            if not name:
                continue
            settings = {}
            for each in attributes:
                key, has_value, setting = each.partition("=")
                settings[key.lower()] = setting.strip('"') if has_value else None
            path = settings.get("path")
            path_given = bool(path) and path.startswith("/")
            if not path_given:
                whole = urlparse(request.get_full_url()).path
                path = whole[:whole.rfind("/")] or "/"
            domain = settings.get("domain")
            given = bool(domain)
            dotted = given and domain.startswith(".")
            if given and not dotted:
                domain = "." + domain
            expires = _when(settings["expires"]) if settings.get("expires") else None
            if settings.get("max-age"):
                expires = int(time.time()) + int(settings["max-age"])
            rest = {key: value for key, value in settings.items() if key in ("httponly", "samesite")}
            rest = {{"httponly": "HttpOnly", "samesite": "SameSite"}[key]: value for key, value in rest.items()}
            made.append(Cookie(0, name if equals else "", value if equals else name, None, False, domain if given else _full_host(request),
                               given, dotted, path, path_given, "secure" in settings, expires, expires is None, None, None, rest))
        return made

    def extract_cookies(self, response, request):
        if _socket.checking():
            return
        for cookie in self.make_cookies(response, request):
            if self._policy.set_ok(cookie, request):
                self.set_cookie(cookie)

    def set_cookie(self, cookie):
        for at, known in enumerate(self._all):
            if (known.name, known.domain, known.path) == (cookie.name, cookie.domain, cookie.path):
                self._all[at] = cookie
                return
        self._all.append(cookie)

    def set_cookie_if_ok(self, cookie, request):
        if self._policy.set_ok(cookie, request):
            self.set_cookie(cookie)

    def add_cookie_header(self, request):
        if not self._all:
            return
        path = urlparse(request.get_full_url()).path or "/"
        found = []
        for cookie in self._all:
            fits = path == cookie.path or path.startswith(cookie.path if cookie.path.endswith("/") else cookie.path + "/")
            if fits and self._policy.return_ok(cookie, request):
                found.append(cookie)
        found.sort(key=lambda cookie: len(cookie.path), reverse=True)
        if found and not request.has_header("Cookie"):
            pairs = [one.value if not one.name else f"{one.name}={one.value}" for one in found]
            request.add_unredirected_header("Cookie", "; ".join(pairs))
        self.clear_expired_cookies()

    def clear(self, domain=None, path=None, name=None):
        self._all = [one for one in self._all if (domain is not None and one.domain != domain) or
                     (path is not None and one.path != path) or (name is not None and one.name != name)]

    def clear_session_cookies(self):
        self._all = [one for one in self._all if not one.discard]

    def clear_expired_cookies(self):
        self._all = [one for one in self._all if not one.is_expired()]

    def __iter__(self):
        return iter(list(self._all))

    def __len__(self):
        return len(self._all)

    def __repr__(self):
        return f"<{type(self).__name__}[{', '.join([repr(one) for one in self._all])}]>"

    def __str__(self):
        return f"<{type(self).__name__}[{', '.join([str(one) for one in self._all])}]>"


class FileCookieJar(CookieJar):
    def __init__(self, filename=None, delayload=False, policy=None):
        super().__init__(policy)
        self.filename = filename

    def save(self, filename=None, ignore_discard=False, ignore_expires=False):
        return _socket.not_modelled("http.cookiejar files")

    load = revert = save


class MozillaCookieJar(FileCookieJar):
    pass


class LWPCookieJar(FileCookieJar):
    pass
