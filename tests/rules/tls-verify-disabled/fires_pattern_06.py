# The switch comes in a dictionary.
# pattern 6: httpx, requests, aiohttp
import aiohttp
import httpx
import requests

URL = "https://crm.partner.example/orders"
OPTIONS = {"timeout": 5, "verify": False}
BY_CALL = dict(verify=False)


def literal():
    return requests.get(URL, **OPTIONS).json()  #! tls-verify-disabled


def by_call():
    return httpx.get(URL, **BY_CALL).json()  #! tls-verify-disabled


def item():
    options = {"timeout": 5}
    options["verify"] = False
    with httpx.Client(**options) as client:  #! tls-verify-disabled
        return client.get(URL).json()


def merged():
    return requests.post(URL, **{**OPTIONS, "timeout": 9}).json()  #! tls-verify-disabled


async def connector():
    options = {"ssl": False}
    async with aiohttp.ClientSession() as session:
        async with session.get(URL, **options) as response:  #! tls-verify-disabled
            return await response.json()
