import json
import urllib.parse
import urllib.request

from fastapi import FastAPI, Request

app = FastAPI()
BASE = "http://crm.acme.internal"


@app.post("/customer")
async def customer(incoming: Request):
    body = await incoming.json()
    form = urllib.request.Request(f"{BASE}/form", data=urllib.parse.urlencode(body).encode("ascii"))
    put = urllib.request.Request(f"{BASE}/json/" + urllib.parse.quote(body["name"]), method="PUT", data=json.dumps(body).encode(),
                                 headers={"Content-type": "application/json", "x-trace-id": "t-1"})
    put.add_header("X-CRM-Key", "crm-key")
    head = urllib.request.Request(f"{BASE}/json/x#part", method="HEAD", headers={"User-Agent": "acme", "Host": "crm.example"})
    found = []
    for request in (form, put, head):
        try:
            with urllib.request.urlopen(request, timeout=4) as answer:
                found.append([answer.status, answer.read().decode(), answer.url])
        except OSError as exc:
            found.append(f"{type(exc).__name__}: {exc}")
    return found


@app.get("/object")
def described():
    made = urllib.request.Request("https://User.Example:8443/a/b?c=d#frag", data=b"x", headers={"x-a-B": "1"}, origin_req_host="o.example")
    made.add_unredirected_header("Authorization", "t")
    return {"url": made.full_url, "get": made.get_full_url(), "host": made.host, "type": made.type, "selector": made.selector, "fragment": made.fragment,
            "method": made.get_method(), "headers": made.headers, "items": made.header_items(), "has": made.has_header("X-a-b"), "value": made.get_header("X-a-b"),
            "origin": made.origin_req_host, "unverifiable": made.unverifiable, "none": urllib.request.Request("http://x.example").get_method()}


@app.get("/wrong/{what}")
def wrong(what: str):
    try:
        if what == "text":
            urllib.request.urlopen(f"{BASE}/form", data="a=1", timeout=4)
        elif what == "cafile":
            urllib.request.urlopen(f"{BASE}/form", cafile="certs/internal-ca.pem", timeout=4)
        elif what == "url":
            urllib.request.urlopen(None)
        elif what == "retrieve":
            path, headers = urllib.request.urlretrieve(f"{BASE}/file", "got.txt")
            return {"path": path, "text": open(path).read(), "kind": headers["Content-Type"]}
        elif what == "data":
            return urllib.request.urlopen("data:text/plain,hello%20you").read().decode()
    except Exception as exc:
        return {"class": type(exc).__name__, "text": str(exc)}


@app.get("/read")
def read():
    try:
        answer = urllib.request.urlopen(f"{BASE}/lines", timeout=4)
    except OSError as exc:
        return {"error": str(exc)}
    first = answer.readline()
    rest = [line.decode() for line in answer]
    return {"first": first.decode(), "rest": rest, "again": answer.read().decode(), "closed": answer.closed, "fp": answer.fp is None}
