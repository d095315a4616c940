# An unverified context, in every client that takes one.
# pattern 11: httpx, urllib3, aiohttp, urllib, http.client, socket, asyncio, websockets
import asyncio
import http.client
import socket
import ssl
import urllib.request
from ssl import _create_unverified_context as lax

import aiohttp
import httpx
import urllib3
import websockets

URL = "https://crm.partner.example/orders"


def by_httpx():
    return httpx.get(URL, verify=ssl._create_unverified_context()).json()  #! tls-verify-disabled


def by_urllib3():
    return urllib3.PoolManager(ssl_context=ssl._create_unverified_context()).request("GET", URL).json()  #! tls-verify-disabled


async def by_aiohttp():
    async with aiohttp.ClientSession() as session:
        async with session.get(URL, ssl=lax()) as response:  #! tls-verify-disabled
            return await response.json()


def by_urllib():
    return urllib.request.urlopen(URL, context=lax()).read()  #! tls-verify-disabled


def by_http_client():
    connection = http.client.HTTPSConnection("crm.partner.example", context=lax())  #! tls-verify-disabled
    connection.request("GET", "/orders")
    return connection.getresponse().read()


def by_socket():
    context = lax()  #! tls-verify-disabled
    with socket.create_connection(("crm.partner.example", 443)) as raw:
        with context.wrap_socket(raw, server_hostname="crm.partner.example") as tls:
            tls.sendall(b"ping")


async def by_asyncio():
    reader, writer = await asyncio.open_connection("crm.partner.example", 443, ssl=lax())  #! tls-verify-disabled
    writer.write(b"ping")


async def by_websockets():
    async with websockets.connect("wss://crm.partner.example/feed", ssl=lax()) as feed:  #! tls-verify-disabled
        await feed.send("ping")
