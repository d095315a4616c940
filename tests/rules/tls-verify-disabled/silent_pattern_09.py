# Looks like it: contexts, loopback, a parameter of that name.
# pattern 9: aiohttp
import ssl

import aiohttp

URL = "https://crm.partner.example/orders"


async def calls():
    context = ssl.create_default_context(cafile="/etc/ssl/own-ca.pem")
    async with aiohttp.ClientSession() as session:
        async with session.get(URL, ssl=context) as response:
            await response.json()
        async with session.get(URL, ssl=True) as response:
            await response.json()
        async with session.get("http://127.0.0.1:9000/", ssl=False) as response:
            await response.json()
        async with session.get(URL, params={"ssl": "False"}) as response:
            return await response.json()
