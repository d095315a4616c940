import urllib3
from fastapi import FastAPI
from urllib3 import make_headers

app = FastAPI()


def described(error, depth=0):
    kind = type(error)
    found = [{"class": f"{kind.__module__}.{kind.__qualname__}".replace("builtins.", ""), "message": str(error)}]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < 6:
        found += described(cause, depth + 1)
    return found


@app.get("/news")
def news(scheme: str, way: str = "plain"):
    settings = {"none": {"cert_reqs": "CERT_NONE"}, "basic": {"proxy_headers": make_headers(proxy_basic_auth="app:px-pass-2")},
                "no-retry": {"retries": False}}.get(way, {})
    try:
        proxy = urllib3.ProxyManager("http://proxy.office.example:3128", timeout=2, **settings)
        answer = proxy.request("GET", f"{scheme}://wire.news.example/top?x=1", headers={"X-News": "news-key-2"})
        return {"status": answer.status, "data": answer.data.decode()}
    except Exception as error:
        return {"chain": described(error)}


@app.get("/wrong")
def wrong(url: str):
    try:
        return str(urllib3.proxy_from_url(url).proxy)
    except Exception as error:
        return {"chain": described(error)}
