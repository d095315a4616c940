# requests.codes: numbers by name, made when the first is asked for.
from _urllib3 import phrase
from requests.structures import LookupDict

_ALIASES = (("moved", 301), ("permanent_redirect", 308), ("temporary_redirect", 307), ("bad", 400),
            ("too_many", 429), ("server_error", 500), ("unavailable", 503), ("see_other", 303),
            ("found", 302), ("okay", 200), ("all_ok", 200), ("unprocessable", 422), ("teapot", 418))


class _Codes(LookupDict):
    def _fill(self):
        if "ok" in self.__dict__:
            return
        for code in (*range(100, 104), *range(200, 227), *range(300, 309), *range(400, 452), *range(500, 512)):
            name = phrase(code).lower().replace(" ", "_").replace("-", "_").replace("'", "")
            if name:
                self.__dict__[name] = self.__dict__[name.upper()] = code
        for name, code in _ALIASES:
            self.__dict__[name] = code

    def __getattr__(self, name):
        self._fill()
        if name in self.__dict__:
            return self.__dict__[name]
        raise AttributeError(f"'LookupDict' object has no attribute '{name}'")

    def __getitem__(self, key):
        self._fill()
        return self.__dict__.get(key, None)

    def get(self, key, default=None):
        self._fill()
        return self.__dict__.get(key, default)


codes = _Codes(name="status_codes")
