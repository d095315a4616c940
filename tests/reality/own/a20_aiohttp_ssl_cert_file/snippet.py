"""SSL_CERT_FILE beside contexts of one's own."""
import ssl

import aiohttp
from fastapi import FastAPI

app = FastAPI()
CONTEXT = ssl.create_default_context()
CONTEXT.minimum_version = ssl.TLSVersion.TLSv1_3
BARE = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
BARE.load_verify_locations("certs/internal-ca.pem")


@app.get("/read/{how}")
async def read(how: str, host: str = "files.acme.internal"):
    chosen = {"default": True, "context": CONTEXT, "bare": BARE}[how]
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=4)) as session:
            async with session.get(f"https://{host}/f", ssl=chosen) as response:
                return await response.text()
    except aiohttp.ClientSSLError as error:
        return {"ssl": str(error)}
