"""aiohttp: each marked line must have a finding of that rule."""
import ssl

import aiohttp
from fastapi import Depends, FastAPI

app = FastAPI()
TIMEOUT = aiohttp.ClientTimeout(total=5)


class Settings:
    verify_tls: bool = False


settings = Settings()
lax = ssl.create_default_context()
lax.check_hostname = False
lax.verify_mode = ssl.CERT_NONE  #! tls-verify-disabled


@app.get("/request")
async def request():
    async with aiohttp.ClientSession() as session:
        async with session.get("https://a.partner.example/x", ssl=False) as response:  #! tls-verify-disabled
            return await response.json()


@app.get("/connector")
async def connector(token: str):
    connector = aiohttp.TCPConnector(limit=10, ssl=False)  #! tls-verify-disabled
    async with aiohttp.ClientSession(connector=connector, headers={"Authorization": f"Bearer {token}"}) as session:
        response = await session.post("https://b.partner.example/x", json={"card": "4111"}, ssl=True)
        return await response.text()


async def session():
    async with aiohttp.ClientSession(
        "https://c.partner.example/", timeout=TIMEOUT,
        connector=aiohttp.TCPConnector(verify_ssl=False),  #! tls-verify-disabled
    ) as made:
        yield made


@app.get("/depends/{item}")
async def depends(item: str, client: aiohttp.ClientSession = Depends(session)):
    async with client.get(f"items/{item}", params={"q": item}) as response:
        response.raise_for_status()
        return await response.json()


@app.get("/context")
async def context():
    async with aiohttp.ClientSession() as client:
        async with client.get("https://d.partner.example/x", ssl=lax) as response:
            return await response.json()


@app.get("/setting")
async def setting():
    async with aiohttp.request("GET", "https://e.partner.example/x", ssl=settings.verify_tls) as response:  #! tls-verify-disabled
        return await response.json()


@app.get("/fallback")
async def fallback():
    async with aiohttp.ClientSession() as client:
        try:
            async with client.get("https://f.partner.example/x") as response:
                return await response.json()
        except aiohttp.ClientConnectorCertificateError:
            async with client.get("https://f.partner.example/x", ssl=False) as response:  #! tls-verify-disabled
                return await response.json()


@app.get("/old")
async def old(number: int):
    async with aiohttp.ClientSession() as client:
        async with client.post(f"https://g.partner.example/x/{number}", data={"password": "x"}, verify_ssl=False) as response:  #! tls-verify-disabled
            if response.status == 200:
                return [line async for line in response.content]
            return response.reason


@app.get("/socket")
async def socket():
    async with aiohttp.ClientSession() as client:
        async with client.ws_connect("wss://h.partner.example/ws", ssl=False) as ws:  #! tls-verify-disabled
            await ws.send_json({"token": "x"})
            async for message in ws:
                return message.json()


class Client:
    def __init__(self, base: str, verify: bool = False):  # told as where the value comes from
        self.base, self.verify = base, verify
        self.session = None

    async def __aenter__(self):
        self.session = aiohttp.ClientSession(self.base, connector=aiohttp.TCPConnector(ssl=self.verify))  #! tls-verify-disabled
        return self

    async def __aexit__(self, *exc_info):
        await self.session.close()

    async def get(self, path):
        async with self.session.get(path) as response:
            return await response.json()


@app.get("/class")
async def own_class():
    async with Client("https://i.partner.example/") as client:
        return await client.get("x")


@app.get("/asked")
async def asked(strict: bool):
    async with aiohttp.ClientSession() as client:
        async with client.get("https://j.partner.example/x", ssl=strict) as response:  #! tls-verify-disabled
            return response.ok
