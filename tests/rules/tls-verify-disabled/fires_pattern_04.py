# Verification is off in a call of a session.
# pattern 4: requests
import requests

URL = "https://crm.partner.example/orders"
session = requests.session()


def of_the_module():
    return session.get(URL, verify=False).json()  #! tls-verify-disabled


def with_block():
    with requests.Session() as s:
        s.headers["X-Team"] = "crm"
        return s.post(URL, json={"id": 1}, verify=False).json()  #! tls-verify-disabled


def prepared():
    s = requests.Session()
    request = s.prepare_request(requests.Request("GET", URL))
    return s.send(request, verify=False).json()  #! tls-verify-disabled
