import http.client
import json
import socket
import ssl
import urllib.request

from fastapi import FastAPI

app = FastAPI()
ADDRESS = "192.0.2.77"


class FixedAddress(http.client.HTTPSConnection):
    def connect(self):
        raw = socket.create_connection((ADDRESS, self.port), self.timeout)
        self.sock = self._context.wrap_socket(raw, server_hostname=self.host)


class FixedHandler(urllib.request.HTTPSHandler):
    def https_open(self, req):
        return self.do_open(FixedAddress, req)


class Logging(urllib.request.BaseHandler):
    def __init__(self):
        self.seen = []

    def https_request(self, req):
        req.add_header("X-Trace", "trace-1")
        self.seen.append(["request", req.full_url])
        return req

    def https_response(self, req, response):
        self.seen.append(["response", response.status])
        return response

    def https_error_404(self, req, fp, code, msg, headers):
        self.seen.append(["missing", code])
        return fp


@app.get("/fixed/{path}")
def fixed(path: str):
    try:
        with urllib.request.build_opener(FixedHandler).open(f"https://pay.acme.example/{path}", timeout=4) as answer:
            return json.load(answer)
    except OSError as exc:
        return {"error": str(exc)}


@app.get("/connection")
def connection():
    made = FixedAddress("pay.acme.example", timeout=4)
    made.request("GET", "/card", headers={"X-Key": "pay-key"})
    return json.load(made.getresponse())


@app.get("/logged/{path}")
def logged(path: str):
    handler = Logging()
    opener = urllib.request.build_opener(handler)
    try:
        with opener.open(f"https://pay.acme.example/{path}", timeout=4) as answer:
            return {"seen": handler.seen, "status": answer.status, "body": answer.read().decode()}
    except OSError as exc:
        return {"seen": handler.seen, "error": str(exc)}


@app.get("/replaced")
def replaced():
    loose = ssl._create_unverified_context()
    made = http.client.HTTPSConnection("pay.acme.example", timeout=4)
    made.sock = loose.wrap_socket(socket.create_connection(("pay.acme.example", 443), 4))
    made.request("GET", "/card", headers={"X-Key": "pay-key"})
    return json.load(made.getresponse())
