# Verification is off in a call of requests.
# pattern 1: requests
import requests

URL = "https://crm.partner.example/orders"


def verbs():
    requests.get(URL, verify=False)  #! tls-verify-disabled
    requests.post(URL, json={"id": 1}, verify=False)  #! tls-verify-disabled
    requests.put(URL, verify=0)  #! tls-verify-disabled
    requests.patch(URL, verify="")  #! tls-verify-disabled
    requests.delete(URL, verify=[])  #! tls-verify-disabled
    requests.head(URL, verify=False)  #! tls-verify-disabled
    requests.options(URL, verify=False)  #! tls-verify-disabled
    return requests.request("GET", URL, verify=False).json()  #! tls-verify-disabled
