import asyncio
import http.client
import socket
import ssl
import urllib.request

from fastapi import FastAPI

app = FastAPI()
context = ssl._create_unverified_context(cert_reqs=ssl.CERT_REQUIRED, check_hostname=True)
again = ssl._create_unverified_context()
handler = urllib.request.HTTPSHandler(context=again, check_hostname=True)  # switches the checks on again


@app.get("/a")
def a(name: str):
    with urllib.request.urlopen(f"https://a.partner.example/{name}", timeout=3) as answer:
        return answer.read()


@app.get("/b")
def b():
    return urllib.request.build_opener(handler).open("https://b.partner.example/x").read()


@app.get("/c")
def c():
    connection = http.client.HTTPSConnection("c.partner.example", context=context)
    connection.request("GET", "/x")
    return connection.getresponse().read()


@app.get("/local")
def local():
    return urllib.request.urlopen("https://localhost:8443/x", context=ssl._create_unverified_context()).read()


@app.get("/d")
async def d():
    reader, writer = await asyncio.open_connection("d.partner.example", 443, ssl=True)
    writer.write(b"PING\n")
    return await reader.readline()


@app.get("/e")
def e():
    raw = socket.create_connection(("e.partner.example", 443), 3)
    tls = ssl.create_default_context().wrap_socket(raw, server_hostname="e.partner.example")
    tls.sendall(b"PING\n")
    return tls.recv(10)
