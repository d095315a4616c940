import http.client
import json
import ssl

from fastapi import FastAPI

app = FastAPI()


@app.get("/price/{verify}")
def price(verify: str):
    context = ssl.create_default_context() if verify == "yes" else ssl._create_unverified_context()
    connection = http.client.HTTPSConnection("gate.acme.internal", 3128, timeout=4, context=context)
    connection.set_tunnel("prices.market.example", headers={"Proxy-Authorization": "Basic Z2F0ZTpwdw=="})
    try:
        connection.request("GET", "/p", headers={"X-Key": "price-key"})
        return json.load(connection.getresponse())
    except OSError as exc:
        return {"class": type(exc).__name__, "text": str(exc)}


@app.get("/refused")
def refused():
    connection = http.client.HTTPSConnection("gate.acme.internal", 3128, timeout=4)
    connection.set_tunnel("unknown.market.example", 8443)
    try:
        connection.request("GET", "/p")
        return connection.getresponse().status
    except OSError as exc:
        return {"class": type(exc).__name__, "text": str(exc)}


@app.get("/lines")
def lines():
    connection = http.client.HTTPConnection("gate.acme.internal", 7070, timeout=4)
    try:
        connection.request("GET", "/p")
        return connection.getresponse().status
    except (http.client.HTTPException, OSError) as exc:
        return {"class": type(exc).__name__, "text": str(exc), "repr": repr(exc)}


@app.get("/closed")
def closed():
    connection = http.client.HTTPConnection("gate.acme.internal", 3128, timeout=4)
    try:
        connection.putrequest("GET", "/p q", skip_host=True) if False else None
        connection.connect()
        connection.sock.sendall(b"NONSENSE\r\n\r\n")
        answer = http.client.HTTPResponse(connection.sock, method="GET")
        answer.begin()
        return answer.status
    except (http.client.HTTPException, OSError) as exc:
        return {"class": type(exc).__name__, "text": str(exc), "connection": isinstance(exc, ConnectionResetError),
                "line": isinstance(exc, http.client.BadStatusLine)}
