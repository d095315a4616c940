# pattern 20: httpx
import ssl

import httpx
from fastapi import FastAPI

app = FastAPI()


@app.get("/a")
def a():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    return httpx.get("https://a.partner.example/x", verify=context).json()


@app.get("/b")
def b():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS)
    context.verify_mode = ssl.CERT_REQUIRED
    context.check_hostname = True
    context.load_default_certs()
    return httpx.get("https://b.partner.example/x", verify=context).json()


@app.get("/c")
def c():
    return httpx.get("https://c.partner.example/x", verify=False).json()  # another rule's


def listen():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("server.pem")
    return context
