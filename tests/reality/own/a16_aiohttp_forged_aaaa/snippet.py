"""A forged IPv6 address beside the genuine IPv4 one."""
import socket

import aiohttp
from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/pay")
async def pay(family: int = 0, lax: bool = False):
    connector = aiohttp.TCPConnector(family=socket.AF_INET if family == 4 else socket.AF_UNSPEC, ssl=not lax)
    try:
        async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=5)) as session:
            async with session.post("https://pay.acme.example/charge", json={"card": "5555"}) as response:
                response.raise_for_status()
                return await response.json()
    except aiohttp.ClientError as error:
        raise HTTPException(502, f"{type(error).__name__}: {error}")
