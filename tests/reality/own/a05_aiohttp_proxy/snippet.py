"""Through a proxy that is named in the call."""
import aiohttp
from fastapi import FastAPI

app = FastAPI()

def told(error, depth=0):
    kind = type(error)
    found = [f"{kind.__module__}.{kind.__qualname__}: {error}"]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found + (told(cause, depth + 1) if cause is not None and depth < 4 else [])


@app.get("/via")
async def via(url: str, proxy: str, auth: bool = False, lax: bool = False):
    options = {"proxy": proxy, "ssl": not lax, "timeout": aiohttp.ClientTimeout(total=4)}
    if auth:
        options["proxy_auth"] = aiohttp.BasicAuth("fleet", "proxy-pass")
        options["proxy_headers"] = {"X-Fleet": "7"}
    try:
        async with aiohttp.ClientSession(headers={"X-Api-Key": "depot-key"}) as session:
            async with session.get(url, **options) as response:
                return [response.status, await response.text()]
    except Exception as error:
        return {"told": told(error), "status": getattr(error, "status", None)}
