# Verification is off in the connector.
# pattern 10: aiohttp
import aiohttp

URL = "https://crm.partner.example/orders"


async def off():
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=False)) as session:  #! tls-verify-disabled
        async with session.get(URL) as response:
            return await response.json()


async def old_name():
    connector = aiohttp.TCPConnector(verify_ssl=False, limit=10)  #! tls-verify-disabled
    session = aiohttp.ClientSession(connector=connector)
    try:
        response = await session.get(URL)
        return await response.json()
    finally:
        await session.close()


class Crm:
    def __init__(self):
        self.session = None

    async def start(self):
        self.session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=False))  #! tls-verify-disabled

    async def orders(self):
        await self.start()
        async with self.session.get(URL) as response:
            return await response.json()
