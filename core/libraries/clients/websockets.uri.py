# websockets.uri (websockets 15.0.1): URIs, and the proxy that the environment names.
from urllib.parse import urlparse

import _urllib3
from websockets.exceptions import InvalidProxy, InvalidURI


class WebSocketURI:
    def __init__(self, secure, host, port, path, query, username=None, password=None):
        self.secure, self.host, self.port, self.path, self.query = secure, host, port, path, query
        self.username, self.password = username, password

    @property
    def resource_name(self):
        return (self.path or "/") + ("?" + self.query if self.query else "")

    @property
    def user_info(self):
        return None if self.username is None else (self.username, self.password)


def parse_uri(uri):
    if _urllib3.checking():
        text = _urllib3.plain(uri)
        _, _, host, port, path, query, _ = _urllib3.split_url(text)
        plain = text.startswith("ws://")
        return WebSocketURI(not plain, host or "", port or (80 if plain else 443), path or "", query or "")
    parsed = urlparse(uri)
    if parsed.scheme not in ["ws", "wss"]:
        raise InvalidURI(uri, "scheme isn't ws or wss")
    if parsed.hostname is None:
        raise InvalidURI(uri, "hostname isn't provided")
    if parsed.fragment != "":
        raise InvalidURI(uri, "fragment identifier is meaningless")
    if parsed.username is not None and parsed.password is None:
        raise InvalidURI(uri, "username provided without password")
    secure = parsed.scheme == "wss"
    return WebSocketURI(secure, parsed.hostname, parsed.port or (443 if secure else 80), parsed.path, parsed.query,
                        parsed.username, parsed.password)


class Proxy:
    def __init__(self, scheme, host, port, username=None, password=None):
        self.scheme, self.host, self.port = scheme, host, port
        self.username, self.password = username, password


def parse_proxy(proxy):
    parsed = urlparse(proxy)
    if parsed.scheme not in ["socks5h", "socks5", "socks4a", "socks4", "https", "http"]:
        raise InvalidProxy(proxy, f"scheme {parsed.scheme} isn't supported")
    if parsed.hostname is None:
        raise InvalidProxy(proxy, "hostname isn't provided")
    for name, wrong in (("path", parsed.path not in ["", "/"]), ("query", parsed.query != ""),
                        ("fragment", parsed.fragment != "")):
        if wrong:
            raise InvalidProxy(proxy, f"{name} is meaningless")
    if parsed.username is not None and parsed.password is None:
        raise InvalidProxy(proxy, "username provided without password")
    return Proxy(parsed.scheme, parsed.hostname, parsed.port or (443 if parsed.scheme == "https" else 80),
                 parsed.username, parsed.password)


def _bypassed(host, port):
    """urllib.request.proxy_bypass_environment"""
    none = _urllib3.proxy_variable("no") or ""
    if none.strip() == "*":
        return True
    for name in none.lower().split(","):
        name = name.strip().lstrip(".")
        if name and any(each == name or each.endswith("." + name) for each in (host.lower(), f"{host}:{port}")):
            return True
    return False


def get_proxy(uri):
    if _bypassed(uri.host, uri.port):
        return None
    for scheme in ["wss", "socks", "https"] if uri.secure else ["ws", "socks", "https", "http"]:
        proxy = _urllib3.proxy_variable(scheme)
        if proxy is not None:
            return "socks5h://" + proxy[7:] if scheme == "socks" and proxy.startswith("http://") else proxy
    return None
