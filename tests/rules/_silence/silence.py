# What no rule may speak of: one function for each item of the list.
import asyncio
import logging
import os
import socket
import ssl
from urllib.parse import urlparse

import aiohttp
import httpx
import requests
from fastapi import FastAPI, HTTPException, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.testclient import TestClient

app = FastAPI(title="Orders", terms_of_service="http://docs.partner.example/terms",
              contact={"name": "team", "url": "http://team.partner.example"})
app.add_middleware(CORSMiddleware, allow_origins=["http://app.partner.example"])
XML = "http://schemas.partner.example/orders"


@app.get("/bundle")
def ca_bundle():
    return requests.get("https://erp.acme.internal/x", verify="/etc/ssl/own-ca.pem").json()


@app.get("/verified-context")
async def verified_context():
    context = ssl.create_default_context(cafile="/etc/ssl/own-ca.pem")
    async with httpx.AsyncClient(verify=context) as client:
        return (await client.get("https://erp.acme.internal/x")).json()


@app.get("/in-process")
async def in_process():
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test", verify=False) as client:
        return (await client.get("/bundle", headers={"Authorization": "Bearer token-1001"})).status_code


@app.get("/mock")
def mock():
    with httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(200)), verify=False) as client:
        return client.get("http://crm.partner.example/x").status_code


def test_client():
    return TestClient(app).get("/bundle").status_code


@app.get("/loopback")
def loopback():
    httpx.get("http://localhost:8080/x")
    httpx.get("http://127.0.0.1:8080/x", headers={"X-Api-Key": "key-1001"})
    return httpx.get("https://[::1]:8443/x", verify=False).json()


@app.get("/unix")
async def unix_socket():
    async with aiohttp.ClientSession(connector=aiohttp.UnixConnector(path="/run/agent.sock")) as session:
        async with session.get("http://agent/x", headers={"Authorization": "Bearer token-1001"}) as response:
            return await response.json()


@app.get("/metadata")
def metadata():
    return requests.get("http://169.254.169.254/latest/meta-data/instance-id", timeout=1).text


@app.get("/string-test")
def string_test(url: str):
    if url.startswith("http://"):
        raise HTTPException(status_code=400)
    return {"host": urlparse(url).hostname, "namespace": XML}


def in_strings_and_comments():
    # requests.get("http://crm.partner.example", verify=False)
    return 'httpx.get("http://crm.partner.example", verify=False)'


class Upload:
    verify: bool = False
    ssl: bool = False
    check_hostname: bool = False


def unrelated(verify=False, ssl=False, check_hostname=False):
    return verify or ssl or check_hostname


@app.get("/unrelated")
def unrelated_names():
    return {"ok": unrelated(verify=False, ssl=False), "upload": Upload().verify}


def listening_side():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.load_cert_chain("server.pem", "server.key")
    return asyncio.start_server(print, "0.0.0.0", 8443, ssl=context)


@app.get("/restored")
def paused_and_restored():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.verify_mode = ssl.CERT_REQUIRED
    context.check_hostname = True
    return httpx.get("https://crm.partner.example/x", verify=context).json()


@app.get("/logged")
def reverse_lookup_logged(request: Request):
    logging.info("asked by %s", socket.gethostbyaddr(request.client.host)[0])
    return {"ok": True}


@app.get("/pinned")
def pinned_address():
    return httpx.get("https://192.0.2.10/x", headers={"Host": "crm.partner.example"},
                     extensions={"sni_hostname": "crm.partner.example"}).json()


ALLOWED = {"crm.partner.example", "erp.partner.example"}


@app.get("/allowed")
def exact_allow_list(url: str):
    parsed = urlparse(url)
    if parsed.scheme != "https" or parsed.hostname not in ALLOWED:
        raise HTTPException(status_code=400)
    return httpx.get(url).json()


@app.get("/constant-prefix")
def constant_prefix(path: str):
    return httpx.get(f"https://crm.partner.example/{path}").json()


VERIFY = os.environ.get("VERIFY_TLS", "0") == "1"


@app.get("/refused")
def insecure_default_that_raises():
    if not VERIFY:
        raise RuntimeError("never without verification")
    return requests.get("https://crm.partner.example/x", verify=VERIFY).json()
