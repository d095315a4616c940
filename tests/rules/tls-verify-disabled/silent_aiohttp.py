"""Looks alike, but the certificate is verified, pinned, or nothing leaves the machine."""
import ssl

import aiohttp
from fastapi import FastAPI

app = FastAPI()
own = ssl.create_default_context(cafile="certs/internal-ca.pem")
PIN = aiohttp.Fingerprint(bytes(32))


@app.get("/none")
async def none():
    async with aiohttp.ClientSession() as session:
        async with session.get("https://a.partner.example/x", ssl=None) as response:
            return await response.json()


@app.get("/true")
async def true():
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=True, verify_ssl=True)) as session:
        async with session.get("https://b.partner.example/x", ssl=True) as response:
            return await response.json()


@app.get("/overruled")
async def overruled():
    # Only a context of the request overrules what the connector says.
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=False)) as session:
        async with session.get("https://c.partner.example/x", ssl=own) as response:
            return await response.json()


@app.get("/pinned")
async def pinned():
    async with aiohttp.ClientSession() as session:
        async with session.get("https://d.partner.example/x", ssl=PIN) as response:
            return await response.json()


@app.get("/local")
async def local():
    async with aiohttp.ClientSession() as session:
        async with session.get("https://127.0.0.1:8443/x", ssl=False) as response:
            return await response.json()


@app.get("/plain-socket")
async def plain_socket():
    async with aiohttp.ClientSession(connector=aiohttp.UnixConnector("/run/agent.sock")) as session:
        async with session.get("http://agent/x", ssl=False) as response:
            return await response.json()


@app.get("/named")
async def named():
    async with aiohttp.ClientSession() as session:
        async with session.get("https://192.0.2.7/x", server_hostname="e.partner.example") as response:
            return await response.json()
