# The DNS decides who is trusted, or where a verified call goes.
# pattern 31: socket, dnspython
import socket

import dns.resolver
import dns.reversename
import httpx
from fastapi import Depends, FastAPI, HTTPException, Request

app = FastAPI()


@app.get("/reverse")
def reverse(request: Request):
    name, _, _ = socket.gethostbyaddr(request.client.host)  #! dns-trusted-for-authz
    if not name.endswith(".office.example"):
        raise HTTPException(status_code=403)
    return {"ok": True}


@app.get("/fqdn")
def fqdn(request: Request):
    if socket.getfqdn(request.client.host) != "gate.office.example":  #! dns-trusted-for-authz
        raise HTTPException(status_code=403)
    return {"ok": True}


@app.get("/forward")
def forward(request: Request):
    if request.client.host != socket.gethostbyname("gate.office.example"):  #! dns-trusted-for-authz
        raise HTTPException(status_code=403)
    return {"ok": True}


def from_the_office(request: Request):
    addresses = socket.gethostbyname_ex("gate.office.example")[2]  #! dns-trusted-for-authz
    if request.client.host not in addresses:
        raise HTTPException(status_code=403)


@app.get("/dependency", dependencies=[Depends(from_the_office)])
def dependency():
    return {"ok": True}


@app.get("/pointer")
def pointer(request: Request):
    address = dns.reversename.from_address(request.client.host)
    for record in dns.resolver.resolve(address, "PTR"):  #! dns-trusted-for-authz
        if str(record.target) == "gate.office.example.":
            return {"ok": True}
    raise HTTPException(status_code=403)


@app.middleware("http")
async def guard(request: Request, call_next):
    name = socket.gethostbyaddr(request.client.host)[0]  #! dns-trusted-for-authz
    if name == "gate.office.example":
        request.state.trusted = True
    return await call_next(request)


def base_from_text_record():
    answer = dns.resolver.resolve("_api.partner.example", "TXT")  #! dns-trusted-for-authz
    base = answer[0].strings[0].decode()
    return httpx.get(f"{base}/orders", headers={"X-Api-Key": "key-1001"}).json()


def host_from_service_record():
    target = dns.resolver.resolve("_api._tcp.partner.example", "SRV")[0].target  #! dns-trusted-for-authz
    return httpx.get(f"https://{target}/orders", headers={"X-Api-Key": "key-1001"}).json()
