import requests
from fastapi import FastAPI
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth

app = FastAPI()
URL = "https://api.crm.example"


class TokenAuth(AuthBase):
    def __init__(self, token):
        self.token = token

    def __call__(self, request):
        request.headers["X-Token"] = self.token
        return request


@app.get("/auth/{kind}")
def auth(kind: str):
    session = requests.Session()
    options = {"basic": HTTPBasicAuth("app", "crm-pass"), "tuple": ("app", "crm-pass"), "own": TokenAuth("crm-tok"),
               "digest": HTTPDigestAuth("app", "crm-pass"), "function": lambda r: r}
    answer = session.get(URL + ("/digest" if kind == "digest" else "/me"), auth=options[kind], timeout=3)
    return {"status": answer.status_code, "sent": sorted(answer.request.headers), "history": len(answer.history)}


@app.get("/hooks")
def hooks():
    seen = []

    def note(answer, *args, **kwargs):
        seen.append([answer.status_code, sorted(kwargs)])

    def checked(answer, *args, **kwargs):
        answer.raise_for_status()

    session = requests.Session()
    session.hooks["response"] = [note, checked]
    session.get(URL + "/me", timeout=3)
    try:
        session.get(URL + "/gone", hooks={"response": note}, timeout=3)
        session.get(URL + "/gone", timeout=3)
    except requests.HTTPError as error:
        return {"seen": seen, "error": str(error), "status": error.response.status_code}
    return {"seen": seen}


@app.get("/prepared")
def prepared():
    session = requests.Session()
    request = requests.Request("POST", URL + "/in", params={"a": [1, 2], "b": None}, data={"x": "ü", "y": "1 2"},
                               headers={"X-Crm": "crm-key"}, cookies={"sid": "crm-sid"})
    made = session.prepare_request(request)
    made.headers["X-More"] = "1"
    answer = session.send(made, timeout=3, verify=True)
    return {"url": made.url, "path": made.path_url, "body": made.body, "method": made.method, "repr": repr(made),
            "status": answer.status_code, "headers": dict(made.headers)}


@app.get("/stream")
def stream():
    with requests.get(URL + "/text", stream=True, timeout=(2, 3)) as answer:
        lines = [line for line in answer.iter_lines(decode_unicode=True)]
    again = requests.get(URL + "/text", stream=True, timeout=3)
    pieces = [piece.decode() for piece in again.iter_content(chunk_size=7)]
    raw = requests.get(URL + "/text", stream=True, timeout=3)
    return {"lines": lines, "pieces": pieces, "raw": raw.raw.read(4).decode(), "rest": raw.text,
            "encoding": answer.encoding, "ok": answer.ok, "type": answer.headers["Content-Type"]}


@app.get("/session")
def session():
    with requests.Session() as s:
        s.auth = ("u", "crm-pass")
        s.headers.update({"User-Agent": "crm/1", "Accept": None})
        s.params = {"tenant": "t1"}
        s.cookies.set("lang", "de", domain="api.crm.example")
        first = s.get(URL + "/cookie", params={"x": 1}, timeout=3)
        second = s.get(URL + "/me", headers={"Accept": "text/plain"}, cookies={"extra": "1"}, timeout=3)
        return {"cookies": s.cookies.get_dict(), "sent": second.request.headers.get("Cookie"), "first": first.url,
                "answer": first.cookies.get("sid"), "elapsed": second.elapsed.total_seconds() >= 0,
                "links": second.links, "repr": repr(second), "next": second.next}


@app.get("/files")
def files():
    answer = requests.post(URL + "/in", files={"doc": ("a.txt", b"text of a", "text/plain"), "raw": b"bytes"}, data={"k": "crm-key"}, timeout=3)
    more = requests.put(URL + "/in", data=b"crm-key raw", timeout=3)
    some = requests.patch(URL + "/in", json={"k": "crm-key", "n": None}, timeout=3)
    gone = requests.delete(URL + "/in", timeout=3)
    head = requests.head(URL + "/moved", timeout=3)
    chunks = requests.post(URL + "/in", data=(part for part in [b"crm", b"-key"]), timeout=3)
    return [answer.status_code, more.status_code, some.status_code, gone.status_code, head.status_code, chunks.status_code,
            answer.request.headers["Content-Type"].split(";")[0], some.request.body.decode(), head.headers["Location"]]


@app.get("/redirected")
def redirected():
    answer = requests.get(URL + "/moved", headers={"Authorization": "Bearer crm-tok"}, timeout=3)
    return {"url": answer.url, "history": [(r.status_code, r.url, r.is_redirect) for r in answer.history],
            "permanent": answer.history[0].is_permanent_redirect, "codes": answer.status_code == requests.codes.ok}
