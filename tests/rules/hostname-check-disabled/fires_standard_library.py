import asyncio
import http.client
import socket
import ssl
import urllib.request

from fastapi import FastAPI

app = FastAPI()
chain_only = ssl.create_default_context()
chain_only.check_hostname = False  #! hostname-check-disabled


@app.get("/a")
def a():
    return urllib.request.urlopen("https://a.partner.example/x", context=chain_only).read()


@app.get("/b")
def b():
    context = ssl._create_unverified_context(cert_reqs=ssl.CERT_REQUIRED)  #! hostname-check-disabled
    connection = http.client.HTTPSConnection("b.partner.example", context=context)
    connection.request("GET", "/x")
    return connection.getresponse().read()


@app.get("/c")
def c():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS)  #! hostname-check-disabled
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_default_certs()
    with context.wrap_socket(socket.create_connection(("c.partner.example", 443))) as tls:
        tls.sendall(b"PING\n")
        return tls.recv(10)


@app.get("/d")
async def d():
    reader, writer = await asyncio.open_connection("proxy.acme.internal", 3128)
    writer.write(b"CONNECT d.partner.example:443 HTTP/1.1\r\n\r\n")
    await reader.readuntil(b"\r\n\r\n")
    await writer.start_tls(ssl.create_default_context())  #! hostname-check-disabled
    writer.write(b"GET / HTTP/1.0\r\n\r\n")
    return await reader.read()
