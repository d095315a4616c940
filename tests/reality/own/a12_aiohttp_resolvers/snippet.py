"""Who says where a name leads."""
import socket

import aiohttp
from aiohttp.abc import AbstractResolver
from fastapi import FastAPI

app = FastAPI()

def told(error, depth=0):
    kind = type(error)
    found = [f"{kind.__module__}.{kind.__qualname__}: {error}"]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found + (told(cause, depth + 1) if cause is not None and depth < 4 else [])


class Pinned(AbstractResolver):
    async def resolve(self, host, port=0, family=socket.AF_INET):
        return [{"hostname": host, "host": "192.0.2.76", "port": port, "family": family, "proto": 0, "flags": 0}]

    async def close(self):
        pass


class Refusing(Pinned):
    async def resolve(self, host, port=0, family=socket.AF_INET):
        raise OSError(None, f"{host} is not on the list")


class Listed(aiohttp.ThreadedResolver):
    async def resolve(self, host, port=0, family=socket.AF_INET):
        found = await super().resolve(host, port, family)
        if not all(each["host"].startswith("192.0.2.") for each in found):
            raise OSError(f"{host} leads out of the network")
        return found


MADE = {
    "pinned": lambda: aiohttp.TCPConnector(resolver=Pinned()),
    "refusing": lambda: aiohttp.TCPConnector(resolver=Refusing()),
    "listed": lambda: aiohttp.TCPConnector(resolver=Listed()),
    "threaded": lambda: aiohttp.TCPConnector(resolver=aiohttp.ThreadedResolver(), family=socket.AF_INET),
    "six": lambda: aiohttp.TCPConnector(family=socket.AF_INET6),
    "uncached": lambda: aiohttp.TCPConnector(use_dns_cache=False, force_close=True),
    "cached": lambda: aiohttp.TCPConnector(ttl_dns_cache=300, force_close=True),
    "async": lambda: aiohttp.TCPConnector(resolver=aiohttp.AsyncResolver(nameservers=["198.51.100.53"])),
    "local": lambda: aiohttp.TCPConnector(local_addr=("0.0.0.0", 0)),
}


@app.get("/ask/{kind}")
async def ask(kind: str, lax: bool = False):
    found = []
    try:
        async with aiohttp.ClientSession(connector=MADE[kind](), timeout=aiohttp.ClientTimeout(total=4)) as session:
            for _ in range(2):
                async with session.get("https://rates.bank.example/eur", ssl=not lax) as response:
                    found.append(await response.text())
    except Exception as error:
        found.append(told(error))
    return found
