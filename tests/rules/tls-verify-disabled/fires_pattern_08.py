# The switch is a constant, a default, a setting, a variable of the environment, an attribute of a class.
# pattern 8: httpx, requests, aiohttp
import os
from typing import Final

import aiohttp
import httpx
import requests
from fastapi import Depends, FastAPI
from pydantic_settings import BaseSettings

URL = "https://crm.partner.example/orders"
VERIFY: Final = False
app = FastAPI()


class Settings(BaseSettings):
    verify_tls: bool = False
    debug: bool = False


class Base:
    verify = True

    def get(self):
        return requests.get(URL, verify=self.verify).json()  #! tls-verify-disabled


class Override(Base):
    verify = False


settings = Settings()


def get_settings():
    return Settings()


@app.get("/constant")
def constant():
    return httpx.get(URL, verify=VERIFY).json()  #! tls-verify-disabled


@app.get("/setting")
def setting():
    return requests.get(URL, verify=settings.verify_tls).json()  #! tls-verify-disabled


@app.get("/depends")
async def depends(config: Settings = Depends(get_settings)):
    async with httpx.AsyncClient(verify=config.verify_tls) as client:  #! tls-verify-disabled
        return (await client.get(URL)).json()


@app.get("/environment")
def environment():
    return requests.get(URL, verify=os.getenv("VERIFY_TLS", "0") == "1").json()  #! tls-verify-disabled


def helper(url, verify=False):
    return httpx.get(url, verify=verify).json()  #! tls-verify-disabled


@app.get("/default")
def default():
    return helper(URL)


@app.get("/override")
def override():
    return Override().get()


@app.get("/aiohttp")
async def by_setting_aiohttp():
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=settings.verify_tls)) as session:  #! tls-verify-disabled
        async with session.get(URL) as response:
            return await response.json()
