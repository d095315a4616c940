# A plain URL reaches a request.
# pattern 24: httpx, requests, urllib3, aiohttp, urllib, http.client, websockets
import http.client
import urllib.request

import aiohttp
import httpx
import requests
import urllib3
import websockets
from pydantic_settings import BaseSettings

BASE = "http://crm.partner.example"


class Settings(BaseSettings):
    base_url: str = "http://erp.partner.example"


settings = Settings()


def by_httpx(number: int):
    return httpx.get(f"http://crm.partner.example/orders/{number}").json()  #! cleartext-transport


def by_base_url():
    with httpx.Client(base_url="http://crm.partner.example") as client:
        return client.get("/orders").json()  #! cleartext-transport


def by_requests():
    return requests.get(BASE + "/orders").json()  #! cleartext-transport


def by_setting():
    return requests.get(f"{settings.base_url}/orders").json()  #! cleartext-transport


def by_urllib3():
    return urllib3.PoolManager().request("GET", f"{BASE}/orders").json()  #! cleartext-transport


async def by_aiohttp():
    async with aiohttp.ClientSession() as session:
        async with session.get("%s/orders" % BASE) as response:  #! cleartext-transport
            return await response.json()


def by_urllib():
    return urllib.request.urlopen("{}/orders".format(BASE)).read()  #! cleartext-transport


def by_http_client():
    connection = http.client.HTTPConnection("crm.partner.example")  #! cleartext-transport
    connection.request("GET", "/orders")
    return connection.getresponse().read()


async def by_websockets():
    async with websockets.connect("ws://crm.partner.example/feed") as feed:  #! cleartext-transport
        await feed.send("ping")
