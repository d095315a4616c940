# The client is not verified because of its transport, a mount, a context or whoever made it.
# pattern 3: httpx
import ssl

import httpx

URL = "https://crm.partner.example/orders"


def transport():
    with httpx.Client(transport=httpx.HTTPTransport(verify=False)) as client:  #! tls-verify-disabled
        return client.get(URL).json()


async def async_transport():
    transport = httpx.AsyncHTTPTransport(verify=False, retries=2)  #! tls-verify-disabled
    async with httpx.AsyncClient(transport=transport) as client:
        return (await client.get(URL)).json()


def mounted():
    with httpx.Client(mounts={"https://": httpx.HTTPTransport(verify=False)}) as client:  #! tls-verify-disabled
        return client.get(URL).json()


def made_context():
    context = httpx.create_ssl_context(verify=False)  #! tls-verify-disabled
    return httpx.get(URL, verify=context).json()


class Sdk:
    def __init__(self, http_client):
        self.http = http_client

    def orders(self):
        return self.http.get(URL).json()


def handed_on():
    return Sdk(http_client=httpx.Client(verify=False)).orders()  #! tls-verify-disabled
