# urllib3 2.3.0.
import urllib3.exceptions
import urllib3.util
from urllib3._collections import HTTPHeaderDict
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool, connection_from_url
from urllib3.poolmanager import PoolManager, ProxyManager, proxy_from_url
from urllib3.response import BaseHTTPResponse, HTTPResponse
from urllib3.util import Retry, Timeout, make_headers

import urllib3.connection
import urllib3.util.request
import urllib3.util.retry
import urllib3.util.ssl_
import urllib3.util.timeout
import urllib3.util.url

__version__ = "2.3.0"
_DEFAULT_POOL = PoolManager()


def request(method, url, *, body=None, fields=None, headers=None, preload_content=True, decode_content=True,
            redirect=True, retries=None, timeout=3, json=None):
    import _urllib3
    about = {"library": "urllib3", "callable": "urllib3.request", "place": _urllib3.place(), "url_index": 1}
    return _DEFAULT_POOL.request(method, url, body=body, fields=fields, headers=headers,
                                 preload_content=preload_content, decode_content=decode_content,
                                 redirect=redirect, retries=retries, timeout=timeout, json=json, _about=about)


def disable_warnings(category=Warning):
    pass


def add_stderr_logger(level=10):
    pass
