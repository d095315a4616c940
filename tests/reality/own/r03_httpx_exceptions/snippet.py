"""Which except clause catches what."""
import httpx
from fastapi import FastAPI, HTTPException, Query, status
from typing import Annotated, Literal

app = FastAPI()
BASE = "https://catalog.acme.example"


def describe(exc: BaseException) -> dict:
    return {
        "class": f"{type(exc).__module__}.{type(exc).__qualname__}",
        "text": str(exc),
        "bases": [c.__name__ for c in type(exc).__mro__[1:-1]],
    }


@app.get("/item/{sku}")
async def item(sku: str, timeout: Annotated[float, Query(gt=0, le=30)] = 2.0):
    try:
        async with httpx.AsyncClient(timeout=timeout) as client:
            r = await client.get(f"{BASE}/items/{sku}")
            r.raise_for_status()
    except httpx.ConnectTimeout:
        raise HTTPException(status.HTTP_504_GATEWAY_TIMEOUT, "connect timeout")
    except httpx.TimeoutException as exc:
        raise HTTPException(504, describe(exc))
    except httpx.HTTPStatusError as exc:
        if exc.response.status_code == 404:
            raise HTTPException(404, detail=f"no {sku}", headers={"X-Reason": "missing"})
        raise HTTPException(502, detail=describe(exc)) from exc
    except httpx.RequestError as exc:
        return {"degraded": True, **describe(exc)}
    else:
        return r.json()
    finally:
        app.state.last = sku


@app.get("/probe/{kind}")
def probe(kind: Literal["scheme", "empty", "space", "closed", "stream", "port", "decode", "relative", "toolong"]):
    try:
        match kind:
            case "scheme":
                httpx.get("ftp://catalog.acme.example/x")
            case "empty":
                httpx.get("")
            case "space":
                httpx.get("https://catalog acme.example/x")
            case "closed":
                client = httpx.Client()
                client.close()
                client.get(BASE)
            case "stream":
                with httpx.Client() as client, client.stream("GET", f"{BASE}/items/1") as r:
                    return r.json()
            case "port":
                httpx.get("https://catalog.acme.example:99999/x")
            case "decode":
                return httpx.get(f"{BASE}/text").json()
            case "relative":
                httpx.get("/items/1")
            case "toolong":
                httpx.get("https://catalog.acme.example/" + "x" * 70000)
    except Exception as exc:
        return describe(exc)
    return "no exception"
