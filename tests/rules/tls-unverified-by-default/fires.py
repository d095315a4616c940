# pattern 20: httpx, http.client, socket
import http.client
import socket
import ssl

import httpx
from fastapi import FastAPI

app = FastAPI()


def old_context():
    return ssl.SSLContext(ssl.PROTOCOL_TLS)  #! tls-unverified-by-default


@app.get("/a")
def a():
    return httpx.get("https://a.partner.example/x", verify=old_context()).json()


@app.get("/b")
def b():
    connection = http.client.HTTPSConnection("b.partner.example", context=ssl.SSLContext())  #! tls-unverified-by-default
    connection.request("GET", "/x")
    return connection.getresponse().read()


@app.get("/c")
def c():
    context = ssl.SSLContext(ssl.PROTOCOL_TLSv1_2)  #! tls-unverified-by-default
    with socket.create_connection(("c.partner.example", 443)) as plain:
        with context.wrap_socket(plain, server_hostname="c.partner.example") as tls:
            tls.sendall(b"hello")
            return tls.recv(100)
