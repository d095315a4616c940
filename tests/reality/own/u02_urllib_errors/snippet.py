import socket
import ssl
import urllib.error
import urllib.request

from fastapi import FastAPI, HTTPException
from fastapi.responses import JSONResponse

app = FastAPI()
BASE = "https://orders.shop.example"


def described(reason):
    found = {"kind": type(reason).__name__, "text": str(reason), "args": [str(one) for one in getattr(reason, "args", ())]}
    for name in ("errno", "strerror", "library", "verify_code", "verify_message"):
        if hasattr(reason, name):
            found[name] = getattr(reason, name)
    if isinstance(reason, ssl.SSLError):
        found["ssl"] = reason.reason
    return found


@app.get("/orders/{number}")
def orders(number: str):
    request = urllib.request.Request(f"{BASE}/orders/{number}", headers={"Authorization": "Bearer order-token"})
    try:
        with urllib.request.urlopen(request, timeout=4) as answer:
            return {"status": answer.status, "body": answer.read().decode(), "headers": dict(answer.getheaders()) and True,
                    "kind": answer.getheader("content-type"), "missing": answer.getheader("X-None", "none"),
                    "info": answer.info()["Content-Type"], "length": answer.length}
    except urllib.error.HTTPError as exc:
        return JSONResponse(status_code=502, content={
            "code": exc.code, "status": exc.status, "msg": exc.msg, "reason": exc.reason, "text": str(exc), "repr": repr(exc),
            "body": exc.read().decode(), "retry": exc.headers["Retry-After"], "url": exc.url, "file": exc.filename,
            "hdrs": exc.hdrs is exc.headers})
    except urllib.error.URLError as exc:
        return JSONResponse(status_code=503, content={"reason": described(exc.reason), "text": str(exc), "repr": repr(exc)[:40]})


@app.get("/classes")
def classes():
    try:
        urllib.request.urlopen(BASE + "/orders/1", timeout=4).close()
    except ssl.SSLError:
        return "ssl"
    except socket.gaierror:
        return "gaierror"
    except urllib.error.HTTPError as exc:
        return "http", exc.code
    except urllib.error.URLError as exc:
        if isinstance(exc.reason, ssl.SSLCertVerificationError):
            return "certificate", exc.reason.verify_code, exc.reason.verify_message
        if isinstance(exc.reason, socket.gaierror):
            return "name", exc.reason.errno
        if isinstance(exc.reason, (TimeoutError, ConnectionRefusedError)):
            return "connection", type(exc.reason).__name__
        return "other", str(exc.reason)
    return "ok"


@app.get("/plain/{number}")
def plain(number: str):
    try:
        return urllib.request.urlopen(f"{BASE}/orders/{number}", timeout=4).read().decode()
    except Exception as exc:
        raise HTTPException(status_code=500, detail=f"{type(exc).__module__}.{type(exc).__name__}: {exc}") from exc


@app.get("/unhandled/{number}")
def unhandled(number: str):
    return urllib.request.urlopen(f"{BASE}/orders/{number}", timeout=4).read().decode()


@app.get("/bad/{which}")
def bad(which: str):
    urls = {"scheme": "ftps://orders.shop.example/", "none": "orders.shop.example", "space": "https://orders.shop.example/a b",
            "empty": "https:///path", "unknown": "gopher://x.example/", "port": "https://orders.shop.example:99x/",
            "control": "https://orders.shop.example/a\n"}
    try:
        urllib.request.urlopen(urls[which], timeout=4)
    except Exception as exc:
        return {"class": f"{type(exc).__module__}.{type(exc).__qualname__}", "text": str(exc)}
