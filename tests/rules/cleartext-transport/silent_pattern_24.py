# Looks like it: loopback, link-local, identifiers, origins, metadata, string tests.
# pattern 24: httpx, requests, urllib3, aiohttp, urllib, http.client, websockets
import http.client
import urllib.request
import xml.etree.ElementTree as tree

import aiohttp
import httpx
import requests
import urllib3
import websockets
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

NAMESPACE = {"soap": "http://schemas.partner.example/soap"}
app = FastAPI(terms_of_service="http://docs.partner.example/terms")
app.add_middleware(CORSMiddleware, allow_origins=["http://app.partner.example"])


def by_httpx():
    return httpx.get("http://localhost:8000/status").json()


def by_requests():
    return requests.get("http://169.254.169.254/latest/meta-data/").text


def by_urllib3():
    return urllib3.PoolManager().request("GET", "http://127.0.0.1:9090/metrics").data


async def by_aiohttp():
    async with aiohttp.ClientSession() as session:
        async with session.get("http://[::1]:8080/status") as response:
            return await response.json()


def by_urllib(url: str):
    if url.startswith("http://"):
        raise ValueError("not in plain text")
    return urllib.request.urlopen("https://crm.partner.example/orders").read()


def by_http_client():
    connection = http.client.HTTPSConnection("crm.partner.example")
    connection.request("GET", "/orders", headers={"Referer": "http://app.partner.example/"})
    return connection.getresponse().read()


async def by_websockets():
    async with websockets.connect("ws://localhost:8765/feed") as feed:
        await feed.send("ping")


def parse(text: str):
    return tree.fromstring(text).find("soap:Body", NAMESPACE)
