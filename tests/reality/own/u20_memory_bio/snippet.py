import socket
import ssl

from fastapi import FastAPI

app = FastAPI()
HOST = "bus.acme.example"


def talk(context, name):
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = context.wrap_bio(incoming, outgoing, server_hostname=name)
    with socket.create_connection((HOST, 443), timeout=4) as raw:

        def run(call, *args):
            while True:
                try:
                    result = call(*args)
                    if outgoing.pending:
                        raw.sendall(outgoing.read())
                    return result
                except ssl.SSLWantReadError:
                    if outgoing.pending:
                        raw.sendall(outgoing.read())
                    data = raw.recv(16384)
                    if data:
                        incoming.write(data)
                    else:
                        incoming.write_eof()

        run(tls.do_handshake)
        run(tls.write, b"GET /bus HTTP/1.0\r\nX-Key: bus-key\r\n\r\n")
        return {"line": run(tls.read, 200).split(b"\r\n")[0].decode(), "name": tls.server_hostname, "kind": type(tls).__name__}


@app.get("/bus/{which}")
def bus(which: str):
    context = ssl._create_unverified_context() if which == "loose" else ssl.create_default_context()
    try:
        return talk(context, None if which == "unnamed" else HOST)
    except (OSError, ValueError) as exc:
        return {"class": type(exc).__name__, "text": str(exc)}
