"""Headers, cookies, links and errors as objects."""
import aiohttp
from fastapi import FastAPI
from multidict import CIMultiDict, CIMultiDictProxy, MultiDict, istr

app = FastAPI()
API = "http://objects.lib.example"

def told(error, depth=0):
    kind = type(error)
    found = [f"{kind.__module__}.{kind.__qualname__}: {error}"]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found + (told(cause, depth + 1) if cause is not None and depth < 4 else [])


@app.get("/answer")
async def answer():
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=4)) as session:
        async with session.get(API + "/full") as r:
            cookie = r.cookies.get("theme")
            return {"raw": [[name.decode(), value.decode()] for name, value in r.raw_headers if name.lower() not in (b"date", b"server", b"connection", b"content-length")],
                    "link": str(r.links["next"]["url"]) if "next" in r.links else None,
                    "cookie": cookie and [cookie.key, cookie.value, cookie["path"], cookie["secure"], cookie.OutputString()],
                    "cookies": str(r.cookies), "ctype": r.content_type, "charset": r.charset, "enc": r.get_encoding(),
                    "dispo": r.content_disposition and r.content_disposition.filename, "text": await r.text(),
                    "etag": r.headers.get(aiohttp.hdrs.ETAG), "kind": type(r.headers).__name__}


@app.get("/error")
async def error():
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=4)) as session:
        try:
            async with session.get(API + "/teapot", headers={"X-A": "1"}) as r:
                r.raise_for_status()
        except aiohttp.ClientResponseError as e:
            return {"str": str(e), "status": e.status, "message": e.message, "code": e.code, "x": e.headers["X-Pot"],
                    "method": e.request_info.method, "sent": e.request_info.headers["X-A"], "history": len(e.history)}


@app.get("/multi")
async def multi():
    d = CIMultiDict([("A", "1"), ("b", "2"), ("a", "3")])
    d.add("C", "4")
    found = [str(d), d["a"], d.getall("A"), list(d.items()), len(d), "B" in d, d.get("zz", "none"), dict(d)]
    d["A"] = "9"
    found += [list(d.keys()), d.pop("b"), d.popall("c"), d.setdefault("new", "n")]
    d.update({"A": "10"})
    d.extend({"A": "11"})
    found += [repr(d), repr(CIMultiDictProxy(d)), CIMultiDict(a="1") == {"A": "1"}, MultiDict(a="1") == MultiDict(a="1"),
              istr("Content-Type"), d.copy() == d]
    for action in (lambda: d["none"], lambda: d.pop("none"), lambda: d.getall("none"), lambda: CIMultiDictProxy({})):
        try:
            action()
        except Exception as error:
            found.append(f"{type(error).__name__}: {error}")
    return found


@app.get("/classes")
async def classes():
    names = ("ClientError", "ClientResponseError", "ContentTypeError", "WSServerHandshakeError", "ClientHttpProxyError",
             "TooManyRedirects", "ClientConnectionError", "ClientConnectionResetError", "ClientOSError",
             "ClientConnectorError", "ClientConnectorDNSError", "ClientProxyConnectionError", "ServerConnectionError",
             "ServerDisconnectedError", "ServerTimeoutError", "ConnectionTimeoutError", "SocketTimeoutError",
             "ServerFingerprintMismatch", "ClientPayloadError", "InvalidURL", "InvalidUrlClientError",
             "RedirectClientError", "NonHttpUrlClientError", "InvalidUrlRedirectClientError",
             "NonHttpUrlRedirectClientError", "ClientSSLError", "ClientConnectorSSLError",
             "ClientConnectorCertificateError", "WSMessageTypeError")
    found = {}
    for name in names:
        cls = getattr(aiohttp, name)
        found[name] = [f"{each.__module__}.{each.__name__}" for each in cls.__mro__[:-1]]
    return found


@app.get("/made")
async def made():
    found = [str(aiohttp.ServerDisconnectedError()), repr(aiohttp.ServerDisconnectedError("gone")),
             str(aiohttp.InvalidURL("x")), repr(aiohttp.InvalidURL("x", "why")), str(aiohttp.ClientPayloadError("short")),
             str(aiohttp.ClientOSError(104, "Connection reset by peer")), aiohttp.__version__,
             repr(aiohttp.BasicAuth("a", "b")), repr(aiohttp.ClientTimeout()), aiohttp.HttpVersion11 == (1, 1),
             aiohttp.WSMsgType.TEXT, aiohttp.WSCloseCode.OK == 1000]
    try:
        raise aiohttp.ServerTimeoutError("slow")
    except TimeoutError as error:
        found.append(repr(error))
    try:
        with aiohttp.ClientSession() as session:
            pass
    except TypeError as error:
        found.append(str(error))
    return found
