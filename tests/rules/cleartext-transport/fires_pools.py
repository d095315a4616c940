import os

import dns.resolver
import requests
import urllib3
import websockets
from fastapi import FastAPI
from websockets.sync.client import connect

app = FastAPI()
http = urllib3.PoolManager()
FEED = os.getenv("FEED", "ws://feed.acme.internal:8080/rates")


@app.get("/a")
def a(sku: str):
    return http.request("GET", f"http://a.partner.example/items/{sku}").json()  #! cleartext-transport


@app.get("/b")
def b():
    return urllib3.request("POST", "http://b.partner.example/in", json={"card": "4000"}).status  #! cleartext-transport


@app.get("/c")
def c():
    return urllib3.HTTPConnectionPool("c.partner.example", port=8080).request("GET", "/x").data  #! cleartext-transport


@app.get("/d")
async def d():
    async with websockets.connect(FEED) as socket:  #! cleartext-transport
        await socket.send("token")
        return await socket.recv()


@app.get("/e")
def e():
    with connect("ws://e.partner.example/feed") as socket:  #! cleartext-transport
        return socket.recv()


@app.get("/f")
def f():
    where = dns.resolver.resolve("f.acme.internal", "A")[0]
    return requests.get(f"http://{where}/x", timeout=3).json()  #! cleartext-service-discovery
