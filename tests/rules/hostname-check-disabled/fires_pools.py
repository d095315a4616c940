import ssl

import certifi
import requests
import urllib3
import websockets
from fastapi import FastAPI
from requests.adapters import HTTPAdapter

app = FastAPI()
pool = urllib3.HTTPSConnectionPool(
    "ledger.bank.example",
    ca_certs=certifi.where(),
    assert_hostname=False,  #! hostname-check-disabled
)


class NoName(HTTPAdapter):
    def init_poolmanager(self, connections, maxsize, block=False, **kwargs):
        super().init_poolmanager(connections, maxsize, block, assert_hostname=False, **kwargs)  #! hostname-check-disabled


@app.get("/a")
def a():
    return pool.request("GET", "/balance").json()


@app.get("/b")
def b():
    session = requests.Session()
    session.mount("https://b.partner.example", NoName())
    return session.get("https://b.partner.example/x", timeout=3).json()


@app.get("/c")
async def c():
    context = ssl.create_default_context()
    context.check_hostname = False  #! hostname-check-disabled
    async with websockets.connect("wss://c.partner.example/feed", ssl=context) as socket:
        return await socket.recv()
