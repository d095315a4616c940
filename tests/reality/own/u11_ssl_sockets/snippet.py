import hashlib
import os
import socket
import ssl

from fastapi import FastAPI

app = FastAPI()
HOST = "mq.acme.example"


def exchange(context, **options):
    with socket.create_connection((HOST, 443), timeout=4) as raw:
        with context.wrap_socket(raw, **options) as tls:
            tls.sendall(f"GET /status HTTP/1.1\r\nHost: {HOST}\r\nX-Key: mq-key\r\nConnection: close\r\n\r\n".encode())
            data = b""
            while chunk := tls.recv(4096):
                data += chunk
            head, _, body = data.partition(b"\r\n\r\n")
            return {"line": head.split(b"\r\n")[0].decode(), "body": body.decode(), "sni": tls.server_hostname,
                    "side": tls.server_side, "peer": bool(tls.getpeercert(True)), "dict": tls.getpeercert().get("subjectAltName")}


def make(which):
    if which in ("default", "no-sni", "other-sni", "empty-sni"):
        return ssl.create_default_context()
    if which == "bare":
        return ssl.SSLContext()
    if which == "client":
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        made.load_default_certs()
        return made
    if which == "server":
        return ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made = ssl.create_default_context()
    made.check_hostname = False
    if which == "optional":
        made.verify_mode = ssl.CERT_OPTIONAL
    if which in ("none", "none-no-sni"):
        made.verify_mode = ssl.CERT_NONE
    return made


@app.get("/status/{which}")
def status(which: str):
    options = {"server_hostname": HOST}
    if which in ("no-sni", "none-no-sni"):
        options = {}
    elif which == "other-sni":
        options = {"server_hostname": "attacker-owned.example"}
    elif which == "empty-sni":
        options = {"server_hostname": ""}
    try:
        return exchange(make(which), **options)
    except ssl.CertificateError as exc:
        return {"certificate": exc.verify_message, "code": exc.verify_code}
    except (OSError, ValueError) as exc:
        return {"class": type(exc).__name__, "text": str(exc)}


@app.get("/late")
def late():
    context = ssl.create_default_context()
    raw = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    raw.settimeout(4)
    tls = context.wrap_socket(raw, server_hostname=HOST, do_handshake_on_connect=False)
    try:
        tls.connect((HOST, 443))
        before = tls.version()
        tls.do_handshake()
        tls.write(b"GET /status HTTP/1.0\r\n\r\n")
        return {"before": before, "after": tls.version() is not None, "got": tls.read(12).decode()}
    except OSError as exc:
        return {"class": type(exc).__name__, "text": str(exc)}
    finally:
        tls.close()


@app.get("/pinned")
def pinned():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        with socket.create_connection(("pin.acme.example", 443), 4) as raw, context.wrap_socket(raw, server_hostname="pin.acme.example") as tls:
            found = hashlib.sha256(tls.getpeercert(binary_form=True)).hexdigest()
            if found != os.environ["MQ_PIN"]:
                return {"pinned": False, "empty": tls.getpeercert()}
            tls.sendall(b"GET /status HTTP/1.0\r\nX-Key: mq-key\r\n\r\n")
            answer = tls.makefile("rb")
            return {"pinned": True, "line": answer.readline().decode(), "rest": len(answer.read()) > 0}
    except OSError as exc:
        return {"class": type(exc).__name__, "text": str(exc)}
