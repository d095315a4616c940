import asyncio
import ssl
from contextlib import asynccontextmanager
from types import SimpleNamespace

import aiohttp
from aiohttp import ClientError, ClientResponseError, ClientSession, ClientTimeout, TCPConnector, TraceConfig
from fastapi import Depends, FastAPI, HTTPException, Request

API = "https://api.acme.example"
seen: list = []


async def on_start(session, ctx: SimpleNamespace, params: aiohttp.TraceRequestStartParams):
    ctx.start = asyncio.get_running_loop().time()
    seen.append(["start", params.method, str(params.url), ctx.trace_request_ctx])


async def on_end(session, ctx, params: aiohttp.TraceRequestEndParams):
    seen.append(["end", params.response.status, asyncio.get_running_loop().time() >= ctx.start])


async def on_exception(session, ctx, params):
    seen.append(["exception", type(params.exception).__name__])


trace = TraceConfig()
trace.on_request_start.append(on_start)
trace.on_request_end.append(on_end)
trace.on_request_exception.append(on_exception)


@asynccontextmanager
async def lifespan(app: FastAPI):
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    async with ClientSession(base_url=API, connector=TCPConnector(ssl=context, limit=3, ttl_dns_cache=30), timeout=ClientTimeout(total=2, sock_connect=1), headers={"X-Token": "tok-secret-9"}, raise_for_status=True, trace_configs=[trace]) as session:
        app.state.session = session
        yield


app = FastAPI(lifespan=lifespan)


async def get_session(request: Request) -> ClientSession:
    return request.app.state.session


async def call(session, method, path, **kw):
    try:
        async with session.request(method, path, **kw) as response:
            return {"status": response.status, "url": str(response.url), "body": await response.text(), "type": response.content_type, "ok": response.ok, "history": len(response.history)}
    except ClientResponseError as e:
        return {"error": "response", "status": e.status, "message": e.message, "text": str(e), "url": str(e.request_info.url)}
    except aiohttp.ClientConnectorCertificateError as e:
        return {"error": "certificate", "host": e.host, "port": e.port, "cause": type(e.certificate_error).__name__}
    except aiohttp.ClientSSLError as e:
        return {"error": "ssl", "text": str(e)}
    except aiohttp.ClientConnectorError as e:
        return {"error": "connector", "errno": e.os_error.errno, "text": str(e)}
    except asyncio.TimeoutError as e:
        return {"error": "timeout", "class": type(e).__name__, "client": isinstance(e, ClientError), "text": str(e)}
    except ClientError as e:
        return {"error": type(e).__name__, "text": str(e)}


@app.get("/call/{path:path}")
async def one(path: str, session: ClientSession = Depends(get_session)):
    return await call(session, "GET", f"/{path}", trace_request_ctx={"path": path}, params={"a": 1})


@app.post("/order")
async def order(session: ClientSession = Depends(get_session)):
    data = aiohttp.FormData()
    data.add_field("n", "5")
    data.add_field("file", b"abc", filename="a.txt", content_type="text/plain")
    return [await call(session, "POST", "/v1/orders", json={"n": 1}), await call(session, "POST", "/v1/orders", data={"n": "1"}), await call(session, "POST", "/v1/orders", data=b"raw", headers={"Content-Type": "x/y"})]


@app.get("/all")
async def everything(session: ClientSession = Depends(get_session)):
    results = await asyncio.gather(*(session.get(p) for p in ("/v1/items", "/broken", "/text")), return_exceptions=True)
    out = []
    for r in results:
        if isinstance(r, BaseException):
            out.append(type(r).__name__)
        else:
            async with r:
                try:
                    out.append(await r.json())
                except aiohttp.ContentTypeError as e:
                    out.append([e.status, e.message])
    return out


@app.get("/seen")
def what():
    return seen


@app.get("/misuse")
async def misuse():
    out = []

    async def attempt(make):
        try:
            r = await make()
            out.append(repr(r)[:60])
        except Exception as e:
            out.append(f"{type(e).__module__}.{type(e).__name__}: {e}")
    s = ClientSession()
    await attempt(lambda: s.get("/relative"))
    await attempt(lambda: s.get("ftp://x.example/"))
    await attempt(lambda: s.get("https://"))
    await attempt(lambda: s.get(API + "/text", ssl="no"))
    await attempt(lambda: s.get(API + "/text", timeout="x"))
    await attempt(lambda: s.get(API + "/text", json={}, data={}))
    await attempt(lambda: s.get(API + "/text", params={"a": None}))
    await attempt(lambda: s.get(API + "/text", params={"a": True}))
    await attempt(lambda: s.get(API + "/text", headers={"a": 5}))
    await attempt(lambda: s.get(API + "/text", auth=("a", "b")))
    await attempt(lambda: s.get(API + "/text", nope=1))
    await attempt(lambda: s.post(API + "/v1/orders", data={"a": 1}))
    await attempt(lambda: s.post(API + "/v1/orders", data={"a": None}))
    await attempt(lambda: s.post(API + "/v1/orders", json={1, 2}))
    await s.close()
    await attempt(lambda: s.get(API + "/text"))
    out.append(s.closed)
    try:
        with ClientSession() as t:
            pass
    except TypeError as e:
        out.append(str(e))
    try:
        ClientSession(base_url=API + "/v1?x=1")
        ClientSession(base_url="/rel")
    except Exception as e:
        out.append(f"{type(e).__name__}: {e}")
    return out
