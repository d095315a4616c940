"""Names with several addresses, addresses in the URL."""
import ssl

import aiohttp
from fastapi import FastAPI

app = FastAPI()

def told(error, depth=0):
    kind = type(error)
    found = [f"{kind.__module__}.{kind.__qualname__}: {error}"]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found + (told(cause, depth + 1) if cause is not None and depth < 4 else [])


@app.get("/go")
async def go(url: str, ssl_: str = "on", delay: str = "", name: str = ""):
    trust = {"on": True, "off": False, "own": ssl.create_default_context(cafile="certs/internal-ca.pem")}[ssl_]
    connector = aiohttp.TCPConnector(happy_eyeballs_delay=None) if delay else aiohttp.TCPConnector()
    options = {"server_hostname": name, "headers": {"Host": name}} if name else {}
    try:
        async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=6)) as session:
            async with session.get(url, ssl=trust, **options) as response:
                return [response.status, await response.text()]
    except Exception as error:
        return {"told": told(error)}
