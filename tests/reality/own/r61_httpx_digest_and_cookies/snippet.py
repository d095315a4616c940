"""Digest and basic auth objects, cookies that persist over a client's requests."""
import httpx
from fastapi import FastAPI

app = FastAPI()
BASE = "https://auth.acme.example"


@app.get("/digest")
def digest():
    with httpx.Client(auth=httpx.DigestAuth("joe", "digest-pw-61")) as c:
        r = c.get(f"{BASE}/digest?x=1")
        sent = r.request.headers.get("authorization", "")
        return [r.status_code, len(r.history), sent.split(" ")[0], sorted(p.split("=")[0].strip() for p in sent.partition(" ")[2].split(","))]


@app.get("/basic")
async def basic():
    async with httpx.AsyncClient(auth=httpx.BasicAuth("joe", "basic-pw-61")) as c:
        first = await c.get(f"{BASE}/echo")
        second = await c.get(f"{BASE}/echo", auth=None)
        third = await c.get("https://user:inline-pw@auth.acme.example/echo", auth=None)
        return [str(r.request.headers.get("authorization"))[:12] for r in (first, second, third)] + [str(third.url)]


@app.get("/cookies")
async def cookies():
    async with httpx.AsyncClient(base_url=BASE) as c:
        out = [dict((await c.post("/login", data={"u": "joe"})).cookies)]
        r = await c.get("/echo")
        out.append(r.request.headers.get("cookie"))
        c.cookies.set("extra", "1", domain="auth.acme.example")
        c.cookies.delete("sid")
        r = await c.get("/echo")
        out.append(r.request.headers.get("cookie"))
        out.append(sorted(c.cookies.items()))
        jar = httpx.Cookies({"a": "1"})
        jar.update({"b": "2"})
        out.append([len(jar), "a" in jar, jar["b"], jar.get("zz"), dict(jar)])
        return out


@app.get("/function")
def function():
    def sign(request):
        request.headers["X-Signed"] = f"{request.method}:{request.url.path}"
        return request
    return httpx.get(f"{BASE}/echo", auth=sign).request.headers["x-signed"]
