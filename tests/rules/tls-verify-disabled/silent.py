"""Looks alike, but nothing is switched off, or nothing leaves the machine."""
import ssl

import httpx
import requests
from fastapi import FastAPI

app = FastAPI()


def send(message: str, verify: bool = True):  # an unrelated `verify`
    return message if verify else ""


send("x", verify=False)


@app.get("/local")
def local():
    return requests.get("https://127.0.0.1:8443/x", verify=False, timeout=3).json()


@app.get("/localhost")
def localhost():
    return httpx.get("https://localhost:8443/x", verify=False).json()


@app.get("/bundle")
def bundle():
    return requests.get("https://erp.acme.internal/x", verify="certs/internal-ca.pem", timeout=3).json()


@app.get("/context")
async def context():
    own = ssl.create_default_context(cafile="certs/internal-ca.pem")
    own.check_hostname = False
    own.verify_mode = ssl.CERT_NONE
    own.verify_mode = ssl.CERT_REQUIRED  # restored before use
    own.check_hostname = True
    async with httpx.AsyncClient(verify=own) as client:
        return (await client.get("https://hr.acme.internal/x")).json()


@app.get("/none")
def none():
    return requests.get("https://a.partner.example/x", verify=None, timeout=3).json()  # the default


TEXT = "requests.get(url, verify=False)"
# httpx.Client(verify=False)
