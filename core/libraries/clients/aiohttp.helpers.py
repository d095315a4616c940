# aiohttp.helpers (aiohttp 3.11.16): credentials, time limits, proxies of the environment.
import base64
import os
from collections import namedtuple

import _aiohttp
import _urllib3
from _asyncio import _now, _pop_deadline, _push_deadline
from asyncio import CancelledError, Timeout
from yarl import URL

sentinel = object()


class BasicAuth(namedtuple("BasicAuth", ["login", "password", "encoding"])):
    def __new__(cls, login, password="", encoding="latin1"):
        if login is None:
            raise ValueError("None is not allowed as login value")
        if password is None:
            raise ValueError("None is not allowed as password value")
        if _aiohttp.known(login) and ":" in login:
            raise ValueError('A ":" is not allowed in login (RFC 1945#section-11.1)')
        return super().__new__(cls, login, password, encoding)

    @classmethod
    def decode(cls, auth_header, encoding="latin1"):
        kind, space, encoded = auth_header.partition(" ")
        if not space:
            raise ValueError("Could not parse authorization header.")
        if kind.lower() != "basic":
            raise ValueError(f"Unknown authorization method {kind}")
        try:
            decoded = base64.b64decode(encoded.encode("ascii"), validate=True).decode(encoding)
        except ValueError:
            raise ValueError("Invalid base64 encoding.")
        user, colon, password = decoded.partition(":")
        if not colon:
            raise ValueError("Invalid credentials.")
        return cls(user, password, encoding=encoding)

    @classmethod
    def from_url(cls, url, *, encoding="latin1"):
        if not isinstance(url, URL):
            raise TypeError("url should be yarl.URL instance")
        if url.raw_user is None and url.raw_password is None:
            return None
        return cls(url.user or "", url.password or "", encoding=encoding)

    def encode(self):
        both = f"{self.login}:{self.password}"
        if _aiohttp.known(both) and not both.isascii():
            return "Basic " + base64.b64encode(both.encode(self.encoding)).decode("ascii")
        return _urllib3.basic_header(self.login, self.password)


def strip_auth_from_url(url):
    auth = BasicAuth.from_url(url)
    return (url, None) if auth is None else (url.with_user(None), auth)


def _netrc():
    """Credentials by host from the file that NETRC names, or from ~/.netrc."""
    path = os.environ.get("NETRC") or os.path.expanduser("~/.netrc")
    try:
        with open(path) as file:
            words = file.read().split()
    except OSError:
        return {}
    found, entry = {}, None
    while words:
        word = words.pop(0)
        if word == "default" or word == "machine" and words:
            entry = found.setdefault("default" if word == "default" else words.pop(0), {})
        elif words and entry is not None and word in ("login", "account", "password"):
            entry[word] = words.pop(0)
    return found


def basicauth_from_netrc(host):
    all_hosts = _netrc()
    entry = all_hosts.get(host) or all_hosts.get("default")
    if entry is None:
        raise LookupError(f"No entry for {host!s} found in the `.netrc` file.")
    return BasicAuth(entry.get("login") or entry.get("account", ""), entry.get("password", ""))


def _bypassed(host):
    # urllib.request.proxy_bypass_environment
    names = _urllib3.proxy_variable("no")
    if not names or not _aiohttp.known(host):
        return False
    if names == "*":
        return True
    host = host.lower()
    for name in names.split(","):
        name = name.strip().lstrip(".").lower()
        if name and (host == name or host.endswith("." + name)):
            return True
    return False


def get_env_proxy_for_url(url):
    if url.host is not None and _bypassed(url.host):
        raise LookupError(f"Proxying is disallowed for `{url.host!r}`")
    text = _urllib3.proxy_variable(url.scheme)
    if not text:
        raise LookupError(f"No proxies found for `{url!s}` in the env")
    proxy, auth = strip_auth_from_url(URL(text))
    if proxy.scheme in ("https", "wss"):  # "... proxies ... are not supported, ignoring"
        raise LookupError(f"No proxies found for `{url!s}` in the env")
    if auth is None and proxy.host is not None:
        try:
            auth = basicauth_from_netrc(proxy.host)
        except LookupError:
            pass
    return proxy, auth


def parse_mimetype(text):
    """(type, subtype, suffix, parameters)"""
    first, *rest = text.split(";")
    parameters = {}
    for item in rest:
        key, _, value = item.partition("=")
        if item:
            parameters.setdefault(key.lower().strip(), value.strip(' "'))
    kind, _, subtype = first.strip().lower().partition("/")
    subtype, _, suffix = subtype.partition("+")
    return kind, subtype, suffix, parameters


def is_ip_address(host):
    return bool(host) and _aiohttp.known(host) and (":" in host or host.replace(".", "").isdigit())


class Timer:
    """The limit of a whole request: TimerContext, with TimeoutHandle."""

    def __init__(self, total):
        self._when = _now() + total if total is not None and total > 0 else None
        self._ids = []

    def close(self):
        self._when = None

    def __enter__(self):
        if self._when is not None and _now() >= self._when:
            raise TimeoutError from None
        self._ids.append(None if self._when is None else _push_deadline(self._when))
        return self

    def __exit__(self, exc_type, exc, tb):
        one = self._ids.pop()
        struck = one is not None and _pop_deadline(one)
        if struck and exc_type is not None and issubclass(exc_type, CancelledError):
            raise TimeoutError from exc
        return None


def ceil_timeout(delay, threshold=5):
    return Timeout(None if delay is None or delay <= 0 else _now() + delay)


class ChainMapProxy:
    pass


class ETag:
    def __init__(self, value, is_weak=False):
        self.value, self.is_weak = value, is_weak
