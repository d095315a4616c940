# pattern 30: aiohttp
import aiohttp
from fastapi import FastAPI

app = FastAPI()


@app.get("/x")
async def x():
    async with aiohttp.ClientSession(headers={"Host": "pay.partner.example"}) as session:
        async with session.get("https://203.0.113.9/x") as response:  #! ip-host-header-mismatch
            return await response.json()
