# cert_reqs of urllib3.
# pattern 13: urllib3
import ssl

import urllib3

URL = "https://crm.partner.example/orders"


def by_string():
    return urllib3.PoolManager(cert_reqs="CERT_NONE").request("GET", URL).json()  #! tls-verify-disabled


def by_short_string():
    return urllib3.PoolManager(cert_reqs="NONE").request("GET", URL).json()  #! tls-verify-disabled


def by_constant():
    return urllib3.PoolManager(cert_reqs=ssl.CERT_NONE).request("GET", URL).json()  #! tls-verify-disabled


def pool():
    return urllib3.HTTPSConnectionPool("crm.partner.example", cert_reqs="CERT_NONE").request("GET", "/orders").json()  #! tls-verify-disabled


def through_a_proxy():
    proxy = urllib3.ProxyManager("http://proxy.acme.internal:3128", cert_reqs="CERT_NONE")  #! tls-verify-disabled
    return proxy.request("GET", URL).json()


def from_url():
    return urllib3.connection_from_url("https://crm.partner.example", cert_reqs="CERT_NONE").request("GET", "/").data  #! tls-verify-disabled
