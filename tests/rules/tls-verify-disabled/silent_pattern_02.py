# Looks like it: verified contexts, a header of that name.
# pattern 2: httpx
import ssl

import httpx

URL = "https://crm.partner.example/orders"


def calls():
    httpx.get(URL)
    httpx.get(URL, verify=True)
    httpx.get(URL, verify=ssl.create_default_context(cafile="/etc/ssl/own-ca.pem"))
    with httpx.Client(headers={"verify": "False"}) as client:
        return client.get(URL).json()
