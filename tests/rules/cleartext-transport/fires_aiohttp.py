import aiohttp
from fastapi import FastAPI
from yarl import URL

app = FastAPI()
BASE = URL("http://a.partner.example/v1/")


@app.get("/get/{item}")
async def get(item: str):
    async with aiohttp.ClientSession() as session:
        async with session.get(BASE / "items" / item) as response:  #! cleartext-transport
            return await response.json()


@app.get("/base")
async def base(token: str):
    async with aiohttp.ClientSession("http://b.partner.example", headers={"X-Token": token}) as session:
        response = await session.get("/x")  #! cleartext-transport
        return await response.text()


@app.get("/downgrade")
async def downgrade():
    async with aiohttp.ClientSession() as session:
        try:
            async with session.get("https://c.partner.example/x") as response:
                return await response.json()
        except (aiohttp.ClientConnectorError, TimeoutError):
            async with session.get("http://c.partner.example/x") as response:  #! cleartext-transport
                return await response.json()


@app.get("/socket")
async def socket():
    async with aiohttp.ClientSession() as session, session.ws_connect("ws://d.partner.example/ws") as ws:  #! cleartext-transport
        return await ws.receive_json()
