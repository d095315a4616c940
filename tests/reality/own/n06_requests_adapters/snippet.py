import os
import ssl
from functools import partial

import requests
from fastapi import FastAPI, HTTPException
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth
from requests.exceptions import ConnectionError, HTTPError, ReadTimeout, RequestException, SSLError, Timeout
from urllib3.util.retry import Retry
from urllib3.util.ssl_ import create_urllib3_context

app = FastAPI()
API = os.environ.get("API_URL", "https://api.acme.example")


class TimeoutAdapter(HTTPAdapter):
    def __init__(self, *args, timeout=2, **kwargs):
        self.timeout = timeout
        super().__init__(*args, **kwargs)

    def send(self, request, **kwargs):
        if kwargs.get("timeout") is None:
            kwargs["timeout"] = self.timeout
        return super().send(request, **kwargs)


class TlsAdapter(HTTPAdapter):
    """Legacy ciphers for an old appliance."""

    def init_poolmanager(self, connections, maxsize, block=False, **kwargs):
        context = create_urllib3_context(ciphers="DEFAULT@SECLEVEL=1")
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.check_hostname = False
        kwargs["ssl_context"] = context
        return super().init_poolmanager(connections, maxsize, block, **kwargs)

    def cert_verify(self, conn, url, verify, cert):
        super().cert_verify(conn, url, verify, cert)
        conn.assert_hostname = False


class TokenAuth(AuthBase):
    def __init__(self, token):
        self.token = token

    def __call__(self, r):
        r.headers["X-Token"] = self.token
        r.register_hook("response", self.seen)
        return r

    def seen(self, r, *args, **kwargs):
        r.headers["X-Seen"] = "1"
        return r


def make(adapter=None):
    session = requests.Session()
    session.headers.update({"Accept": "application/json"})
    session.headers["User-Agent"] = "shop/1"
    session.auth = TokenAuth("tok-secret-9")
    if adapter:
        session.mount("https://", adapter)
    return session


def describe(error):
    return {"class": type(error).__name__, "bases": [c.__name__ for c in type(error).__mro__[1:4]], "request": error.request.method if error.request is not None else None, "response": error.response is not None}


def run(f):
    try:
        r = f()
    except RequestException as e:
        return describe(e)
    return [r.status_code, r.headers.get("X-Seen"), r.url, len(r.history), r.ok]


@app.get("/plain-session")
def plain_session():
    with make(TimeoutAdapter()) as s:
        return [run(partial(s.get, API + p)) for p in ("/v1/items", "/empty", "/broken", "/moved", "/slow")]


@app.get("/lax")
def lax():
    with make(TlsAdapter()) as s:
        return [run(partial(s.get, API + "/v1/items", timeout=2))]


@app.get("/retry")
def retry():
    retries = Retry(total=2, backoff_factor=0, status_forcelist=[503], allowed_methods=frozenset(["GET"]), raise_on_status=False, respect_retry_after_header=True)
    with make(HTTPAdapter(max_retries=retries, pool_maxsize=2)) as s:
        return [run(partial(s.get, API + "/broken", timeout=2)), run(partial(s.get, API + "/v1/items", timeout=2))]


@app.get("/hooks")
def hooks():
    calls = []

    def check(r, *a, **k):
        calls.append([r.status_code, sorted(k)])
        r.raise_for_status()
    try:
        r = requests.get(API + "/broken", hooks={"response": [check, lambda r, **k: None]}, timeout=2)
        return r.status_code
    except HTTPError as e:
        return [str(e), e.response.status_code, e.response.reason, calls]
    except (SSLError, Timeout) as e:
        raise HTTPException(502, f"{type(e).__name__}") from e
    except ConnectionError as e:
        raise HTTPException(503, f"{type(e.args[0]).__name__}")


@app.get("/basic")
def basic():
    s = requests.Session()
    s.auth = ("shop", "pw-77")
    s.cookies.set("lang", "de")
    s.params = {"v": "1"}
    out = []
    for url in ("http://plain.acme.example/r", API + "/cookie", API + "/v1/items/1"):
        try:
            r = s.get(url, timeout=(1, 2), params={"q": "a b"})
            out.append([r.url, r.json(), [h.url for h in r.history], sorted(s.cookies.get_dict().items()), r.request.headers.get("Authorization"), r.request.headers.get("Cookie")])
        except requests.exceptions.JSONDecodeError as e:
            out.append(["json", str(e)])
        except requests.RequestException as e:
            out.append(type(e).__name__)
    return out


@app.get("/prepared")
def prepared():
    req = requests.Request("POST", API + "/v1/orders", json={"n": 1}, auth=HTTPBasicAuth("shop", "pw-77"))
    s = requests.Session()
    p = s.prepare_request(req)
    settings = s.merge_environment_settings(p.url, {}, None, None, None)
    try:
        r = s.send(p, timeout=2, **settings)
    except RequestException as e:
        return [p.method, p.headers["Content-Type"], p.body.decode(), type(e).__name__, sorted(settings)]
    return [p.headers["Content-Type"], p.body.decode(), r.json(), r.headers["location"], r.reason, r.encoding, r.apparent_encoding, r.is_redirect, r.links, r.raw.status, sorted(settings)]
