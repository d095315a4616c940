from urllib3.util.retry import Retry
from urllib3.util.ssl_ import create_urllib3_context
from urllib3.util.timeout import Timeout
from urllib3.util.url import Url, parse_url

SKIP_HEADER = "@@@SKIP_HEADER@@@"


def make_headers(keep_alive=None, accept_encoding=None, user_agent=None, basic_auth=None,
                 proxy_basic_auth=None, disable_cache=None):
    from _urllib3 import basic_header
    headers = {}
    if accept_encoding:
        if isinstance(accept_encoding, list):
            accept_encoding = ",".join(accept_encoding)
        headers["accept-encoding"] = accept_encoding if isinstance(accept_encoding, str) else "gzip,deflate"
    if user_agent:
        headers["user-agent"] = user_agent
    if keep_alive:
        headers["connection"] = "keep-alive"
    for name, pair in (("authorization", basic_auth), ("proxy-authorization", proxy_basic_auth)):
        if pair:
            headers[name] = basic_header(*pair.split(":", 1))
    if disable_cache:
        headers["cache-control"] = "no-cache"
    return headers
