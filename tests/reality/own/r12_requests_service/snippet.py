"""requests as people use it: a session with an adapter, hooks and a wrapper class."""
import os
from urllib.parse import urljoin

import requests
from fastapi import FastAPI, HTTPException
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth
from urllib3.util.retry import Retry

app = FastAPI()


class TokenAuth(AuthBase):
    def __init__(self, token):
        self.token = token

    def __call__(self, r):
        r.headers["X-Token"] = self.token
        return r


class TimeoutAdapter(HTTPAdapter):
    def __init__(self, *args, timeout=2, **kwargs):
        self.timeout = timeout
        super().__init__(*args, **kwargs)

    def send(self, request, **kwargs):
        if kwargs.get("timeout") is None:
            kwargs["timeout"] = self.timeout
        return super().send(request, **kwargs)


class CrmClient:
    base = os.environ.get("CRM_URL", "https://crm.acme.example/api/")

    def __init__(self) -> None:
        self.session = requests.Session()
        retries = Retry(total=2, backoff_factor=0.01, status_forcelist=[502, 503], allowed_methods=["GET"], raise_on_status=False)
        self.session.mount("https://", TimeoutAdapter(max_retries=retries, timeout=1.5))
        self.session.headers.update({"Accept": "application/json"})
        self.session.auth = TokenAuth("crm-tok-12")
        self.session.hooks["response"].append(self._check)
        self.calls = 0

    def _check(self, response, *args, **kwargs):
        self.calls += 1
        response.raise_for_status()

    def get(self, path, **params):
        return self.session.get(urljoin(self.base, path), params=params).json()

    def create(self, **fields):
        return self.session.post(urljoin(self.base, "contacts"), json=fields).json()


crm = CrmClient()


@app.get("/contacts/{ident}")
def contact(ident: int):
    try:
        return crm.get(f"contacts/{ident}", expand=["notes", "deals"], empty=None)
    except requests.exceptions.SSLError as e:
        raise HTTPException(502, detail=f"tls: {e.__class__.__name__}")
    except requests.HTTPError as e:
        raise HTTPException(e.response.status_code, detail=str(e))
    except (requests.ConnectionError, requests.Timeout) as e:
        raise HTTPException(503, detail={"error": type(e).__name__, "url": e.request.url})


@app.post("/contacts")
def create(body: dict):
    try:
        return {"created": crm.create(**body), "calls": crm.calls}
    except requests.RequestException as e:
        return {"failed": type(e).__name__, "mro": [c.__name__ for c in type(e).__mro__[:4]], "calls": crm.calls}


@app.get("/basic")
def basic():
    r = requests.get("https://crm.acme.example/basic", auth=HTTPBasicAuth("joe", "pw-basic"), timeout=(1, 2), cookies={"a": "b"})
    return [r.status_code, r.ok, r.reason, r.url, r.encoding, r.headers["content-type"], r.request.headers["Authorization"][:6]]


@app.get("/bad")
def bad():
    out = []
    for url in ("crm.acme.example/x", "http://", "https://crm.acme.example:port/"):
        try:
            requests.get(url)
        except requests.exceptions.RequestException as e:
            out.append([type(e).__name__, str(e), isinstance(e, ValueError)])
    return out
