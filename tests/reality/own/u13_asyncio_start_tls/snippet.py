import asyncio
import ssl

from fastapi import FastAPI

app = FastAPI()


async def through(context, name):
    reader, writer = await asyncio.wait_for(asyncio.open_connection("exit.acme.internal", 3128), 4)
    try:
        writer.write(b"CONNECT ledger.bank.example:443 HTTP/1.1\r\nHost: ledger.bank.example:443\r\n\r\n")
        await writer.drain()
        answer = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in answer:
            return {"tunnel": answer.decode()}
        await writer.start_tls(context, server_hostname=name)
        writer.write(b"GET /balance HTTP/1.1\r\nHost: ledger.bank.example\r\nX-Key: ledger-key\r\nConnection: close\r\n\r\n")
        data = await reader.read(-1)
        return {"body": data.partition(b"\r\n\r\n")[2].decode(), "tls": writer.get_extra_info("sslcontext") is context}
    finally:
        writer.close()


@app.get("/balance/{which}")
async def balance(which: str):
    if which == "loose":
        context = ssl._create_unverified_context()
    else:
        context = ssl.create_default_context()
    try:
        return await through(context, None if which == "unnamed" else "ledger.bank.example")
    except (OSError, ValueError, asyncio.IncompleteReadError) as exc:
        return {"class": type(exc).__name__, "text": str(exc)}


@app.get("/protocol")
async def protocol():
    loop = asyncio.get_running_loop()
    done = loop.create_future()

    class Client(asyncio.Protocol):
        def connection_made(self, transport):
            self.got = b""
            transport.write(b"GET /balance HTTP/1.0\r\nX-Key: ledger-key\r\n\r\n")

        def data_received(self, data):
            self.got += data

        def connection_lost(self, exc):
            if not done.done():
                done.set_result(self.got)

    try:
        transport, client = await asyncio.wait_for(loop.create_connection(Client, "ledger.bank.example", 443, ssl=True), 4)
        data = await asyncio.wait_for(done, 4)
        return {"line": data.split(b"\r\n")[0].decode(), "same": isinstance(client, Client), "closing": transport.is_closing()}
    except OSError as exc:
        return {"class": type(exc).__name__, "text": str(exc)}
