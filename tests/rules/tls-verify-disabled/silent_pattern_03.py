# Looks like it: nothing leaves the process or the machine; a transport of its own is verified.
# pattern 3: httpx
import httpx
from fastapi import FastAPI

URL = "https://crm.partner.example/orders"
app = FastAPI()


def in_process():
    with httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(200)), verify=False) as client:
        return client.get(URL).status_code


async def own_app():
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://test", verify=False) as client:
        return (await client.get("/")).status_code


def unix_socket():
    with httpx.Client(transport=httpx.HTTPTransport(uds="/run/agent.sock", verify=False)) as client:
        return client.get("https://agent/status").json()


def verified_transport():
    with httpx.Client(transport=httpx.HTTPTransport(retries=3), verify=False) as client:
        return client.get(URL).json()
