"""The standard library's own clients; each line with `#!` must have a finding of that rule."""
import asyncio
import http.client
import socket
import ssl
import urllib.request

from fastapi import FastAPI

app = FastAPI()

loose = ssl.create_default_context()
loose.check_hostname = False
loose.verify_mode = ssl.CERT_NONE  #! tls-verify-disabled
opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=loose))


@app.get("/a")
def a(key: str):
    with urllib.request.urlopen("https://a.partner.example/x?key=" + key, context=ssl._create_unverified_context()) as answer:  #! tls-verify-disabled
        return answer.read()


@app.get("/b")
def b():
    return opener.open("https://b.partner.example/x", timeout=3).read()


@app.get("/c")
def c():
    connection = http.client.HTTPSConnection("c.partner.example", context=ssl._create_unverified_context(), timeout=3)  #! tls-verify-disabled
    connection.request("GET", "/x", headers={"Authorization": "Bearer t"})
    answer = connection.getresponse()
    if answer.status != 200:
        return {"status": answer.status}
    return answer.read()


def old_context():
    return ssl.SSLContext(ssl.PROTOCOL_TLS)  #! tls-unverified-by-default


@app.get("/d")
def d():
    with socket.create_connection(("d.partner.example", 443)) as raw:
        with old_context().wrap_socket(raw, server_hostname="d.partner.example") as tls:
            tls.sendall(b"GET / HTTP/1.0\r\n\r\n")
            return tls.recv(100)


@app.get("/e")
async def e():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  #! tls-verify-disabled
    reader, writer = await asyncio.open_connection("e.partner.example", 443, ssl=context)
    writer.write(b"GET / HTTP/1.0\r\n\r\n")
    line = await reader.readline()
    writer.close()
    return line


@app.get("/f")
def f():
    try:
        return urllib.request.urlopen("https://f.partner.example/x").read()
    except urllib.error.URLError as exc:
        if isinstance(exc.reason, ssl.SSLError):
            return urllib.request.urlopen("https://f.partner.example/x", context=ssl.SSLContext()).read()  #! tls-unverified-by-default
        raise
