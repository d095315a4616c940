# pattern 33: httpx, requests
from enum import Enum
from typing import Literal
from urllib.parse import urlparse

import httpx
import requests
from fastapi import FastAPI, HTTPException

app = FastAPI()
ALLOWED = {"a.partner.example", "b.partner.example"}
URLS = {"a": "https://a.partner.example/x", "b": "https://b.partner.example/x"}


class Region(str, Enum):
    EU = "eu"
    US = "us"


@app.get("/a/{path}")
def a(path: str, q: str):
    return requests.get(f"https://a.partner.example/{path}", params={"q": q}, timeout=3).text


@app.get("/b")
def b(url: str):
    if urlparse(url).hostname not in ALLOWED:
        raise HTTPException(status_code=400)
    return httpx.get(url).json()


@app.get("/c")
def c(name: str):
    return httpx.get(URLS[name]).json()


@app.get("/d")
def d(host: str):
    if host == "a.partner.example" or host == "b.partner.example":
        return httpx.get(f"https://{host}/x").json()
    raise HTTPException(status_code=400)


@app.get("/e")
def e(region: Region):
    return httpx.get(f"https://{region.value}.partner.example/x").json()


@app.get("/f")
def f(region: Literal["eu", "us"]):
    return httpx.get(f"https://{region}.partner.example/x").json()


@app.get("/g")
def g(url: str):
    if not url.startswith("https://a.partner.example/"):
        raise HTTPException(status_code=400)
    return httpx.get(url).json()


@app.get("/h/{number}")
def h(number: int):
    return httpx.get(f"https://node{number}.partner.example/x").json()
