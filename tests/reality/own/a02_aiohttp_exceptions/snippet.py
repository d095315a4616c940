"""What an except clause finds in aiohttp's exceptions."""
import aiohttp
from fastapi import FastAPI

app = FastAPI()

def told(error, depth=0):
    kind = type(error)
    found = [f"{kind.__module__}.{kind.__qualname__}: {error}"]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found + (told(cause, depth + 1) if cause is not None and depth < 4 else [])


def looked_at(error):
    found = {"told": told(error), "bases": [each.__name__ for each in type(error).__mro__]}
    for name in ("host", "port", "ssl", "errno", "strerror", "os_error", "certificate_error", "status", "message",
                 "headers", "history", "request_info", "url", "description", "code"):
        try:
            value = getattr(error, name)
            found[name] = str(value) if not isinstance(value, (int, str, type(None))) else value
        except Exception as failure:
            found[name] = f"{type(failure).__name__}: {failure}"
    found["args"] = [type(each).__name__ for each in error.args]
    return found


@app.get("/see")
async def see(url: str):
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=4)) as session:
            async with session.get(url) as response:
                response.raise_for_status()
                return {"status": response.status}
    except Exception as error:
        return looked_at(error)


@app.get("/order")
async def order(url: str):
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=4)) as session:
            async with session.get(url) as response:
                return {"status": response.status}
    except aiohttp.ClientConnectorCertificateError as error:
        return {"caught": "certificate", "why": str(error.os_error)}
    except aiohttp.ClientConnectorDNSError as error:
        return {"caught": "dns", "why": str(error.os_error)}
    except aiohttp.ClientConnectorError as error:
        return {"caught": "connector", "why": repr(error.os_error)}
    except aiohttp.ServerTimeoutError:
        return {"caught": "server timeout"}
    except aiohttp.ClientError as error:
        return {"caught": "client", "why": repr(error)}
    except TimeoutError:
        return {"caught": "timeout"}
