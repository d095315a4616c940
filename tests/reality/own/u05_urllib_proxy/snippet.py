import json
import ssl
import urllib.error
import urllib.request

from fastapi import FastAPI

app = FastAPI()
KEY = {"X-News-Key": "news-key-9"}


def fetch(opener, url):
    try:
        with opener.open(urllib.request.Request(url, headers=KEY), timeout=4) as answer:
            return json.load(answer)
    except urllib.error.URLError as exc:
        return {"error": str(exc), "reason": type(exc.reason).__name__}


@app.get("/argument/{scheme}")
def argument(scheme: str, loose: bool = False):
    handlers = [urllib.request.ProxyHandler({"http": "http://px-user:px-pass@proxy.acme.internal:3128",
                                             "https": "http://px-user:px-pass@proxy.acme.internal:3128"})]
    if loose:
        handlers.append(urllib.request.HTTPSHandler(context=ssl._create_unverified_context()))
    return fetch(urllib.request.build_opener(*handlers), f"{scheme}://api.news.example/top")


@app.get("/environment/{scheme}")
def environment(scheme: str):
    return fetch(urllib.request.build_opener(), f"{scheme}://api.news.example/top")


@app.get("/bypass/{scheme}")
def bypass(scheme: str):
    return fetch(urllib.request.build_opener(), f"{scheme}://direct.news.example/top")


@app.get("/none/{scheme}")
def none(scheme: str):
    return fetch(urllib.request.build_opener(urllib.request.ProxyHandler({})), f"{scheme}://api.news.example/top")


@app.get("/proxies")
def proxies():
    return {"all": urllib.request.getproxies(), "bypass": bool(urllib.request.proxy_bypass("direct.news.example"))}
