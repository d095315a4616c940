# Looks like it: required, the default, a pinned certificate.
# pattern 13: urllib3
import urllib3

URL = "https://crm.partner.example/orders"


def required():
    return urllib3.PoolManager(cert_reqs="CERT_REQUIRED", ca_certs="/etc/ssl/own-ca.pem").request("GET", URL).json()


def default():
    return urllib3.PoolManager().request("GET", URL, fields={"cert_reqs": "CERT_NONE"}).json()


def pinned():
    pool = urllib3.HTTPSConnectionPool("crm.partner.example", cert_reqs="CERT_NONE", assert_fingerprint="ab" * 32)
    return pool.request("GET", "/orders").json()
