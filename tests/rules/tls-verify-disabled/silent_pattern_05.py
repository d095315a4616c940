# Looks like it: restored before use, a bundle, another object.
# pattern 5: requests
import requests

URL = "https://crm.partner.example/orders"


def paused_and_restored():
    s = requests.Session()
    s.verify = False
    s.verify = True
    return s.get(URL).json()


def bundle():
    s = requests.Session()
    s.verify = "/etc/ssl/own-ca.pem"
    return s.get(URL).json()


class Form:
    verify = True


def another_object():
    form = Form()
    form.verify = False
    return requests.get(URL).json()
