import asyncio
import http.client
import os
import socket
import urllib.request

from fastapi import FastAPI

app = FastAPI()
BASE = os.getenv("CRM_URL", "http://crm.acme.internal")


@app.get("/a")
def a():
    return urllib.request.urlopen("http://a.partner.example/x", timeout=3).read()  #! cleartext-transport


@app.get("/b")
def b(name: str):
    request = urllib.request.Request(f"{BASE}/people/{name}", headers={"X-Key": "k"})  #! cleartext-transport
    with urllib.request.urlopen(request) as answer:
        return answer.read()


@app.get("/c")
def c():
    connection = http.client.HTTPConnection("c.partner.example", 8080, timeout=3)  #! cleartext-transport
    connection.request("POST", "/x", body=b"card=1")
    return connection.getresponse().status


@app.get("/d")
async def d():
    reader, writer = await asyncio.open_connection("d.partner.example", 6379)  #! cleartext-transport
    writer.write(b"GET card\r\n")
    return await reader.readline()


@app.get("/e")
def e():
    with socket.create_connection(("e.partner.example", 25), timeout=3) as connection:  #! cleartext-transport
        connection.sendall(b"EHLO app\r\n")
        return connection.recv(100)


@app.get("/f")
def f():
    connection = socket.socket()
    connection.connect(("f.partner.example", 9100))  #! cleartext-transport
    connection.send(b"print")


@app.get("/g")
async def g(host: str):
    reader, writer = await asyncio.open_connection(host, 7000)  #! cleartext-transport
    async for line in reader:
        print(line)
    writer.close()
