"""Credentials and cookies, and when they go where."""
import aiohttp
from fastapi import FastAPI
from yarl import URL

app = FastAPI()
API = "http://members.club.example"

def told(error, depth=0):
    kind = type(error)
    found = [f"{kind.__module__}.{kind.__qualname__}: {error}"]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found + (told(cause, depth + 1) if cause is not None and depth < 4 else [])


async def outcome(coroutine):
    try:
        return await coroutine
    except Exception as error:
        return {"told": told(error)}


async def basic(how):
    auth = aiohttp.BasicAuth("ann", "club-pass")
    if how == "header":
        session = aiohttp.ClientSession(headers={"Authorization": "Bearer club-token"})
        options = {"auth": auth}
    elif how == "session":
        session, options = aiohttp.ClientSession(auth=auth), {}
    elif how == "other-origin":
        session, options = aiohttp.ClientSession("https://club.example/", auth=auth), {}
    elif how == "tuple":
        session, options = aiohttp.ClientSession(), {"auth": ("ann", "club-pass")}
    else:
        session, options = aiohttp.ClientSession(), {"auth": auth}
    url = "http://ann:club-pass@members.club.example/me" if how in ("url", "twice") else f"{API}/me"
    if how == "url":
        options = {}
    async with session:
        async with session.get(url, timeout=aiohttp.ClientTimeout(total=4), **options) as response:
            return await response.json()


@app.get("/basic/{how}")
async def route_basic(how: str):
    return await outcome(basic(how))


@app.get("/make")
async def make():
    found = []
    for arguments in (("a:b", "c"), (None, "c"), ("a", None)):
        try:
            found.append(aiohttp.BasicAuth(*arguments).encode())
        except ValueError as error:
            found.append(str(error))
    found.append(aiohttp.BasicAuth.decode("Basic YW5uOmNsdWItcGFzcw=="))
    found.append(aiohttp.BasicAuth("ann").encode())
    return found


async def cookies():
    jar = aiohttp.CookieJar()
    jar.update_cookies({"lang": "en"}, URL("http://other.example/"))
    async with aiohttp.ClientSession(cookie_jar=jar, cookies={"shared": "club-shared"}, timeout=aiohttp.ClientTimeout(total=4)) as session:
        async with session.get(f"{API}/login") as response:
            set_now = {name: morsel.value for name, morsel in response.cookies.items()}
        async with session.get(f"{API}/deep/page", cookies={"extra": "1"}) as response:
            first = await response.json()
        async with session.get(f"{API}/me", headers={"Cookie": "own=2"}) as response:
            second = await response.json()
        held = sorted(f"{one.key}={one.value};{one['domain']};{one['path']}" for one in session.cookie_jar)
        sent = session.cookie_jar.filter_cookies(URL("https://www.members.club.example/deep/page"))
        return {"set": set_now, "first": first, "second": second, "held": held, "below": sorted(sent),
                "count": len(session.cookie_jar)}


@app.get("/cookies")
async def route_cookies():
    return await outcome(cookies())
