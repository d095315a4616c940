"""Every way to say what is trusted, of the request and of the connector."""
import os
import ssl

import aiohttp
from fastapi import FastAPI

app = FastAPI()
URL = "https://vault.partner.example/secret"
PIN = bytes.fromhex(os.environ["VAULT_PIN"])
KEY = {"X-Api-Key": "vault-key-1"}


def lax():
    made = ssl.create_default_context()
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    return made


def told(error, depth=0):
    kind = type(error)
    found = [f"{kind.__module__}.{kind.__qualname__}: {error}"]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found + (told(cause, depth + 1) if cause is not None and depth < 4 else [])


REQUEST = {
    "default": lambda: {},
    "none": lambda: {"ssl": None},
    "false": lambda: {"ssl": False},
    "strict": lambda: {"ssl": ssl.create_default_context()},
    "lax": lambda: {"ssl": lax()},
    "pin": lambda: {"ssl": aiohttp.Fingerprint(PIN)},
    "verify_ssl": lambda: {"verify_ssl": False},
    "ssl_context": lambda: {"ssl_context": ssl.create_default_context()},
    "fingerprint": lambda: {"fingerprint": PIN},
    "both": lambda: {"ssl": False, "verify_ssl": False},
    "text": lambda: {"ssl": "certs/public-root.pem"},
    "number": lambda: {"ssl": 0},
    "short": lambda: {"ssl": aiohttp.Fingerprint(PIN[:20])},
    "odd": lambda: {"ssl": aiohttp.Fingerprint(PIN[:7])},
    "true": lambda: {"ssl": True},
    "named": lambda: {"server_hostname": "attacker-owned.example"},
}
CONNECTOR = {
    "default": lambda: {},
    "false": lambda: {"ssl": False},
    "lax": lambda: {"ssl": lax()},
    "pin": lambda: {"ssl": aiohttp.Fingerprint(PIN)},
    "verify_ssl": lambda: {"verify_ssl": False},
    "both": lambda: {"verify_ssl": False, "ssl_context": lax()},
}


@app.get("/try/{connector}/{request}")
async def attempt(connector: str, request: str):
    try:
        made = aiohttp.TCPConnector(**CONNECTOR[connector]())
        async with aiohttp.ClientSession(connector=made, headers=KEY, timeout=aiohttp.ClientTimeout(total=4)) as session:
            async with session.get(URL, **REQUEST[request]()) as response:
                return await response.json()
    except Exception as error:
        return {"told": told(error)}
