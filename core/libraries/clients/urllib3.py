# urllib3 2.3.0.
import urllib3.exceptions
import urllib3.util
from urllib3.connectionpool import (HTTPConnectionPool, HTTPSConnectionPool, PoolManager, ProxyManager,
                                    connection_from_url, proxy_from_url, request)
from urllib3.response import HTTPHeaderDict, HTTPResponse
from urllib3.util import Retry, Timeout, make_headers

import urllib3.poolmanager
import urllib3.util.retry
import urllib3.util.ssl_
import urllib3.util.timeout

BaseHTTPResponse = HTTPResponse
__version__ = "2.3.0"


def disable_warnings(category=Warning):
    pass


def add_stderr_logger(level=10):
    pass
