# aiohttp.abc: what own resolvers and cookie jars derive from.
from abc import ABC


class AbstractResolver(ABC):
    async def resolve(self, host, port=0, family=2):
        raise NotImplementedError

    async def close(self):
        raise NotImplementedError


class AbstractCookieJar(ABC):
    def __init__(self, *, loop=None):
        pass

    quote_cookie = True

    def clear(self, predicate=None):
        raise NotImplementedError

    def clear_domain(self, domain):
        raise NotImplementedError

    def update_cookies(self, cookies, response_url=None):
        raise NotImplementedError

    def filter_cookies(self, request_url):
        raise NotImplementedError


class ResolveResult(dict):
    pass
