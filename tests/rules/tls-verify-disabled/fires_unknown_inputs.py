"""URLs, hosts and switches that come from the caller."""
import http.client
import json
import os
import socket
import ssl
import urllib.parse
import urllib.request

from fastapi import FastAPI

app = FastAPI()


@app.post("/a")
def a(url: str, body: dict, verify: bool = True):
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  #! tls-verify-disabled
    request = urllib.request.Request(url, data=json.dumps(body).encode(), headers={"Authorization": os.environ["TOKEN"]})
    with urllib.request.urlopen(request, context=context) as answer:
        return json.load(answer)["items"][0]


@app.get("/b")
def b(host: str, port: int, path: str):
    connection = http.client.HTTPSConnection(host, port, context=ssl._create_unverified_context())  #! tls-verify-disabled
    connection.request("GET", path + "?" + urllib.parse.urlencode({"q": path}))
    answer = connection.getresponse()
    while chunk := answer.read(1024):
        print(chunk)
    return answer.getheader("X-Next", "none")


@app.get("/c")
def c(host: str):
    loose = ssl.SSLContext()  #! tls-unverified-by-default
    with loose.wrap_socket(socket.create_connection((host, 443)), server_hostname=host) as tls:
        data = b""
        while True:
            part = tls.recv(1000)
            if not part:
                break
            data += part
        return data
