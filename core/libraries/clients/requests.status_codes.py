# requests.codes: numbers by name.
from _urllib3 import phrase
from requests.structures import LookupDict

codes = LookupDict(name="status_codes")
for _code in range(100, 600):
    _name = phrase(_code).lower().replace(" ", "_").replace("-", "_").replace("'", "")
    if _name:
        setattr(codes, _name, _code)
        setattr(codes, _name.upper(), _code)
for _name, _code in (("moved", 301), ("permanent_redirect", 308), ("temporary_redirect", 307), ("bad", 400),
                     ("too_many", 429), ("server_error", 500), ("unavailable", 503), ("see_other", 303),
                     ("found", 302), ("okay", 200), ("all_ok", 200), ("unprocessable", 422), ("teapot", 418)):
    setattr(codes, _name, _code)
