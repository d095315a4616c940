# A default of a library is replaced.
# pattern 14: requests, urllib, http.client
import http.client
import ssl
import urllib.request
from functools import partialmethod

import requests

requests.Session.request = partialmethod(requests.Session.request, verify=False)
ssl._create_default_https_context = ssl._create_unverified_context  #! tls-verify-disabled


def by_requests():
    return requests.Session().get("https://crm.partner.example/orders").json()  #! tls-verify-disabled


def by_urllib():
    return urllib.request.urlopen("https://crm.partner.example/orders").read()


def by_http_client():
    connection = http.client.HTTPSConnection("crm.partner.example")
    connection.request("GET", "/orders")
    return connection.getresponse().read()
