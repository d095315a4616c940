# Looks like it: the checks were switched on again, or never off.
# pattern 11: httpx, urllib3, aiohttp, urllib, http.client, socket, asyncio, websockets
import asyncio
import http.client
import socket
import ssl
import urllib.request

import aiohttp
import httpx
import urllib3
import websockets

URL = "https://crm.partner.example/orders"


def own():
    context = ssl._create_unverified_context()
    context.verify_mode = ssl.CERT_REQUIRED
    context.check_hostname = True
    context.load_verify_locations("/etc/ssl/own-ca.pem")
    return context


def by_httpx():
    return httpx.get(URL, verify=ssl.create_default_context()).json()


def by_urllib3():
    return urllib3.PoolManager(ssl_context=own()).request("GET", URL).json()


async def by_aiohttp():
    async with aiohttp.ClientSession() as session:
        async with session.get(URL, ssl=own()) as response:
            return await response.json()


def by_urllib():
    return urllib.request.urlopen(URL, context=own()).read()


def by_http_client():
    connection = http.client.HTTPSConnection("crm.partner.example", context=own())
    connection.request("GET", "/orders")
    return connection.getresponse().read()


def by_socket():
    with socket.create_connection(("crm.partner.example", 443)) as raw:
        with own().wrap_socket(raw, server_hostname="crm.partner.example") as tls:
            tls.sendall(b"ping")


async def by_asyncio():
    reader, writer = await asyncio.open_connection("crm.partner.example", 443, ssl=own())
    writer.write(b"ping")


async def by_websockets():
    async with websockets.connect("wss://crm.partner.example/feed", ssl=own()) as feed:
        await feed.send("ping")
