# pattern 22: httpx, urllib3
import ssl

import httpx
import urllib3
from fastapi import FastAPI

app = FastAPI()


@app.get("/a")
def a():
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    return httpx.get("https://a.partner.example/x", verify=context).json()


@app.get("/b")
def b():
    return httpx.get("https://b.partner.example/x", verify=ssl.create_default_context()).json()


@app.get("/c")
def c():
    pool = urllib3.PoolManager(ssl_minimum_version=ssl.TLSVersion.TLSv1_2)
    return pool.request("GET", "https://c.partner.example/x").data


@app.get("/d")
def d(minimum_version: str):
    return {"minimum_version": minimum_version, "TLSv1": True}
