import urllib3
from fastapi import FastAPI
from urllib3.util import Retry

app = FastAPI()
HEADERS = {"Authorization": "Bearer auth-1", "Cookie": "sid=cook-1", "X-Api-Key": "api-1"}


def described(error, depth=0):
    kind = type(error)
    found = [{"class": f"{kind.__module__}.{kind.__qualname__}".replace("builtins.", ""), "message": str(error)}]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < 6:
        found += described(cause, depth + 1)
    return found


def shown(answer):
    return {"status": answer.status, "data": answer.data.decode(), "url": answer.geturl(),
            "history": [entry.redirect_location for entry in answer.retries.history]}


@app.get("/go")
def go(way: str, method: str = "GET"):
    pool = urllib3.PoolManager(timeout=2, headers=HEADERS)
    site = "https://start.shop.example"
    try:
        if way == "pool":
            own = urllib3.HTTPSConnectionPool("start.shop.example", timeout=2, headers=HEADERS)
            return shown(own.request(method, "/same"))
        if way == "pool-foreign":
            own = urllib3.HTTPSConnectionPool("start.shop.example", timeout=2, headers=HEADERS)
            return shown(own.request(method, "/other"))
        if way == "pool-other-host":
            own = urllib3.HTTPSConnectionPool("start.shop.example", timeout=2, headers=HEADERS)
            return shown(own.request(method, "https://stock.shop.example/end"))
        retries = {"kept": Retry(3, remove_headers_on_redirect=[]), "key": Retry(3, remove_headers_on_redirect=["X-API-KEY"]),
                   "none": Retry(redirect=0), "none-quiet": Retry(redirect=0, raise_on_redirect=False),
                   "false": Retry(redirect=False)}.get(way)
        path = way if way.startswith("/") else "/other"
        body = {"body": b"card=4111"} if method == "POST" else {}
        return shown(pool.request(method, site + path, redirect=way != "not", retries=retries, **body))
    except Exception as error:
        return {"chain": described(error)}
