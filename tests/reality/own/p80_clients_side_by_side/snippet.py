import asyncio

import requests
import urllib3
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

app = FastAPI()
session = requests.Session()
session.headers["X-Side"] = "side-key-3"
http = urllib3.PoolManager(maxsize=2, headers={"X-Side": "side-key-3"})


def described(error, depth=0):
    kind = type(error)
    found = [{"class": f"{kind.__module__}.{kind.__qualname__}".replace("builtins.", ""), "message": str(error)}]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < 6:
        found += described(cause, depth + 1)
    return found


def read(path):
    try:
        return session.get("https://api.side.example" + path, timeout=(1, 2)).json()
    except requests.RequestException as error:
        return type(error).__name__


@app.get("/to-thread")
async def to_thread():
    return await asyncio.gather(asyncio.to_thread(read, "/a"), run_in_threadpool(read, "/b"))


@app.get("/late")
async def late():
    try:
        return await asyncio.wait_for(asyncio.to_thread(read, "/slow"), 0.4)
    except TimeoutError as error:
        return {"chain": described(error)[:1]}


@app.get("/blocked")
async def blocked():
    return [http.request("GET", "https://api.side.example/a").json(), read("/b")]


@app.get("/odd")
def odd(url: str):
    try:
        answer = session.get(url, timeout=2)
        return {"status": answer.status_code, "url": answer.url}
    except requests.RequestException as error:
        return {"chain": described(error)}


@app.get("/odd-pool")
def odd_pool(url: str):
    try:
        answer = urllib3.request("GET", url, retries=False, timeout=2)
        return {"status": answer.status, "url": answer.geturl()}
    except urllib3.exceptions.HTTPError as error:
        return {"chain": described(error)}


@app.get("/head")
def head():
    answer = http.request("HEAD", "https://api.side.example/a")
    other = session.head("https://api.side.example/moved", timeout=2)
    return [answer.status, answer.data.decode(), other.status_code, other.is_redirect, other.next.url if other.next else None]
