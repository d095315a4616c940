# urllib3.connection (urllib3 2.3.0): what pools keep of a connection. The sockets are native.
from urllib3.util.ssl_match_hostname import CertificateError

port_by_scheme = {"http": 80, "https": 443}


class ProxyConfig:
    def __init__(self, ssl_context=None, use_forwarding_for_https=False, assert_hostname=None,
                 assert_fingerprint=None):
        self.ssl_context, self.use_forwarding_for_https = ssl_context, use_forwarding_for_https
        self.assert_hostname, self.assert_fingerprint = assert_hostname, assert_fingerprint


class HTTPConnection:
    default_port = 80

    def __init__(self, host, port=None, *, timeout=None, proxy=None, proxy_config=None, **kw):
        self.host = host.rstrip(".")
        self.port = port or self.default_port
        self.timeout, self.proxy, self.proxy_config = timeout, proxy, proxy_config


class HTTPSConnection(HTTPConnection):
    default_port = 443


VerifiedHTTPSConnection = HTTPSConnection
