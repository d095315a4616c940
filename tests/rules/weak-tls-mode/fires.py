# pattern 22: httpx, urllib3
import ssl

import httpx
import urllib3
from fastapi import FastAPI

app = FastAPI()


@app.get("/a")
def a():
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_1  #! weak-tls-mode
    return httpx.get("https://a.partner.example/x", verify=context).json()


@app.get("/b")
def b():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED  #! weak-tls-mode
    return httpx.get("https://b.partner.example/x", verify=context).json()


@app.get("/c")
def c():
    pool = urllib3.PoolManager(ssl_minimum_version=ssl.TLSVersion.TLSv1)  #! weak-tls-mode
    return pool.request("GET", "https://c.partner.example/x").data
