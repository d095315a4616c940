# requests.auth (requests 2.32.3).
from _urllib3 import basic_header


def _basic_auth_str(username, password):
    return basic_header(username, password)


class AuthBase:
    def __call__(self, r):
        raise NotImplementedError("Auth hooks must be callable.")


class HTTPBasicAuth(AuthBase):
    def __init__(self, username, password):
        self.username, self.password = username, password

    def __eq__(self, other):
        return (self.username, self.password) == (getattr(other, "username", None),
                                                  getattr(other, "password", None))

    def __call__(self, r):
        r.headers["Authorization"] = _basic_auth_str(self.username, self.password)
        return r


class HTTPProxyAuth(HTTPBasicAuth):
    def __call__(self, r):
        r.headers["Proxy-Authorization"] = _basic_auth_str(self.username, self.password)
        return r


class HTTPDigestAuth(AuthBase):
    def __init__(self, username, password):
        self.username, self.password = username, password
        self._last_nonce, self._count, self._chal, self._calls = "", 0, {}, 1

    def build_digest_header(self, method, url):
        import hashlib
        from urllib.parse import urlparse
        realm, nonce, qop = self._chal["realm"], self._chal["nonce"], self._chal.get("qop")
        algorithm = self._chal.get("algorithm")
        name = (algorithm or "MD5").upper()
        kind = {"MD5": "md5", "MD5-SESS": "md5", "SHA": "sha1", "SHA-256": "sha256", "SHA-512": "sha512"}.get(name)
        if kind is None or (qop and "auth" not in qop.split(",")):
            return None

        def digest(text):
            return hashlib.new(kind, text.encode()).hexdigest()

        parsed = urlparse(url)
        path = (parsed.path or "/") + (f"?{parsed.query}" if parsed.query else "")
        first = digest(f"{self.username}:{realm}:{self.password}")
        second = digest(f"{method}:{path}")
        self._count = self._count + 1 if nonce == self._last_nonce else 1
        count = f"{self._count:08x}"
        import os
        cnonce = os.urandom(8).hex()
        if name == "MD5-SESS":
            first = digest(f"{first}:{nonce}:{cnonce}")
        middle = f"{nonce}:{count}:{cnonce}:auth" if qop else nonce
        self._last_nonce = nonce
        out = (f'username="{self.username}", realm="{realm}", nonce="{nonce}", uri="{path}", '
               f'response="{digest(f"{first}:{middle}:{second}")}"')
        for key in ("opaque", "algorithm"):
            if self._chal.get(key):
                out += f', {key}="{self._chal[key]}"'
        if qop:
            out += f', qop="auth", nc={count}, cnonce="{cnonce}"'
        return "Digest " + out

    def handle_redirect(self, r, **kwargs):
        if r.is_redirect:
            self._calls = 1

    def handle_401(self, r, **kwargs):
        if getattr(r.raw, "_unknown", False):
            return r
        given = r.headers.get("www-authenticate", "")
        if not 400 <= r.status_code < 500 or "digest" not in given.lower() or self._calls >= 2:
            self._calls = 1
            return r
        self._calls += 1
        self._chal = {}
        rest = given[given.lower().index("digest ") + 7:]
        while rest:
            key, _, rest = rest.strip(" ,").partition("=")
            if rest.startswith('"'):
                self._chal[key], _, rest = rest[1:].partition('"')
            else:
                self._chal[key], _, rest = rest.partition(",")
        r.content
        r.close()
        prep = r.request.copy()
        prep._cookies._extract(r.request.url, r.raw)
        prep.prepare_cookies(prep._cookies)
        prep.headers["Authorization"] = self.build_digest_header(prep.method, prep.url)
        again = r.connection.send(prep, **kwargs)
        again.history.append(r)
        again.request = prep
        return again

    def __call__(self, r):
        if self._last_nonce:
            r.headers["Authorization"] = self.build_digest_header(r.method, r.url)
        r.register_hook("response", self.handle_401)
        r.register_hook("response", self.handle_redirect)
        self._calls = 1
        return r
