import urllib3
from fastapi import FastAPI
from urllib3 import HTTPHeaderDict, Timeout, make_headers
from urllib3.util import parse_url

app = FastAPI()
http = urllib3.PoolManager(timeout=Timeout(connect=2.0, read=3.0), maxsize=2)
URL = "https://files.store.example"


@app.get("/preloaded")
def preloaded():
    answer = http.request("GET", URL + "/list", fields={"page": 2, "q": "a b"})
    return {"status": answer.status, "reason": answer.reason, "data": answer.data.decode(), "again": answer.read().decode(),
            "json": answer.json(), "type": answer.headers["content-type"], "many": answer.headers.getlist("X-Many"),
            "url": answer.geturl(), "version": answer.version, "is": isinstance(answer, urllib3.BaseHTTPResponse)}


@app.get("/streamed")
def streamed():
    answer = http.request("GET", URL + "/text", preload_content=False)
    first = answer.read(5)
    rest = [piece.decode() for piece in answer.stream(8)]
    answer.release_conn()
    return {"first": first.decode(), "rest": rest, "after": answer.read().decode()}


@app.get("/lines")
def lines():
    answer = http.request("GET", URL + "/text", preload_content=False)
    found = [line.decode() for line in answer]
    answer.close()
    return found


@app.post("/send/{how}")
def send(how: str):
    if how == "json":
        answer = http.request("POST", URL + "/in", json={"card": "4000 0000", "n": [1, 2]})
    elif how == "fields":
        answer = http.request("POST", URL + "/in", fields={"card": "4000 0000"}, encode_multipart=False)
    elif how == "multipart":
        answer = http.request("POST", URL + "/in", fields={"card": "4000 0000", "file": ("a.txt", "text", "text/plain")})
    elif how == "body":
        answer = http.request("PUT", URL + "/in", body="card=4000 0000", headers={"Content-Type": "text/x"})
    else:
        answer = urllib3.request("POST", URL + "/in")
    return {"status": answer.status, "data": answer.json()}


@app.get("/pieces")
def pieces():
    headers = HTTPHeaderDict({"Accept": "a"})
    headers.add("accept", "b")
    headers["X-One"] = "1"
    url = parse_url("https://user:pw@Files.store.example:8443/a%20b/../c?x=1#top")
    return {"headers": dict(headers), "pairs": list(headers.items()), "get": headers.get("ACCEPT"), "in": "x-one" in headers,
            "url": [url.scheme, url.auth, url.host, url.port, url.path, url.query, url.fragment], "uri": url.request_uri,
            "netloc": url.netloc, "whole": str(url),
            "made": make_headers(basic_auth="user:pw", keep_alive=True, user_agent="app/1", accept_encoding=True),
            "timeout": repr(Timeout(connect=1, read=2)), "repr": repr(headers)}


@app.get("/closed")
def closed():
    pool = urllib3.connection_from_url(URL)
    pool.request("GET", "/list")
    pool.request("GET", "/list")
    pool.close()
    try:
        pool.request("GET", "/list")
    except urllib3.exceptions.ClosedPoolError as error:
        return {"error": str(error), "pool": str(pool)}
