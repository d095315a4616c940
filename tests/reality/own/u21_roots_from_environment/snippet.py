import http.client
import json
import os
import ssl
import urllib.request

from fastapi import FastAPI

app = FastAPI()


@app.get("/internal/{how}")
def internal(how: str):
    url = "https://ldap.acme.internal/people"
    try:
        if how == "urlopen":
            return json.load(urllib.request.urlopen(url, timeout=4))
        if how == "client":
            connection = http.client.HTTPSConnection("ldap.acme.internal", timeout=4)
            connection.request("GET", "/people")
            return json.load(connection.getresponse())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if how == "default-certs":
            context.load_default_certs(ssl.Purpose.SERVER_AUTH)
        elif how == "paths":
            context.set_default_verify_paths()
        else:
            context.load_verify_locations(os.environ["SSL_CERT_FILE"])
        return json.load(urllib.request.urlopen(url, context=context, timeout=4))
    except OSError as exc:
        return {"error": str(exc)}


@app.get("/public")
def public():
    try:
        with urllib.request.urlopen("https://public.vendor.example/v", timeout=4) as answer:
            return json.load(answer)
    except OSError as exc:
        return {"error": str(exc)}
