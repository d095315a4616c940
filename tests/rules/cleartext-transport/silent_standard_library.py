import asyncio
import socket
import ssl
import urllib.request

from fastapi import FastAPI

app = FastAPI()


@app.get("/probe")
def probe():
    with socket.create_connection(("db.acme.internal", 5432), timeout=1):  # nothing is sent
        return "up"


@app.get("/wrapped")
def wrapped():
    raw = socket.create_connection(("a.partner.example", 443))
    with ssl.create_default_context().wrap_socket(raw, server_hostname="a.partner.example") as tls:
        tls.sendall(b"PING\n")
        return tls.recv(10)


@app.get("/local")
async def local():
    reader, writer = await asyncio.open_connection("127.0.0.1", 6379)
    writer.write(b"PING\r\n")
    return await reader.readline()


@app.get("/lookup")
def lookup(name: str):
    return socket.gethostbyname(name)


@app.get("/secure")
def secure(url: str):
    return urllib.request.urlopen("https://" + url).read()
