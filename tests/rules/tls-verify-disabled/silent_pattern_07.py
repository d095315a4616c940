# Looks like it: overruled in the call, another argument bound.
# pattern 7: httpx, requests
import asyncio
from functools import partial

import httpx
import requests

URL = "https://crm.partner.example/orders"
fetch = partial(requests.get, verify=False)
make = partial(httpx.Client, timeout=5)


def overruled():
    return fetch(URL, verify=True).json()


def other_argument():
    with make() as client:
        return client.get(URL).json()


async def in_a_thread():
    return (await asyncio.to_thread(requests.post, URL, json={"id": 1})).json()
