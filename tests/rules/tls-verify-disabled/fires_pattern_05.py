# The attribute of a session.
# pattern 5: requests
import requests

URL = "https://crm.partner.example/orders"


class Crm:
    def __init__(self):
        self.http = requests.Session()
        self.http.verify = False  #! tls-verify-disabled

    def orders(self):
        return self.http.get(URL).json()


def orders():
    return Crm().orders()


def local():
    s = requests.Session()
    s.verify = False  #! tls-verify-disabled
    return s.get(URL).json()


def by_setattr():
    s = requests.Session()
    setattr(s, "verify", False)  #! tls-verify-disabled
    return s.get(URL).json()
