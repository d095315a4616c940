# Looks like it: another name to compare with, other options.
# pattern 18: urllib3, requests
import requests
import urllib3
from requests.adapters import HTTPAdapter

URL = "https://crm.partner.example/orders"


def another_name():
    return urllib3.PoolManager(assert_hostname="crm.partner.example").request("GET", "https://192.0.2.7/orders").json()


def default():
    return urllib3.PoolManager(assert_hostname=None).request("GET", URL).json()


class Retrying(HTTPAdapter):
    def init_poolmanager(self, *args, **kwargs):
        kwargs["maxsize"] = 4
        super().init_poolmanager(*args, **kwargs)


def by_adapter():
    session = requests.Session()
    session.mount("https://", Retrying())
    return session.get(URL).json()
