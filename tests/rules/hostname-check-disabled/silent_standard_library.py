import asyncio
import ssl
import urllib.request

from fastapi import FastAPI

app = FastAPI()
own = ssl.create_default_context(cafile="certs/internal-ca.pem")


@app.get("/a")
def a():
    return urllib.request.urlopen("https://a.acme.internal/x", context=own).read()


@app.get("/b")
async def b():
    reader, writer = await asyncio.open_connection("proxy.acme.internal", 3128, ssl=True)
    writer.write(b"CONNECT b.partner.example:443 HTTP/1.1\r\n\r\n")
    await reader.readuntil(b"\r\n\r\n")
    await writer.start_tls(ssl.create_default_context(), server_hostname="b.partner.example")
    return await reader.read()
