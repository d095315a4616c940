# httpx 0.28.1 _config.py, _urls.py, _models.py, _auth.py: what needs neither network nor trust. The native
# classes of the same names have these as bases.
import hashlib
import os
import re
import time


class Limits:
    def __init__(self, *, max_connections=None, max_keepalive_connections=None, keepalive_expiry=5.0):
        self.max_connections = max_connections
        self.max_keepalive_connections = max_keepalive_connections
        self.keepalive_expiry = keepalive_expiry

    def __eq__(self, other):
        return isinstance(other, Limits) and self.__dict__ == other.__dict__

    def __repr__(self):
        return (f"Limits(max_connections={self.max_connections}, "
                f"max_keepalive_connections={self.max_keepalive_connections}, "
                f"keepalive_expiry={self.keepalive_expiry})")


class Timeout:
    def __eq__(self, other):
        return isinstance(other, self.__class__) and self.as_dict() == other.as_dict()


class QueryParams:
    def _dict(self):
        found = {}
        for key, value in self.multi_items():
            found.setdefault(key, []).append(value)
        return found

    def get_list(self, key):
        return self._dict().get(str(key), [])

    def keys(self):
        return self._dict().keys()

    def values(self):
        return {key: values[0] for key, values in self._dict().items()}.values()

    def items(self):
        return {key: values[0] for key, values in self._dict().items()}.items()

    def remove(self, key):
        return self.__class__([(name, value) for name, value in self.multi_items() if name != str(key)])

    def __contains__(self, key):
        return key in self._dict()

    def __iter__(self):
        return iter(self.keys())

    def __len__(self):
        return len(self._dict())

    def __bool__(self):
        return bool(self.multi_items())

    def __hash__(self):
        return hash(str(self))

    def __eq__(self, other):
        return isinstance(other, self.__class__) and sorted(self.multi_items()) == sorted(other.multi_items())

    def __repr__(self):
        return f"QueryParams({str(self)!r})"


class URL:
    def copy_set_param(self, key, value=None):
        return self.copy_with(params=self.params.set(key, value))

    def copy_add_param(self, key, value=None):
        return self.copy_with(params=self.params.add(key, value))

    def copy_remove_param(self, key):
        return self.copy_with(params=self.params.remove(key))

    def copy_merge_params(self, params):
        return self.copy_with(params=self.params.merge(params))


class Headers:
    def __eq__(self, other):
        try:
            other = self.__class__(other)
        except ValueError:
            return False
        return sorted(self.multi_items()) == sorted(other.multi_items())

    def __repr__(self):
        hidden = ("authorization", "proxy-authorization")
        items = [(key, "[secure]" if key in hidden else value) for key, value in self.multi_items()]
        if len(dict(items)) == len(items):
            return f"Headers({dict(items)})"
        return f"Headers({items})"


class DigestAuth:
    # RFC 7616 as httpx 0.28 _auth.py does it; cnonce comes from the host's randomness.
    _hashes = {"MD5": hashlib.md5, "MD5-SESS": hashlib.md5, "SHA": hashlib.sha1, "SHA-SESS": hashlib.sha1,
               "SHA-256": hashlib.sha256, "SHA-256-SESS": hashlib.sha256, "SHA-512": hashlib.sha512,
               "SHA-512-SESS": hashlib.sha512}

    def __init__(self, username, password):
        self._name, self._secret = username, password
        self._last, self._count = None, 1

    def auth_flow(self, request):
        if self._last:
            request.headers["Authorization"] = self._header(request, self._last)
        response = yield request
        if response.status_code != 401 or "www-authenticate" not in response.headers:
            return
        for header in response.headers.get_list("www-authenticate"):
            if header.lower().startswith("digest "):
                break
        else:
            return
        fields = {}
        for field in re.findall(r'[\w-]+=(?:"[^"]*"|[^\s,]+)', header.partition(" ")[2]):
            key, value = field.strip().split("=", 1)
            fields[key] = value.strip('"')
        self._last, self._count = fields, 1
        request.headers["Authorization"] = self._header(request, fields)
        if response.cookies:
            request.headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in response.cookies.items())
        yield request

    def _header(self, request, fields):
        algorithm = fields.get("algorithm", "MD5")
        make = self._hashes[algorithm.upper()]

        def digest(text):
            return make(text.encode()).hexdigest()

        path = request.url.raw_path.decode()
        nonce, count = fields["nonce"], f"{self._count:08x}"
        cnonce = hashlib.sha1(f"{self._count}{nonce}{time.ctime()}".encode() + os.urandom(8)).hexdigest()[:16]
        self._count += 1
        first = digest(f"{self._name}:{fields['realm']}:{self._secret}")
        if algorithm.lower().endswith("-sess"):
            first = digest(f"{first}:{nonce}:{cnonce}")
        second = digest(f"{request.method}:{path}")
        options = [each.strip() for each in fields.get("qop", "").split(",")]
        qop = "auth" if "auth" in options else None
        answer = digest(f"{first}:{nonce}:{count}:{cnonce}:auth:{second}" if qop else f"{first}:{nonce}:{second}")
        parts = {"username": self._name, "realm": fields["realm"], "nonce": nonce, "uri": path,
                 "response": answer, "algorithm": algorithm}
        if "opaque" in fields:
            parts["opaque"] = fields["opaque"]
        if qop:
            parts.update(qop="auth", nc=count, cnonce=cnonce)
        bare = ("algorithm", "qop", "nc")
        return "Digest " + ", ".join(f"{key}={value}" if key in bare else f'{key}="{value}"'
                                     for key, value in parts.items())
