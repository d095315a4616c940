# Looks like it: a bundle, a field of that name.
# pattern 4: requests
import requests

URL = "https://crm.partner.example/orders"
session = requests.session()


def of_the_module():
    return session.get(URL, verify="/etc/ssl/own-ca.pem").json()


def with_block():
    with requests.Session() as s:
        return s.post(URL, json={"verify": False}).json()
