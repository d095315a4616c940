import asyncio
import base64
import http.client
import http.cookiejar
import json
import socket
import ssl
import urllib.error
import urllib.parse
import urllib.request

from fastapi import FastAPI, HTTPException

app = FastAPI()
HOST = "api.acme.example"
URL = f"https://{HOST}"


class LogHandler(urllib.request.BaseHandler):
    handler_order = 100

    def __init__(self):
        self.log = []

    def https_request(self, req):
        req.add_unredirected_header("X-Token", "tok-secret-9")
        self.log.append(["request", req.get_method(), req.full_url])
        return req

    def https_response(self, req, response):
        self.log.append(["response", response.status])
        return response


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req, fp, code, msg, headers, newurl):
        return None


def fail(e):
    return {"class": type(e).__name__, "text": str(e), "reason": repr(getattr(e, "reason", None)), "code": getattr(e, "code", None)}


@app.get("/opener/{path:path}")
def opener(path: str):
    log = LogHandler()
    o = urllib.request.build_opener(log, NoRedirect(), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    o.addheaders = [("User-Agent", "opener/1")]
    try:
        with o.open(f"{URL}/{path}", timeout=2) as r:
            return {"status": r.status, "body": r.read().decode(), "type": r.headers.get_content_type(), "url": r.geturl(), "log": log.log}
    except urllib.error.HTTPError as e:
        return {**fail(e), "body": e.read().decode(), "location": e.headers["Location"], "log": log.log}
    except (urllib.error.URLError, TimeoutError) as e:
        return {**fail(e), "log": log.log}


@app.get("/basic")
def basic():
    m = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    m.add_password(None, URL, "shop", "pw-77")
    o = urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(m))
    req = urllib.request.Request(f"{URL}/v1/orders", data=urllib.parse.urlencode({"a": 1}).encode(), headers={"Authorization": "Basic " + base64.b64encode(b"shop:pw-77").decode()}, method="POST")
    try:
        with o.open(req, timeout=2) as r:
            return [r.status, json.load(r), r.getheader("location"), req.has_header("Content-type"), req.header_items()]
    except OSError as e:
        return fail(e)


@app.get("/http-client")
def http_client(verify: bool = True):
    ctx = ssl.create_default_context()
    if not verify:
        ctx.check_hostname = False
        ctx.verify_mode = ssl.CERT_NONE
    c = http.client.HTTPSConnection(HOST, timeout=2, context=ctx)
    try:
        c.request("GET", "/v1/items", headers={"X-Token": "tok-secret-9"})
        r = c.getresponse()
        first = [r.status, r.reason, json.loads(r.read())["next"], r.getheader("Content-Type"), r.isclosed()]
        c.request("POST", "/v1/orders", body=json.dumps({"a": 1}), headers={"Content-Type": "application/json"})
        r = c.getresponse()
        return [first, r.status, r.read().decode(), dict(r.getheaders()).get("Location")]
    except ssl.SSLCertVerificationError as e:
        raise HTTPException(495, {"code": e.verify_code, "message": e.verify_message, "reason": e.reason, "library": e.library})
    except (OSError, http.client.HTTPException) as e:
        raise HTTPException(502, f"{type(e).__name__}: {e}")
    finally:
        c.close()


def over_socket(context, name):
    with socket.create_connection((HOST, 443), timeout=2) as raw:
        with context.wrap_socket(raw, server_hostname=name) as s:
            cert = s.getpeercert()
            s.sendall(f"GET /text HTTP/1.1\r\nHost: {HOST}\r\nX-Token: tok-secret-9\r\nConnection: close\r\n\r\n".encode())
            data = b""
            while chunk := s.recv(4096):
                data += chunk
            head, _, body = data.partition(b"\r\n\r\n")
            return [s.version(), head.split(b"\r\n")[0].decode(), body.decode()[:40], bool(cert), dict(x[0] for x in cert["subject"]) if cert else None]


@app.get("/socket/{mode}")
def sockets(mode: str):
    match mode:
        case "default":
            c = ssl.create_default_context()
        case "noname":
            c = ssl.create_default_context()
            c.check_hostname = False
        case "none":
            c = ssl._create_unverified_context()
        case "bare":
            c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        case "tls13":
            c = ssl.create_default_context()
            c.minimum_version = ssl.TLSVersion.TLSv1_3
        case "required":
            c = ssl.SSLContext(ssl.PROTOCOL_TLS)
            c.verify_mode = ssl.CERT_REQUIRED
            c.load_default_certs()
        case other:
            raise HTTPException(404, other)
    try:
        return over_socket(c, HOST)
    except ssl.SSLError as e:
        return [type(e).__name__, e.reason, getattr(e, "verify_message", None)]
    except OSError as e:
        return [type(e).__name__, str(e)]


@app.get("/stream")
async def stream():
    try:
        reader, writer = await asyncio.wait_for(asyncio.open_connection(HOST, 443, ssl=ssl.create_default_context(), server_hostname=HOST), 2)
    except (OSError, asyncio.TimeoutError) as e:
        return [type(e).__name__, str(e)]
    writer.write(b"GET /text HTTP/1.0\r\nHost: api.acme.example\r\nX-Token: tok-secret-9\r\n\r\n")
    await writer.drain()
    status = await reader.readline()
    headers = {}
    while (line := (await reader.readline()).decode().strip()):
        k, _, v = line.partition(":")
        headers[k.lower()] = v.strip()
    body = await reader.read()
    peer = writer.get_extra_info("peername")
    writer.close()
    await writer.wait_closed()
    return [status.decode().strip(), headers.get("content-type"), body.decode()[:30], peer[1], reader.at_eof(), writer.get_extra_info("ssl_object") is not None]
