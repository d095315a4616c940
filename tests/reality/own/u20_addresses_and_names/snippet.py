import asyncio
import http.client
import json
import ssl
import urllib.error
import urllib.parse
import urllib.request

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI()
ADDRESS, NAME = "192.0.2.90", "billing.acme.example"


class Invoice(BaseModel):
    customer: str
    cents: int


class ByName(http.client.HTTPSConnection):
    """Connects to an address, asks for a name."""

    def connect(self):
        http.client.HTTPConnection.connect(self)
        self.sock = self._context.wrap_socket(self.sock, server_hostname=NAME)


@app.post("/invoice/{how}")
def invoice(how: str, invoice: Invoice):
    base = f"https://{ADDRESS if how == 'address' else NAME}/invoices?" + urllib.parse.urlencode({"v": 2})
    request = urllib.request.Request(base, json.dumps(invoice.model_dump()).encode("utf-8"), method="POST")
    request.add_header("Content-Type", "application/json; charset=utf-8")
    request.add_header("Authorization", "Bearer billing-token")
    if how == "address":
        request.add_header("Host", NAME)
    try:
        with urllib.request.urlopen(request, timeout=4) as answer:
            body = json.loads(answer.read().decode(answer.headers.get_content_charset() or "utf-8"))
            return {"id": body["id"], "kind": answer.headers["content-type"], "fields": sorted(k.lower() for k in answer.headers.keys() if k != "Date")}
    except urllib.error.HTTPError as exc:
        raise HTTPException(exc.code, exc.read().decode()) from exc
    except (urllib.error.URLError, TimeoutError) as exc:
        raise HTTPException(502, f"billing: {exc}") from None


@app.get("/client/{how}")
def client(how: str):
    kind = ByName if how == "own" else http.client.HTTPSConnection
    connection = kind(ADDRESS, timeout=4)
    try:
        connection.request("GET", "/invoices", headers={"Host": NAME, "Authorization": "Bearer billing-token"})
        answer = connection.getresponse()
        return {"status": answer.status, "headers": [name for name, _ in answer.getheaders() if name == "Content-Type"], "body": answer.read().decode()}
    except ssl.SSLError as exc:
        return {"class": type(exc).__name__, "reason": exc.reason, "args": [str(one) for one in exc.args]}


@app.get("/stream/{how}")
async def stream(how: str):
    options = {"server_hostname": NAME} if how == "named" else {}
    reader, writer = await asyncio.open_connection(ADDRESS, 443, ssl=ssl.create_default_context(), **options)
    writer.write(f"GET /invoices HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode())
    headers = {}
    async for line in reader:
        if line == b"\r\n":
            break
        name, _, value = line.decode().partition(":")
        headers[name.lower()] = value.strip()
    body = await reader.readexactly(int(headers["content-length"]))
    writer.close()
    await writer.wait_closed()
    return json.loads(body)


@app.put("/chunks")
def chunks():
    connection = http.client.HTTPSConnection(NAME, timeout=4)
    connection.request("PUT", "/upload", body=(part.encode() for part in ("one-", "two-", "billing-token")), headers={"X-Parts": 3})
    answer = connection.getresponse()
    first = answer.read(4)
    return {"first": first.decode(), "rest": answer.read().decode(), "will_close": answer.will_close, "again": answer.read().decode()}
