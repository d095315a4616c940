"""Redirects: who gets which header."""
import httpx
from fastapi import FastAPI, Request
from pydantic import BaseModel

app = FastAPI()
TOKEN = "tok-redirect-1"


class Hop(BaseModel):
    status: int
    url: str
    location: str | None = None


class Report(BaseModel):
    final: str
    status: int
    hops: list[Hop]
    method: str
    body: dict | str | None = None


def report(r: httpx.Response) -> Report:
    try:
        body = r.json()
    except ValueError:
        body = r.text
    return Report(
        final=str(r.url), status=r.status_code, method=r.request.method, body=body,
        hops=[Hop(status=h.status_code, url=str(h.url), location=h.headers.get("location")) for h in r.history],
    )


@app.get("/same-host", response_model=Report)
async def same_host():
    async with httpx.AsyncClient(follow_redirects=True, headers={"Authorization": f"Bearer {TOKEN}"}) as c:
        return report(await c.get("https://files.acme.example/old"))


@app.get("/other-host", response_model=Report, response_model_exclude_none=True)
async def other_host():
    async with httpx.AsyncClient(follow_redirects=True) as c:
        r = await c.get("https://files.acme.example/cdn", auth=("svc", "pw-redirect-2"),
                        headers={"X-Api-Key": TOKEN}, cookies={"sid": "abc"})
        return report(r)


@app.post("/upload")
async def upload(request: Request):
    data = await request.body()
    with httpx.Client(max_redirects=4, follow_redirects=True) as c:
        out = {}
        for code in (301, 302, 303, 307, 308):
            r = c.post(f"https://files.acme.example/moved/{code}", content=data)
            out[str(code)] = report(r).model_dump(exclude={"final"}, exclude_none=True)
        return out


@app.get("/loop")
async def loop():
    async with httpx.AsyncClient(follow_redirects=True, max_redirects=3) as c:
        try:
            await c.get("https://files.acme.example/loop")
        except httpx.TooManyRedirects as e:
            return {"error": str(e), "request": str(e.request.url)}


@app.get("/manual")
async def manual():
    async with httpx.AsyncClient() as c:
        r = await c.get("https://files.acme.example/old")
        seen = [r.status_code, r.is_redirect, r.has_redirect_location]
        while r.next_request is not None:
            r = await c.send(r.next_request)
            seen.append((r.status_code, str(r.url)))
        return seen


@app.get("/strict")
async def strict():
    r = httpx.get("https://files.acme.example/old")
    r.raise_for_status()
    return r.text
