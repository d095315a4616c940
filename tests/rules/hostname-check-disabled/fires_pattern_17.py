# check_hostname is off and the chain is still verified.
# pattern 17: httpx, aiohttp, urllib, http.client, socket, asyncio, websockets
import asyncio
import http.client
import socket
import ssl
import urllib.request

import aiohttp
import httpx
import websockets

URL = "https://crm.partner.example/orders"


def by_httpx():
    context = ssl.create_default_context()
    context.check_hostname = False  #! hostname-check-disabled
    return httpx.get(URL, verify=context).json()


async def by_aiohttp():
    context = ssl.create_default_context()
    context.check_hostname = False  #! hostname-check-disabled
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=context)) as session:
        async with session.get(URL) as response:
            return await response.json()


def by_urllib():
    context = ssl.create_default_context()
    context.check_hostname = False  #! hostname-check-disabled
    return urllib.request.urlopen(URL, context=context).read()


def by_http_client():
    context = ssl.create_default_context()
    context.check_hostname = False  #! hostname-check-disabled
    connection = http.client.HTTPSConnection("crm.partner.example", context=context)
    connection.request("GET", "/orders")
    return connection.getresponse().read()


def by_socket():
    context = ssl.create_default_context()
    context.check_hostname = False  #! hostname-check-disabled
    with socket.create_connection(("crm.partner.example", 443)) as raw:
        with context.wrap_socket(raw, server_hostname="crm.partner.example") as tls:
            tls.sendall(b"ping")


async def by_asyncio():
    context = ssl.create_default_context()
    context.check_hostname = False  #! hostname-check-disabled
    reader, writer = await asyncio.open_connection("crm.partner.example", 443, ssl=context)
    writer.write(b"ping")


async def by_websockets():
    context = ssl.create_default_context()
    context.check_hostname = False  #! hostname-check-disabled
    async with websockets.connect("wss://crm.partner.example/feed", ssl=context) as feed:
        await feed.send("ping")
