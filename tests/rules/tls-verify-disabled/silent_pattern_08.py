# Looks like it: on where it counts, another switch, an insecure default that raises.
# pattern 8: httpx, requests, aiohttp
from typing import Final

import aiohttp
import httpx
import requests
from fastapi import Depends, FastAPI
from pydantic_settings import BaseSettings

URL = "https://crm.partner.example/orders"
VERIFY: Final = True
app = FastAPI()


class Settings(BaseSettings):
    verify_mail: bool = False
    ca_bundle: str = "/etc/ssl/own-ca.pem"


class Base:
    verify = False

    def get(self):
        return requests.get(URL, verify=self.verify).json()


class Override(Base):
    verify = True


settings = Settings()


@app.get("/constant")
def constant():
    return httpx.get(URL, verify=VERIFY).json()


@app.get("/setting")
def setting(config: Settings = Depends(Settings)):
    return requests.get(URL, verify=config.ca_bundle, params={"mail": config.verify_mail}).json()


@app.get("/override")
def override():
    return Override().get()


def refuses(verify=False):
    if not verify:
        raise RuntimeError("never without verification")
    return requests.get(URL, verify=verify).json()


@app.get("/refuses")
def refusing():
    return refuses(verify=True)


@app.get("/aiohttp")
async def by_constant_aiohttp():
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=VERIFY)) as session:
        async with session.get(URL) as response:
            return await response.json()
