import asyncio
import ssl

from fastapi import FastAPI

app = FastAPI()
HOST = "feed.acme.example"


async def ask(path="/tick", **options):
    reader, writer = await asyncio.wait_for(asyncio.open_connection(HOST, **options), 4)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nX-Key: feed-key\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        status = (await reader.readline()).decode().split()[1]
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.read()
        cert = writer.get_extra_info("peercert")
        return {"status": status, "head": b"application/json" in head, "body": body.decode(), "eof": reader.at_eof(),
                "names": cert.get("subjectAltName") if cert else cert, "tls": writer.get_extra_info("ssl_object") is not None,
                "peer": writer.get_extra_info("peername")[1], "closing": writer.is_closing(),
                "cipher": writer.get_extra_info("cipher") is not None, "other": writer.get_extra_info("nothing", "default")}
    finally:
        writer.close()
        await writer.wait_closed()


def loose():
    made = ssl.create_default_context()
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    return made


@app.get("/tick/{which}")
async def tick(which: str):
    options = {"true": {"port": 443, "ssl": True}, "context": {"port": 443, "ssl": ssl.create_default_context()},
               "loose": {"port": 443, "ssl": loose()}, "plain": {"port": 80},
               "named": {"port": 443, "ssl": True, "server_hostname": "attacker-owned.example"},
               "empty": {"port": 443, "ssl": loose(), "server_hostname": ""},
               "name-without-tls": {"port": 80, "server_hostname": HOST},
               "closed": {"port": 9999, "ssl": True}}[which]
    try:
        return await ask(**options)
    except ssl.SSLCertVerificationError as exc:
        return {"code": exc.verify_code, "text": str(exc)}
    except (OSError, ValueError, asyncio.IncompleteReadError) as exc:
        return {"class": type(exc).__name__, "text": str(exc)}


@app.get("/unhandled")
async def unhandled():
    return await ask(port=443, ssl=True)


@app.get("/lines")
async def lines():
    try:
        reader, writer = await asyncio.open_connection(HOST, 7000)
        writer.writelines([b"HELLO acme\n", b"KEY feed-key\n"])
        first, second = await reader.readline(), await reader.readexactly(5)
        writer.write_eof()
        rest = await reader.read(100)
        writer.close()
        return [first.decode(), second.decode(), rest.decode(), await reader.read(1) == b""]
    except OSError as exc:
        return {"class": type(exc).__name__, "text": str(exc)}


@app.get("/addresses")
async def addresses():
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(HOST, 443)
        return {"all": [[int(family), int(kind), proto, name, list(where)] for family, kind, proto, name, where in found]}
    except OSError as exc:
        return {"class": type(exc).__name__, "text": str(exc), "errno": exc.errno}
