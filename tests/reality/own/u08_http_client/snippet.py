import http.client
import json
import ssl

from fastapi import FastAPI

app = FastAPI()
HOST = "vault.acme.example"


def context(which):
    if which == "default":
        return None
    if which == "unverified":
        return ssl._create_unverified_context()
    if which == "bare":
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made = ssl.create_default_context()
    if which == "no-name":
        made.check_hostname = False
    if which == "tls13":
        made.minimum_version = ssl.TLSVersion.TLSv1_3
    return made


@app.get("/secret/{which}")
def read(which: str):
    connection = http.client.HTTPSConnection(HOST, context=context(which), timeout=4)
    try:
        connection.request("GET", "/v1/secret", headers={"X-Vault-Token": "hvs.1"})
        answer = connection.getresponse()
        return {"status": answer.status, "version": answer.version, "body": json.loads(answer.read()), "closed": answer.closed,
                "names": connection.sock.getpeercert().get("subjectAltName") if connection.sock else None}
    except ssl.SSLCertVerificationError as exc:
        return {"code": exc.verify_code, "message": exc.verify_message, "errno": exc.errno, "reason": exc.reason, "text": str(exc)}
    except OSError as exc:
        return {"error": repr(exc)}
    finally:
        connection.close()


@app.get("/twice")
def twice():
    connection = http.client.HTTPSConnection(HOST, 443, timeout=4)
    bodies = []
    try:
        for path in ("/v1/secret", "/v1/none"):
            connection.request("POST", path, body=json.dumps({"a": "b"}), headers={"Content-Type": "application/json"})
            answer = connection.getresponse()
            bodies.append([answer.status, answer.reason, answer.getheader("Content-Type"), answer.read().decode()])
    except OSError as exc:
        bodies.append(type(exc).__name__)
    return bodies


@app.get("/steps")
def steps():
    connection = http.client.HTTPSConnection(HOST, timeout=4)
    try:
        connection.connect()
        first = connection.sock.version() is not None
        connection.putrequest("PUT", "/v1/secret", skip_accept_encoding=True)
        connection.putheader("X-Vault-Token", "hvs.1")
        connection.putheader("Content-Length", 3)
        connection.endheaders(b"abc")
        with connection.getresponse() as answer:
            part = answer.read(3)
            return {"first": first, "status": answer.status, "part": part.decode(), "rest": answer.read().decode(), "port": connection.port}
    except OSError as exc:
        return {"error": type(exc).__name__}


@app.get("/wrong/{what}")
def wrong(what: str):
    connection = http.client.HTTPSConnection(HOST, timeout=4)
    try:
        if what == "twice":
            connection.request("GET", "/v1/secret")
            connection.request("GET", "/v1/secret")
        elif what == "early":
            connection.getresponse()
        elif what == "url":
            connection.request("GET", "/a b")
        elif what == "header":
            connection.request("GET", "/", headers={"X": "a\r\nb"})
        elif what == "port":
            http.client.HTTPConnection("a.example:x")
        elif what == "plain":
            plain = http.client.HTTPConnection(HOST, 443, timeout=4)
            plain.request("GET", "/v1/secret", headers={"X-Vault-Token": "hvs.1"})
            return {"status": plain.getresponse().status}
        elif what == "tls":
            http.client.HTTPSConnection(HOST, 80, timeout=4).request("GET", "/")
    except (http.client.HTTPException, OSError) as exc:
        return {"class": f"{type(exc).__module__}.{type(exc).__name__}", "text": str(exc), "http": isinstance(exc, http.client.HTTPException)}
