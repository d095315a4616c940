# Verification is off in a call of aiohttp.
# pattern 9: aiohttp
import aiohttp

URL = "https://crm.partner.example/orders"


async def verbs():
    async with aiohttp.ClientSession() as session:
        async with session.get(URL, ssl=False) as response:  #! tls-verify-disabled
            await response.json()
        async with session.post(URL, json={"id": 1}, verify_ssl=False) as response:  #! tls-verify-disabled
            await response.json()
        response = await session.request("PUT", URL, ssl=False)  #! tls-verify-disabled
        await response.release()
        async with session.ws_connect("wss://crm.partner.example/feed", ssl=False) as ws:  #! tls-verify-disabled
            await ws.receive()


async def module_call():
    async with aiohttp.request("GET", URL, ssl=False) as response:  #! tls-verify-disabled
        return await response.json()
