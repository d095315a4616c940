# Looks like it: other options, a fingerprint, a socket of this machine.
# pattern 10: aiohttp
import aiohttp

URL = "https://crm.partner.example/orders"


async def on():
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=10, ttl_dns_cache=60)) as session:
        async with session.get(URL) as response:
            return await response.json()


async def pinned():
    pin = aiohttp.Fingerprint(bytes(32))
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=pin)) as session:
        async with session.get(URL) as response:
            return await response.json()


async def unix():
    async with aiohttp.ClientSession(connector=aiohttp.UnixConnector("/run/agent.sock")) as session:
        async with session.get("http://agent/status") as response:
            return await response.json()
