# Looks like it: the other attempt is as good, stays on the machine, or there is none.
# pattern 27: httpx, requests, urllib3, aiohttp, urllib
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
        return httpx.get("https://mirror.partner.example/orders").json()


def by_requests():
    try:
        return requests.get("https://crm.partner.example/orders").json()
    except requests.exceptions.SSLError:
        return requests.get("https://crm.partner.example/orders", verify="/etc/ssl/own-ca.pem").json()


def by_urllib3():
    pool = urllib3.PoolManager(retries=False)
    try:
        return pool.request("GET", "https://crm.partner.example/orders").json()
    except urllib3.exceptions.HTTPError:
        return pool.request("GET", "http://127.0.0.1:8000/cached").json()


async def by_aiohttp():
    async with aiohttp.ClientSession() as session:
        try:
            async with session.get("https://crm.partner.example/orders") as response:
                return await response.json()
        except aiohttp.ClientError:
            return {"orders": []}


def by_urllib():
    try:
        return urllib.request.urlopen("https://crm.partner.example/orders").read()
    except urllib.error.URLError as error:
        raise RuntimeError("no orders") from error
