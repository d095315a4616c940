"""An older style: on_event, global clients, sync routes with requests, print and os.environ."""
import json
import os
import sys
import threading
import time

import requests
from fastapi import FastAPI, Form, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

app = FastAPI(title="legacy", docs_url=None, redoc_url=None)
session = None
config = {}
lock = threading.Lock()
counter = 0

BASE_URL = os.environ.get("INVENTORY_URL") or "https://inventory.legacy.example"
VERIFY = os.environ.get("VERIFY", "true").lower() not in ("false", "0", "no")


@app.on_event("startup")
def startup():
    global session, config
    session = requests.Session()
    session.headers["X-App"] = "legacy/%s" % os.getenv("VERSION", "dev")
    session.verify = VERIFY
    try:
        config = session.get(BASE_URL + "/config.json", timeout=2).json()
    except Exception as e:
        print("config not loaded:", e, file=sys.stderr)
        config = {"limit": 5}


@app.on_event("shutdown")
async def shutdown():
    session.close()


@app.middleware("http")
async def count(request: Request, call_next):
    global counter
    with lock:
        counter += 1
    response = await call_next(request)
    response.headers["X-Count"] = str(counter)
    return response


@app.get("/items/{item_id}", response_class=HTMLResponse)
def item(item_id: int, response: Response):
    try:
        r = session.get("%s/items/%d" % (BASE_URL, item_id), timeout=(1, 2), params={"limit": config.get("limit")})
    except requests.exceptions.SSLError as e:
        return HTMLResponse("<p>certificate: %s</p>" % e.args[0].reason.__class__.__name__, status_code=502)
    except requests.exceptions.ConnectionError:
        return HTMLResponse("<p>no connection</p>", 503)
    except requests.exceptions.Timeout:
        return HTMLResponse("<p>timeout</p>", 504)
    if not r.ok:
        return Response(status_code=r.status_code, content=r.content, headers={"X-Reason": r.reason})
    data = r.json()
    return "<ul>" + "".join("<li>{}: {}</li>".format(k, v) for k, v in sorted(data.items())) + "</ul>"


@app.post("/orders")
def order(sku: str = Form(...), qty: int = Form(1, gt=0)):
    payload = dict(sku=sku, qty=qty, at=None)
    r = session.post(BASE_URL + "/orders", data=json.dumps(payload), headers={"Content-Type": "application/json"}, timeout=2)
    return JSONResponse(r.json(), status_code=r.status_code)


@app.get("/info")
def info():
    return {"config": config, "counter": counter, "verify": session.verify, "version": "%d.%d" % sys.version_info[:2], "headers": dict(session.headers), "alive": threading.current_thread() is not None}


@app.get("/docs")
def docs():
    return {"docs": "mine"}
