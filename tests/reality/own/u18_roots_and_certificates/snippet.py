import json
import ssl
import urllib.error
import urllib.request

from fastapi import FastAPI

app = FastAPI()


def fetch(context, url="https://core.acme.internal/accounts"):
    request = urllib.request.Request(url, data=b'{"iban": "DE89370400440532013000"}', headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, context=context, timeout=4) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as exc:
        return {"status": exc.code}
    except urllib.error.URLError as exc:
        return {"error": str(exc.reason), "class": type(exc.reason).__name__}


@app.get("/own/{how}")
def own(how: str):
    if how == "cafile":
        context = ssl.create_default_context(cafile="certs/internal-ca.pem")
    elif how == "cadata":
        with open("certs/internal-ca.pem") as file:
            context = ssl.create_default_context(cadata=file.read())
    elif how == "added":
        context = ssl.create_default_context()
        context.load_verify_locations("certs/internal-ca.pem")
    elif how == "client":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cafile="certs/internal-ca.pem")
    else:
        context = ssl.create_default_context()
    if how != "anonymous":
        context.load_cert_chain("certs/client.pem", "certs/client-key.pem")
    return fetch(context)


@app.get("/anonymous")
def anonymous():
    return fetch(ssl.create_default_context(cafile="certs/internal-ca.pem"))


@app.get("/legacy/{strict}")
def legacy(strict: bool):
    context = ssl.create_default_context(cafile="certs/legacy-ca.pem")
    if not strict:
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return fetch(context, "https://old.acme.internal/accounts")


@app.get("/tofu")
def tofu():
    try:
        pem = ssl.get_server_certificate(("first.acme.internal", 443), timeout=4)
        context = ssl.create_default_context(cadata=pem)
        return {"first": fetch(context, "https://first.acme.internal/accounts"), "pem": pem.startswith(ssl.PEM_HEADER),
                "der": len(ssl.PEM_cert_to_DER_cert(pem)) > 100}
    except OSError as exc:
        return {"class": type(exc).__name__, "text": str(exc)}
