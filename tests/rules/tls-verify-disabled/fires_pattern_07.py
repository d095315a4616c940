# The switch is bound before the call, or handed to a thread.
# pattern 7: httpx, requests
import asyncio
from functools import partial, partialmethod

import httpx
import requests

URL = "https://crm.partner.example/orders"
fetch = partial(requests.get, verify=False)
make = partial(httpx.Client, verify=False)


def by_partial():
    return fetch(URL).json()  #! tls-verify-disabled


def client_by_partial():
    with make() as client:  #! tls-verify-disabled
        return client.get(URL).json()


class Loose(requests.Session):
    request = partialmethod(requests.Session.request, verify=False)


def by_partialmethod():
    return Loose().get(URL).json()  #! tls-verify-disabled


async def in_a_thread():
    response = await asyncio.to_thread(requests.post, URL, json={"id": 1}, verify=False)  #! tls-verify-disabled
    return response.json()
