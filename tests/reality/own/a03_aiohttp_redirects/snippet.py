"""Redirects: what is followed, and what goes along."""
import aiohttp
from fastapi import FastAPI

app = FastAPI()
START = "https://shop.acme.example"

def told(error, depth=0):
    kind = type(error)
    found = [f"{kind.__module__}.{kind.__qualname__}: {error}"]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found + (told(cause, depth + 1) if cause is not None and depth < 4 else [])


@app.get("/follow/{path}")
async def follow(path: str, mode: str = "get"):
    headers = {"Authorization": "Bearer shop-token", "X-Api-Key": "shop-key"}
    try:
        async with aiohttp.ClientSession(headers=headers, cookies={"sid": "cookie-1"}, timeout=aiohttp.ClientTimeout(total=4)) as session:
            options = {"json": {"card": "4111"}} if mode in ("post", "put") else {}
            if mode == "stop":
                mode, options = "get", {"allow_redirects": False}
            if mode == "two":
                mode, options = "get", {"max_redirects": 2}
            async with session.request(mode, f"{START}/{path}", **options) as response:
                return {"status": response.status, "url": str(response.url), "method": response.method,
                        "history": [[one.status, str(one.url), one.method] for one in response.history],
                        "text": await response.text(), "location": response.headers.get("Location")}
    except Exception as error:
        return {"told": told(error), "history": [str(one.url) for one in getattr(error, "history", ())]}


@app.get("/auth")
async def auth():
    basic = aiohttp.BasicAuth("acme", "pass-9")
    try:
        async with aiohttp.ClientSession(auth=basic, timeout=aiohttp.ClientTimeout(total=4)) as session:
            async with session.get(f"{START}/away", params={"q": "a b"}) as response:
                return [response.status, str(response.url)]
    except Exception as error:
        return {"told": told(error)}
