import httpx
from fastapi import FastAPI

app = FastAPI()
URL = "https://api.acme.example"


def attempt(f, *args, **kwargs):
    try:
        r = f(*args, **kwargs)
        return repr(r)
    except Exception as e:
        return f"{type(e).__module__}.{type(e).__name__}: {e}"


async def aattempt(awaitable):
    try:
        return repr(await awaitable)
    except Exception as e:
        return f"{type(e).__module__}.{type(e).__name__}: {e}"


@app.get("/json")
def wrong_json():
    with httpx.Client(base_url=URL, timeout=2) as client:
        text = client.get("/text")
        empty = client.get("/empty")
        items = client.get("/v1/items")
        return [attempt(text.json), attempt(empty.json), attempt(lambda: items.json()["nothing"]), attempt(lambda: items.json().items), attempt(items.json, parse_float=str), attempt(client.get("/broken").raise_for_status), attempt(client.get("/moved").raise_for_status), attempt(empty.raise_for_status), bool(text), text.is_success, text.elapsed.total_seconds() >= 0, len(text.content), list(text.iter_lines()), list(items.iter_bytes(20))[:1], text.num_bytes_downloaded]


@app.get("/urls")
def urls():
    with httpx.Client() as client:
        return [attempt(client.get, "/relative"), attempt(client.get, "ftp://api.acme.example/x"), attempt(client.get, "https://"), attempt(client.get, "https://api.acme.example:99999/"), attempt(client.get, "https://exa mple/"), attempt(client.get, 7), attempt(client.get, None), attempt(client.get, "api.acme.example/v1"), attempt(client.get, "https://api.acme.example/\x00"), attempt(client.request, "GET", URL + "/text", json={1, 2}), attempt(client.post, URL + "/v1/orders", content=7), attempt(client.post, URL + "/v1/orders", data="a=b"), attempt(client.get, URL, headers={"X-Bad": None}), attempt(client.get, URL, headers={"X-Num": 5}), attempt(client.get, URL, json={}), attempt(client.get, URL, nope=1), attempt(client.get, URL + "/text", headers={"X-\u00fc": "1"}), attempt(client.get, URL + "/text", headers={"X-Key": "a\nb"}), attempt(client.get, URL + "/text", timeout="soon"), attempt(client.get, URL + "/text", cookies=[("a", "b")]), attempt(client.get, URL + "/text", auth=("a", "b", "c")), attempt(client.get, URL + "/text", auth="abc"), attempt(client.get, URL + "/text", params=5), attempt(client.get, URL + "/text", params="a=b&c"), attempt(client.get, URL + "/text", params={"a": [1, 2], "b": None, "c": True, "d": 1.5})]


@app.get("/closed")
def closed():
    client = httpx.Client()
    client.close()
    out = [client.is_closed, attempt(client.get, URL + "/text"), attempt(client.__enter__)]
    with httpx.Client() as other:
        out.append(attempt(other.__enter__))
    out += [attempt(httpx.Client, verify=7), attempt(httpx.Client, base_url=5), attempt(httpx.Client, proxies={}), attempt(httpx.Client, timeout="x"), attempt(httpx.Timeout, connect=1), attempt(httpx.Timeout, 1, connect=2), attempt(httpx.Limits, max_connections=3), attempt(httpx.Client, proxy="socks5://p.example:1"), attempt(httpx.Client, proxy="nope"), attempt(httpx.Client, http2=True), attempt(httpx.Client, cert=("a", "b")), attempt(httpx.Client, mounts={"nope": None}), attempt(httpx.Client, transport=5)]
    return out


@app.get("/async")
async def asynchronous():
    out = []
    client = httpx.AsyncClient(timeout=2)
    out.append(await aattempt(client.get(URL + "/text")))
    await client.aclose()
    out.append(await aattempt(client.get(URL + "/text")))
    out.append(attempt(lambda: client.get))
    async with httpx.AsyncClient(timeout=2) as c:
        r = await c.get(URL + "/v1/items")
        out.append(r.json()["items"][0]["name"])
        out.append(attempt(lambda: client.__enter__))
        out.append(await aattempt(c.get(URL + "/slow", timeout=0.5)))
        out.append(await aattempt(c.send(c.build_request("GET", URL + "/text"), stream=True)))
        s = await c.send(c.build_request("GET", URL + "/text"), stream=True)
        out.append(attempt(lambda: s.text))
        out.append(attempt(lambda: s.content))
        out.append(await aattempt(s.aread()))
        out.append(attempt(lambda: s.text))
        await s.aclose()
        async with c.stream("GET", URL + "/text") as t:
            out.append([chunk async for chunk in t.aiter_text()])
            out.append(t.is_stream_consumed)
        out.append(attempt(lambda: t.text))
    return out
