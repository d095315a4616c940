# aiohttp.cookiejar (aiohttp 3.11.16): RFC 6265 with host-only cookies.
import time
from http.cookies import BaseCookie, Morsel, SimpleCookie

import _aiohttp
from aiohttp.abc import AbstractCookieJar
from aiohttp.helpers import is_ip_address
from yarl import URL


def _parse_date(text):
    months = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    day = month = year = clock = None
    for word in text.replace("-", " ").replace(",", " ").lower().split():
        if word.count(":") == 2:
            clock = [int(each) for each in word.split(":")]
        elif word.isdigit() and len(word) <= 2 and day is None:
            day = int(word)
        elif word[:3] in months:
            month = months.index(word[:3]) + 1
        elif word.isdigit() and year is None:
            year = int(word) + (0 if int(word) > 99 else 1900 if int(word) > 69 else 2000)
    if None in (day, month, year, clock):
        return None
    from datetime import datetime, timezone
    return datetime(year, month, day, *clock, tzinfo=timezone.utc).timestamp()


def _plain(cookie):
    """A morsel without attributes: what is sent."""
    made = Morsel()
    made.set(cookie.key, cookie.value, cookie.coded_value)
    return made


class CookieJar(AbstractCookieJar):
    def __init__(self, *, unsafe=False, quote_cookie=True, treat_as_secure_origin=None, loop=None):
        self._cookies = {}
        self._host_only = set()
        self._expirations = {}
        self._unsafe = unsafe
        self._quote_cookie = quote_cookie
        origins = treat_as_secure_origin or []
        origins = origins if isinstance(origins, list) else [origins]
        self._secure_origins = [URL(each).origin() for each in origins]

    @property
    def quote_cookie(self):
        return self._quote_cookie

    def clear(self, predicate=None):
        for place in list(self._cookies):
            for name, morsel in list(self._cookies[place].items()):
                if predicate is None or predicate(morsel):
                    self._forget(*place, name)

    def clear_domain(self, domain):
        self.clear(lambda morsel: self._matches(domain, morsel["domain"]))

    def _forget(self, domain, path, name):
        self._host_only.discard((domain, name))
        self._cookies[(domain, path)].pop(name, None)
        self._expirations.pop((domain, path, name), None)

    def _expire(self):
        now = time.time()
        for place, when in list(self._expirations.items()):
            if when <= now:
                self._forget(*place)

    def __iter__(self):
        self._expire()
        return iter([morsel for held in self._cookies.values() for morsel in held.values()])

    def __len__(self):
        return sum(len(held) for held in self._cookies.values())

    @staticmethod
    def _matches(domain, hostname):
        if hostname == domain:
            return True
        return (hostname.endswith(domain) and hostname[:len(hostname) - len(domain)].endswith(".")
                and not is_ip_address(hostname))

    def update_cookies(self, cookies, response_url=URL()):
        hostname = response_url.raw_host
        if not self._unsafe and is_ip_address(hostname):
            return
        for name, cookie in cookies.items() if hasattr(cookies, "items") else cookies:
            if not isinstance(cookie, Morsel):
                made = SimpleCookie()
                made[name] = _aiohttp.text(cookie)
                cookie = made[name]
            domain = cookie["domain"]
            if domain and domain[-1] == ".":
                domain = cookie["domain"] = ""
            if not domain and hostname is not None:
                self._host_only.add((hostname, name))
                domain = cookie["domain"] = hostname
            if domain and domain[0] == ".":
                domain = cookie["domain"] = domain[1:]
            if hostname and not self._matches(domain, hostname):
                continue
            path = cookie["path"]
            if not path or path[0] != "/":
                path = response_url.path
                path = "/" + path[1:path.rfind("/")] if path.startswith("/") else "/"
                cookie["path"] = path
            path = path.rstrip("/")
            if cookie["max-age"]:
                try:
                    self._expirations[(domain, path, name)] = time.time() + int(cookie["max-age"])
                except ValueError:
                    cookie["max-age"] = ""
            elif cookie["expires"]:
                when = _parse_date(cookie["expires"])
                if when is not None:
                    self._expirations[(domain, path, name)] = when
            self._cookies.setdefault((domain, path), SimpleCookie())[name] = cookie
        self._expire()

    def filter_cookies(self, request_url=URL()):
        filtered = SimpleCookie() if self._quote_cookie else BaseCookie()
        self._expire()
        if not len(self):
            return filtered
        request_url = URL(request_url)
        hostname = request_url.raw_host or ""
        insecure = request_url.scheme not in ("https", "wss") and (
            not self._secure_origins or request_url.origin() not in self._secure_origins)
        for cookie in self._cookies.get(("", ""), {}).values():
            filtered[cookie.key] = cookie.value
        if not _aiohttp.known(hostname) or is_ip_address(hostname) and not self._unsafe:
            return filtered
        labels = hostname.split(".")
        domains = [hostname] if is_ip_address(hostname) else [
            ".".join(labels[at:]) for at in range(len(labels) - 1, -1, -1)]
        parts = request_url.path.split("/") if _aiohttp.known(request_url.path) else [""]
        paths = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
        for domain in domains:
            for path in paths:
                for name, cookie in self._cookies.get((domain, path), {}).items():
                    if (cookie["domain"], name) in self._host_only and cookie["domain"] != hostname:
                        continue
                    if len(cookie["path"]) > len(request_url.path) or insecure and cookie["secure"]:
                        continue
                    filtered[name] = _plain(cookie)
        return filtered


class DummyCookieJar(AbstractCookieJar):
    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0

    def clear(self, predicate=None):
        pass

    def clear_domain(self, domain):
        pass

    def update_cookies(self, cookies, response_url=None):
        pass

    def filter_cookies(self, request_url):
        return SimpleCookie()
