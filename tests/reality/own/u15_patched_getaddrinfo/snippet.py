import json
import socket
import urllib.request

import httpx
import requests
from fastapi import FastAPI

app = FastAPI()
KNOWN = {"api.partner.example": "192.0.2.75"}
original = socket.getaddrinfo


def pinned(host, port, *args, **kwargs):
    return original(KNOWN.get(host, host), port, *args, **kwargs)


socket.getaddrinfo = pinned
URL = "https://api.partner.example/v1"
HEADERS = {"X-Key": "partner-key"}


@app.get("/requests")
def by_requests(verify: bool = True):
    return requests.get(URL, headers=HEADERS, timeout=4, verify=verify).json()


@app.get("/urllib")
def by_urllib():
    with urllib.request.urlopen(urllib.request.Request(URL, headers=HEADERS), timeout=4) as answer:
        return json.load(answer)


@app.get("/httpx")
async def by_httpx():
    async with httpx.AsyncClient(timeout=4) as client:
        return (await client.get(URL, headers=HEADERS)).json()


@app.get("/other")
def other():
    try:
        return requests.get("http://other.partner.example/v1", headers=HEADERS, timeout=4).json()
    except requests.RequestException as exc:
        return {"error": type(exc).__name__}
