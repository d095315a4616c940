"""A service that demands a certificate."""
import ssl

import aiohttp
from fastapi import FastAPI

app = FastAPI()

def told(error, depth=0):
    kind = type(error)
    found = [f"{kind.__module__}.{kind.__qualname__}: {error}"]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found + (told(cause, depth + 1) if cause is not None and depth < 4 else [])


def context(cert: bool, lax: bool):
    made = ssl.create_default_context(cafile="certs/internal-ca.pem")
    if cert:
        made.load_cert_chain("certs/client.pem", "certs/client-key.pem")
    if lax:
        made.check_hostname = False
        made.verify_mode = ssl.CERT_NONE
    return made


@app.get("/ledger")
async def ledger(cert: bool = True, lax: bool = False, method: str = "GET"):
    try:
        connector = aiohttp.TCPConnector(ssl=context(cert, lax))
        async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=4)) as session:
            async with session.request(method, "https://ledger.acme.internal/book") as response:
                return await response.text()
    except Exception as error:
        return {"told": told(error), "errno": getattr(error, "errno", 0)}
