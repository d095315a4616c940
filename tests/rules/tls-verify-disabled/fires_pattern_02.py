# Verification is off in a call or a client of httpx.
# pattern 2: httpx
import httpx

URL = "https://crm.partner.example/orders"


def verbs():
    httpx.get(URL, verify=False)  #! tls-verify-disabled
    httpx.post(URL, json={"id": 1}, verify=False)  #! tls-verify-disabled
    httpx.put(URL, verify=False)  #! tls-verify-disabled
    httpx.patch(URL, verify=False)  #! tls-verify-disabled
    httpx.delete(URL, verify=False)  #! tls-verify-disabled
    httpx.head(URL, verify=False)  #! tls-verify-disabled
    httpx.options(URL, verify=False)  #! tls-verify-disabled
    httpx.request("GET", URL, verify=False)  #! tls-verify-disabled
    with httpx.stream("GET", URL, verify=False) as response:  #! tls-verify-disabled
        return response.read()


def client():
    with httpx.Client(verify=False) as client:  #! tls-verify-disabled
        return client.get(URL).json()


async def async_client():
    async with httpx.AsyncClient(verify=False) as client:  #! tls-verify-disabled
        return (await client.get(URL)).json()
