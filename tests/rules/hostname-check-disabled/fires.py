import ssl

import httpx
from fastapi import FastAPI

app = FastAPI()


def loose_context() -> ssl.SSLContext:
    made = ssl.create_default_context()
    made.check_hostname = False  #! hostname-check-disabled
    made.verify_mode = ssl.CERT_REQUIRED
    return made


@app.get("/a")
async def a():
    async with httpx.AsyncClient(verify=loose_context()) as client:
        return (await client.get("https://a.partner.example/x")).json()


strange = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
strange.check_hostname = False  #! hostname-check-disabled
strange.load_verify_locations("certs/internal-ca.pem")


@app.get("/b")
def b():
    return httpx.get("https://b.acme.internal/x", verify=strange).json()
