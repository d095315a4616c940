# A weaker attempt after a failed one.
# pattern 27: httpx, requests, urllib3, aiohttp, urllib
import ssl
import urllib.error
import urllib.request

import aiohttp
import httpx
import requests
import urllib3


def by_httpx():
    try:
        return httpx.get("https://crm.partner.example/orders").json()
    except httpx.ConnectError:
        return httpx.get("http://crm.partner.example/orders").json()  #! cleartext-fallback


def unverified_httpx():
    try:
        return httpx.get("https://crm.partner.example/orders").json()
    except httpx.ConnectError:
        return httpx.get("https://crm.partner.example/orders", verify=False).json()  #! cleartext-fallback


def by_requests():
    try:
        return requests.get("https://crm.partner.example/orders").json()
    except requests.exceptions.SSLError:
        return requests.get("https://crm.partner.example/orders", verify=False).json()  #! cleartext-fallback


def by_loop():
    for url in ("https://crm.partner.example/orders", "http://crm.partner.example/orders"):
        try:
            return requests.get(url).json()  #! cleartext-fallback
        except requests.exceptions.RequestException:
            continue
    return None


def by_urllib3():
    pool = urllib3.PoolManager(retries=False)
    try:
        return pool.request("GET", "https://crm.partner.example/orders").json()
    except urllib3.exceptions.HTTPError:
        return pool.request("GET", "http://crm.partner.example/orders").json()  #! cleartext-fallback


async def by_aiohttp():
    async with aiohttp.ClientSession() as session:
        try:
            async with session.get("https://crm.partner.example/orders") as response:
                return await response.json()
        except aiohttp.ClientError:
            async with session.get("https://crm.partner.example/orders", ssl=False) as response:  #! cleartext-fallback
                return await response.json()


def by_urllib():
    try:
        return urllib.request.urlopen("https://crm.partner.example/orders").read()
    except urllib.error.URLError:
        context = ssl._create_unverified_context()  #! cleartext-fallback
        return urllib.request.urlopen("https://crm.partner.example/orders", context=context).read()
