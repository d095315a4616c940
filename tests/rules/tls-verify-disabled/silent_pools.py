import ssl

import dns.resolver
import requests
import urllib3
import websockets
from fastapi import FastAPI
from requests.adapters import HTTPAdapter

app = FastAPI()
urllib3.disable_warnings()
http = urllib3.PoolManager(cert_reqs="CERT_REQUIRED", ca_certs="certs/internal-ca.pem")


class ContextAdapter(HTTPAdapter):
    def init_poolmanager(self, *args, **kwargs):
        context = ssl.create_default_context()
        super().init_poolmanager(*args, ssl_context=context, **kwargs)


@app.get("/a")
def a(host: str):
    return http.request("GET", f"https://{host}/x", retries=urllib3.Retry(3)).json()


@app.get("/b")
async def b():
    async with websockets.connect("wss://b.partner.example/feed", ssl=ssl.create_default_context()) as socket:
        return await socket.recv()


@app.get("/c")
def c():
    session = requests.Session()
    session.mount("https://", ContextAdapter())
    return session.get("https://c.partner.example/x", timeout=3).json()


@app.get("/d")
def d():
    pinned = urllib3.HTTPSConnectionPool("d.partner.example", cert_reqs="CERT_NONE", assert_fingerprint="ab" * 32)
    return pinned.request("GET", "/x").data


@app.get("/e")
def e(name: str):
    best = sorted(dns.resolver.resolve(f"_api._tcp.{name}", "SRV"), key=lambda one: one.priority)[0]
    return requests.get(f"https://{best.target}:{best.port}/x", timeout=3).json()


@app.get("/f")
def f(level: str):
    return urllib3.PoolManager(cert_reqs=level).request("GET", "https://f.partner.example/x").data
