# Looks like it: restored before use, the listening side, an attribute of something else.
# pattern 12: httpx, asyncio, uvicorn
import asyncio
import ssl

import httpx

URL = "https://crm.partner.example/orders"


def restored():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.verify_mode = ssl.CERT_REQUIRED
    context.check_hostname = True
    return httpx.get(URL, verify=context).json()


async def listening(handle):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.verify_mode = ssl.CERT_NONE
    context.load_cert_chain("server.pem")
    server = await asyncio.start_server(handle, "0.0.0.0", 8443, ssl=context)
    await server.serve_forever()


def listening_socket():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.verify_mode = ssl.CERT_NONE
    return context


class Row:
    verify_mode = ssl.CERT_NONE
