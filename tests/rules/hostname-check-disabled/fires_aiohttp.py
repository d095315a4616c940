import ssl

import aiohttp
from fastapi import FastAPI

app = FastAPI()


def nameless() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False  #! hostname-check-disabled
    return context


@app.get("/request")
async def request():
    async with aiohttp.ClientSession() as session:
        async with session.get("https://a.partner.example/x", ssl=nameless()) as response:
            return await response.json()


@app.get("/connector")
async def connector():
    context = ssl.create_default_context()
    context.check_hostname = False  #! hostname-check-disabled
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=context)) as session:
        return await (await session.get("https://b.partner.example/x")).json()
