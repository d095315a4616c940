# Redirects without a secret, secrets without redirects, and what clients drop by themselves.
# pattern 29: httpx, requests, aiohttp
from urllib.parse import urlparse

import aiohttp
import httpx
import requests

KEY = {"X-Api-Key": "key-1001"}
URL = "https://rates.partner.example/latest"


def no_secret():
    return httpx.get(URL, headers={"Accept": "application/json"}, follow_redirects=True).json()


def not_followed():
    return httpx.get(URL, headers=KEY).json()


def said_not_to():
    return requests.get(URL, headers=KEY, allow_redirects=False).json()


async def said_not_to_aiohttp():
    async with aiohttp.ClientSession(headers=KEY) as session:
        async with session.get(URL, allow_redirects=False) as response:
            return await response.json()


def dropped_by_the_client():
    return httpx.get(URL, headers={"Authorization": "Bearer token-1001"}, follow_redirects=True).json()


class StripsAlways(requests.Session):
    def should_strip_auth(self, old_url, new_url):
        return True


def strips_always():
    with StripsAlways() as session:
        session.headers["Authorization"] = "Bearer token-1001"
        return session.get(URL).json()


def compared_first():
    response = requests.get(URL, headers=KEY, allow_redirects=False)
    target = response.headers["Location"]
    if urlparse(target).hostname != "rates.partner.example":
        raise ValueError("redirected elsewhere")
    return requests.get(target, headers=KEY).json()


def without_the_secret():
    response = requests.get(URL, headers=KEY, allow_redirects=False)
    return requests.get(response.headers["Location"]).json()


def in_process(app):
    with httpx.Client(transport=httpx.WSGITransport(app), headers=KEY, follow_redirects=True) as client:
        return client.get(URL).json()
