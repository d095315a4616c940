import httpx
import requests
from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/a")
def a():
    try:
        return requests.get("https://a.partner.example/x", timeout=3).json()
    except requests.exceptions.SSLError:
        raise HTTPException(status_code=502)


@app.get("/b")
def b():
    try:
        return httpx.get("https://b.partner.example/x").json()
    except httpx.HTTPError:
        return httpx.get("http://localhost:9000/cached").json()


@app.get("/c")
def c():
    first = httpx.get("https://c.partner.example/x").json()
    second = httpx.get("http://c.partner.example/y").json()  # another rule's: nothing failed before
    return [first, second]


@app.get("/d")
def d():
    for attempt in range(3):
        try:
            return httpx.get("https://d.partner.example/x").json()
        except httpx.TransportError:
            continue
