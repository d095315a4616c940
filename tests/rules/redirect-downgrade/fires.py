# A key of its own kind goes where a redirect leads.
# pattern 29: httpx, requests, urllib3, aiohttp
from urllib.parse import urljoin

import aiohttp
import httpx
import requests
import urllib3

KEY = {"X-Api-Key": "key-1001"}
URL = "https://rates.partner.example/latest"


def httpx_call():
    return httpx.get(URL, headers=KEY, follow_redirects=True).json()  #! redirect-downgrade


def httpx_client():
    with httpx.Client(headers=KEY, follow_redirects=True) as client:  #! redirect-downgrade
        return client.get(URL).json()


async def httpx_one_call_of_a_client():
    async with httpx.AsyncClient(headers=KEY) as client:
        return (await client.get(URL, follow_redirects=True)).json()  #! redirect-downgrade


def requests_call():
    return requests.get(URL, headers=KEY, allow_redirects=True).json()  #! redirect-downgrade


async def aiohttp_call():
    async with aiohttp.ClientSession(headers=KEY) as session:
        async with session.get(URL, allow_redirects=True) as response:  #! redirect-downgrade
            return await response.json()


def urllib3_call():
    return urllib3.PoolManager().request("GET", URL, headers=KEY, redirect=True).json()  #! redirect-downgrade


def by_hand_requests():
    response = requests.get(URL, headers=KEY, allow_redirects=False)
    if response.is_redirect:
        response = requests.get(urljoin(URL, response.headers["Location"]), headers=KEY)  #! redirect-downgrade
    return response.json()


def by_hand_httpx():
    response = httpx.get(URL, headers=KEY)
    if response.status_code in (301, 302):
        response = httpx.get(response.headers["location"], headers=KEY)  #! redirect-downgrade
    return response.json()


def by_hand_authorization():
    token = {"Authorization": "Bearer token-1001"}
    response = httpx.get(URL, headers=token)
    return httpx.get(response.headers["location"], headers=token).json()  #! redirect-downgrade


async def by_hand_aiohttp():
    async with aiohttp.ClientSession(headers=KEY) as session:
        async with session.get(URL, allow_redirects=False) as first:
            target = first.headers["Location"]
        async with session.get(target) as response:  #! redirect-downgrade
            return await response.json()


def by_hand_urllib3():
    pool = urllib3.PoolManager()
    first = pool.request("GET", URL, headers=KEY, redirect=False)
    return pool.request("GET", first.headers["Location"], headers=KEY).json()  #! redirect-downgrade
