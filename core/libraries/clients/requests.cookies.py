# requests.cookies: a jar that is also a mapping.
from _urllib3 import Jar


class CookieConflictError(RuntimeError):
    pass


class RequestsCookieJar(Jar):
    def set(self, name, value, **kwargs):
        if value is None:
            self._remove(name)
        else:
            self._put(name, value, kwargs.get("domain"), kwargs.get("path"))

    def get(self, name, default=None, domain=None, path=None):
        found = [value for key, value, at, under in self._all()
                 if key == name and domain in (None, at) and path in (None, under)]
        if len(found) > 1:
            raise CookieConflictError(f"There are multiple cookies with name, {name!r}")
        return found[0] if found else default

    def __getitem__(self, name):
        value = self.get(name)
        if value is None:
            raise KeyError(f"name={name!r}, domain=None, path=None")
        return value

    def __setitem__(self, name, value):
        self.set(name, value)

    def __delitem__(self, name):
        self._remove(name)

    def __contains__(self, name):
        return any(key == name for key, *_ in self._all())

    def keys(self):
        return [key for key, *_ in self._all()]

    def values(self):
        return [value for _, value, *_ in self._all()]

    def items(self):
        return [(key, value) for key, value, *_ in self._all()]

    def __iter__(self):
        return iter(self.keys())

    def __len__(self):
        return len(self._all())

    def get_dict(self, domain=None, path=None):
        return {key: value for key, value, at, under in self._all()
                if domain in (None, at) and path in (None, under)}

    def update(self, other):
        merge_cookies(self, other)

    def clear(self):
        self._remove()

    def copy(self):
        made = RequestsCookieJar()
        made._merge(self)
        return made


def cookiejar_from_dict(cookies, cookiejar=None, overwrite=True):
    jar = RequestsCookieJar() if cookiejar is None else cookiejar
    return merge_cookies(jar, cookies or {})


def merge_cookies(cookiejar, cookies):
    if isinstance(cookies, Jar):
        cookiejar._merge(cookies)
    else:
        for name, value in dict(cookies).items():
            cookiejar.set(name, value)
    return cookiejar
