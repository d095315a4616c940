#: title = An SSLContext without the name check
#: about = The chain is verified, the host name is not
import ssl

import httpx
from fastapi import FastAPI

app = FastAPI()

# Certificates must come from a known authority ...
context = ssl.create_default_context()
# ... but may be for any name at all
context.check_hostname = False


@app.get("/builds")
async def builds():
    async with httpx.AsyncClient(verify=context, timeout=5.0) as client:
        response = await client.get(
            "https://ci.acme.example/api/builds",
            headers={"PRIVATE-TOKEN": "glpat-27c1e9"},
        )
        return response.json()
