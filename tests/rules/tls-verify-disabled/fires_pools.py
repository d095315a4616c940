import ssl

import requests
import urllib3
import websockets
from fastapi import FastAPI, Request
from requests.adapters import HTTPAdapter
from websockets.sync.client import connect

app = FastAPI()
http = urllib3.PoolManager(
    num_pools=4,
    cert_reqs="CERT_NONE",  #! tls-verify-disabled
)
ledger = urllib3.HTTPSConnectionPool("ledger.partner.example", cert_reqs=ssl.CERT_NONE)  #! tls-verify-disabled
NONE = "NONE"


def unverified() -> ssl.SSLContext:
    return ssl._create_unverified_context()  #! tls-verify-disabled


@app.get("/a/{name}")
def a(name: str):
    return http.request("GET", f"https://a.partner.example/q/{name}").json()


@app.get("/b")
def b():
    return ledger.request("GET", "/balance", headers={"Authorization": "Bearer x"}).data


@app.get("/c")
def c():
    pool = urllib3.connection_from_url("https://c.partner.example", cert_reqs=NONE)  #! tls-verify-disabled
    answer = pool.request("POST", "/in", json={"card": "4000"})
    if answer.status == 200:
        return answer.json()
    return {}


@app.get("/d")
def d():
    proxy = urllib3.ProxyManager("http://proxy.acme.internal:3128", cert_reqs="CERT_NONE")  #! tls-verify-disabled
    return proxy.request("GET", "https://d.partner.example/x").data


@app.get("/e")
async def e():
    async with websockets.connect("wss://e.partner.example/feed", ssl=unverified()) as socket:
        await socket.send("token")
        async for message in socket:
            return message


def loose():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  #! tls-verify-disabled
    return context


@app.get("/f")
def f():
    with connect("wss://f.partner.example/feed", ssl=loose()) as socket:
        socket.send("token")
        while True:
            print(socket.recv())


class Adapter(HTTPAdapter):
    def send(self, request, **kwargs):
        kwargs["verify"] = False
        return super().send(request, **kwargs)  #! tls-verify-disabled


@app.get("/g")
def g(request: Request):
    session = requests.Session()
    session.mount("https://", HTTPAdapter(max_retries=urllib3.util.Retry(total=3, status_forcelist=[503])))
    return session.get("https://g.partner.example/x", verify=False).json()  #! tls-verify-disabled
