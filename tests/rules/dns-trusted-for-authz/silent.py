# Lookups that decide nothing about anybody.
# pattern 31: socket, dnspython
import logging
import socket

import dns.resolver
import httpx
from fastapi import FastAPI, HTTPException, Request

app = FastAPI()


@app.get("/logged")
def logged(request: Request):
    name, _, _ = socket.gethostbyaddr(request.client.host)
    logging.info("asked by %s", name)
    return {"ok": True}


@app.get("/listed")
def listed(request: Request):
    if request.client.host not in ("192.0.2.10", "192.0.2.11"):
        raise HTTPException(status_code=403)
    return {"ok": True}


@app.get("/whoami")
def whoami():
    if socket.getfqdn() == "app-1":
        return {"primary": True}
    return {"primary": False}


def is_there():
    try:
        dns.resolver.resolve("partner.example", "A")
    except dns.resolver.NXDOMAIN:
        return False
    return True


def address_is_pinned():
    address = dns.resolver.resolve("api.partner.example", "A")[0].address
    return httpx.get(f"https://{address}/orders", headers={"Host": "api.partner.example"},
                     extensions={"sni_hostname": "api.partner.example"}).json()


def text_is_shown():
    return {"policy": dns.resolver.resolve("partner.example", "TXT")[0].strings[0].decode()}
