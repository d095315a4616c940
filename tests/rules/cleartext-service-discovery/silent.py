# pattern 26: httpx, requests
import httpx
import requests
from fastapi import FastAPI

app = FastAPI()


@app.get("/a")
def a():
    return requests.get("https://billing/x", timeout=3).json()


@app.get("/b")
def b():
    return httpx.get("http://localhost:8080/x").json()


@app.get("/c")
def c():
    return httpx.get("http://rates.bank.example/x").json()
