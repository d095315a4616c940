import requests
import urllib3
from fastapi import FastAPI

app = FastAPI()


@app.get("/a")
def a(url: str):
    return urllib3.request("GET", url).data


@app.get("/b")
def b(host: str, path: str):
    return urllib3.HTTPSConnectionPool(host).request("GET", path).data


@app.get("/c")
def c(url: str):
    session = requests.Session()
    return session.get(url, timeout=3).text
