import ssl

import requests
from fastapi import FastAPI
from requests.adapters import HTTPAdapter

app = FastAPI()
URL = "https://erp.parts.example/price"


def described(error, depth=0):
    kind = type(error)
    found = [{"class": f"{kind.__module__}.{kind.__qualname__}".replace("builtins.", ""), "message": str(error)}]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < 6:
        found += described(cause, depth + 1)
    return found


class ContextAdapter(HTTPAdapter):
    def __init__(self, context, **kw):
        self.context = context
        super().__init__(**kw)

    def init_poolmanager(self, *args, **kwargs):
        kwargs["ssl_context"] = self.context
        return super().init_poolmanager(*args, **kwargs)


class NameAdapter(HTTPAdapter):
    def __init__(self, name):
        self.name = name
        super().__init__()

    def init_poolmanager(self, connections, maxsize, block=False):
        super().init_poolmanager(connections, maxsize, block, assert_hostname=self.name)


class SniAdapter(HTTPAdapter):
    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, server_hostname="attacker-owned.example", **kwargs)


class LooseAdapter(HTTPAdapter):
    def cert_verify(self, conn, url, verify, cert):
        super().cert_verify(conn, url, False, cert)


class SendAdapter(HTTPAdapter):
    def send(self, request, **kwargs):
        kwargs["verify"] = False
        request.headers["X-Sent-By"] = "adapter"
        return super().send(request, **kwargs)


def loose():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


WAYS = {
    "default": HTTPAdapter,
    "loose-context": lambda: ContextAdapter(loose()),
    "default-context": lambda: ContextAdapter(ssl.create_default_context()),
    "internal-context": lambda: ContextAdapter(ssl.create_default_context(cafile="certs/internal-ca.pem")),
    "no-name": lambda: NameAdapter(False),
    "other-name": lambda: NameAdapter("attacker-owned.example"),
    "sni": SniAdapter,
    "loose-verify": LooseAdapter,
    "send": SendAdapter,
}


@app.get("/price")
def price(way: str, verify: bool = True):
    session = requests.Session()
    session.headers["X-Erp"] = "erp-key-7"
    session.mount("https://erp.parts.example", WAYS[way]())
    try:
        answer = session.get(URL, timeout=3, verify=verify)
        return {"status": answer.status_code, "data": answer.json()}
    except Exception as error:
        return {"chain": described(error)}
