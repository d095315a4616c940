# Looks like it: a bundle, the default, another object, a parameter of that name.
# pattern 1: requests
import requests

URL = "https://crm.partner.example/orders"


def verbs():
    requests.get(URL)
    requests.post(URL, json={"id": 1}, verify=True)
    requests.put(URL, verify="/etc/ssl/own-ca.pem")
    requests.patch(URL, verify=None)
    return requests.get(URL, params={"verify": False}).json()


class requests_like:
    def get(self, url, verify=True):
        return {}


def another_object():
    return requests_like().get(URL, verify=False)
