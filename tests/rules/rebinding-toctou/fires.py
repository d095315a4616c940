# Resolve, judge the address, request the name.
# pattern 32: httpx, requests, urllib3, aiohttp, socket, dnspython
import asyncio
import ipaddress
import socket
from urllib.parse import urlparse

import aiohttp
import dns.resolver
import httpx
import requests
import urllib3
from fastapi import FastAPI, HTTPException

app = FastAPI()
INSIDE = ipaddress.ip_network("10.0.0.0/8")


@app.get("/preview")
def preview(url: str):
    address = socket.gethostbyname(urlparse(url).hostname)
    if ipaddress.ip_address(address).is_private:
        raise HTTPException(status_code=400)
    return httpx.get(url).text  #! rebinding-toctou


def refuse_inside(host):
    for info in socket.getaddrinfo(host, None):
        if ipaddress.ip_address(info[4][0]) in INSIDE:
            raise HTTPException(status_code=400)


@app.get("/by-helper")
def by_helper(url: str):
    refuse_inside(urlparse(url).hostname)
    return requests.get(url, timeout=5).text  #! rebinding-toctou


def is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(socket.gethostbyname(host)).is_global
    except OSError:
        return False


@app.post("/hook")
def hook(host: str):
    if not is_public(host):
        raise HTTPException(status_code=400)
    return urllib3.PoolManager().request("POST", f"https://{host}/hook").status  #! rebinding-toctou


@app.get("/asynchronous")
async def asynchronous(host: str):
    infos = await asyncio.get_running_loop().getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    if any(ipaddress.ip_address(info[4][0]).is_private for info in infos):
        raise HTTPException(status_code=400)
    async with aiohttp.ClientSession() as session:
        async with session.get(f"https://{host}/status") as response:  #! rebinding-toctou
            return await response.json()


@app.get("/dnspython")
def by_dnspython(host: str):
    for record in dns.resolver.resolve(host, "A"):
        if ipaddress.ip_address(record.address).is_private:
            raise HTTPException(status_code=400)
    return httpx.get(f"https://{host}/status").text  #! rebinding-toctou


def constant_name():
    if socket.gethostbyname("feed.partner.example").startswith("10."):
        raise RuntimeError("inside")
    return httpx.get("https://feed.partner.example/latest").json()  #! rebinding-toctou
