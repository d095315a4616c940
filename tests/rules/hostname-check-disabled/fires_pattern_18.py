# The name is not compared, by a switch outside ssl.
# pattern 18: urllib3, requests
import requests
import urllib3
from requests.adapters import HTTPAdapter

URL = "https://crm.partner.example/orders"


def by_urllib3():
    return urllib3.PoolManager(assert_hostname=False).request("GET", URL).json()  #! hostname-check-disabled


def pool():
    pool = urllib3.HTTPSConnectionPool("crm.partner.example", assert_hostname=False)  #! hostname-check-disabled
    return pool.request("GET", "/orders").json()


class AnyName(HTTPAdapter):
    def init_poolmanager(self, *args, **kwargs):
        kwargs["assert_hostname"] = False
        super().init_poolmanager(*args, **kwargs)  #! hostname-check-disabled


def by_adapter():
    session = requests.Session()
    session.mount("https://", AnyName())
    return session.get(URL).json()
