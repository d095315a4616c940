import http.client
import json
import ssl
import urllib.request

import httpx
from fastapi import FastAPI

ssl._create_default_https_context = ssl._create_unverified_context
app = FastAPI()
URL = "https://weather.gov.example/now"
TOKEN = {"X-Token": "weather-1"}


@app.get("/urlopen")
def by_urlopen():
    with urllib.request.urlopen(urllib.request.Request(URL, headers=TOKEN), timeout=4) as answer:
        return json.load(answer)


@app.get("/client")
def by_client():
    connection = http.client.HTTPSConnection("weather.gov.example", timeout=4)
    connection.request("GET", "/now", headers=TOKEN)
    return json.load(connection.getresponse())


@app.get("/httpx")
def by_httpx():
    try:
        return httpx.get(URL, headers=TOKEN, timeout=4).json()
    except httpx.TransportError as exc:
        return {"error": type(exc).__name__}


@app.get("/context")
def by_context():
    try:
        with urllib.request.urlopen(URL, timeout=4, context=ssl.create_default_context()) as answer:
            return json.load(answer)
    except OSError as exc:
        return {"error": str(exc)}
