# Proxies from the environment and password managers of urllib.request (Python 3.13).
import os

import _socket
from urllib.parse import urlsplit


def getproxies_environment():
    if _socket.checking():
        return {}
    found = {}
    for lower in (False, True):
        for name, value in os.environ.items():
            if name.lower().endswith("_proxy") and name != "_proxy" and (not lower or name.endswith("_proxy")):
                key = name.lower()[:-6]
                if value:
                    found[key] = value
                elif lower:
                    found.pop(key, None)
        if not lower and "REQUEST_METHOD" in os.environ:
            found.pop("http", None)
    return found


getproxies = getproxies_environment


def proxy_bypass_environment(host, proxies=None):
    proxies = getproxies_environment() if proxies is None else proxies
    if "no" not in proxies:
        return False
    names = proxies["no"]
    if names == "*":
        return True
    host = host.lower()
    bare, colon, port = host.rpartition(":")
    bare = bare if colon and port.isdigit() else host
    for name in names.split(","):
        name = name.strip().lstrip(".").lower()
        if name and (name in (bare, host) or bare.endswith("." + name) or host.endswith("." + name)):
            return True
    return False


proxy_bypass = proxy_bypass_environment


class HTTPPasswordMgr:
    def __init__(self):
        self.passwd = {}

    def add_password(self, realm, uri, user, passwd):
        uri = [uri] if isinstance(uri, str) else uri
        known = self.passwd.setdefault(realm, {})
        for default_port in True, False:
            known[tuple([self.reduce_uri(one, default_port) for one in uri])] = (user, passwd)

    def find_user_password(self, realm, authuri):
        domains = self.passwd.get(realm, {})
        for default_port in True, False:
            wanted = self.reduce_uri(authuri, default_port)
            for uris, found in domains.items():
                for uri in uris:
                    if self.is_suburi(uri, wanted):
                        return found
        return None, None

    def reduce_uri(self, uri, default_port=True):
        parts = urlsplit(uri)
        if parts[1]:
            scheme, authority, path = parts[0], parts[1], parts[2] or "/"
        else:
            scheme, authority, path = None, uri, "/"
        if default_port and ":" not in authority and scheme is not None:
            usual = {"http": 80, "https": 443}.get(scheme)
            if usual is not None:
                authority = f"{authority}:{usual}"
        return authority, path

    def is_suburi(self, base, test):
        if base == test:
            return True
        if base[0] != test[0]:
            return False
        prefix = base[1] if base[1][-1:] == "/" else base[1] + "/"
        return test[1].startswith(prefix)


class HTTPPasswordMgrWithDefaultRealm(HTTPPasswordMgr):
    def find_user_password(self, realm, authuri):
        user, password = HTTPPasswordMgr.find_user_password(self, realm, authuri)
        if user is not None:
            return user, password
        return HTTPPasswordMgr.find_user_password(self, None, authuri)


class HTTPPasswordMgrWithPriorAuth(HTTPPasswordMgrWithDefaultRealm):
    def __init__(self):
        self.authenticated = {}
        super().__init__()

    def add_password(self, realm, uri, user, passwd, is_authenticated=False):
        self.update_authenticated(uri, is_authenticated)
        if realm is not None:
            super().add_password(None, uri, user, passwd)
        super().add_password(realm, uri, user, passwd)

    def update_authenticated(self, uri, is_authenticated=False):
        for default_port in True, False:
            for one in [uri] if isinstance(uri, str) else uri:
                self.authenticated[self.reduce_uri(one, default_port)] = is_authenticated

    def is_authenticated(self, authuri):
        for default_port in True, False:
            wanted = self.reduce_uri(authuri, default_port)
            for uri in self.authenticated:
                if self.is_suburi(uri, wanted):
                    return self.authenticated[uri]
