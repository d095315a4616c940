# Looks like it: overwritten, taken out, sent as data.
# pattern 6: httpx, requests, aiohttp
import aiohttp
import httpx
import requests

URL = "https://crm.partner.example/orders"
OPTIONS = {"timeout": 5, "verify": False}


def overwritten():
    return requests.get(URL, **{**OPTIONS, "verify": True}).json()


def taken_out():
    options = dict(OPTIONS)
    options.pop("verify")
    return httpx.get(URL, **options).json()


async def body_only():
    async with aiohttp.ClientSession() as session:
        async with session.post(URL, json={"ssl": False}) as response:
            return await response.json()


def not_unpacked():
    return requests.get(URL, params=OPTIONS).json()
