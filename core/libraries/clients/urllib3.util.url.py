# urllib3.util.url (urllib3 2.3.0).
from collections import namedtuple

from _urllib3 import plain, split_url
from urllib3.exceptions import LocationParseError


class Url(namedtuple("Url", "scheme auth host port path query fragment", defaults=(None,) * 7)):
    @property
    def hostname(self):
        return self.host

    @property
    def request_uri(self):
        return (self.path or "/") + ("" if self.query is None else "?" + self.query)

    @property
    def netloc(self):
        return f"{self.host}:{self.port}" if self.host and self.port else self.host

    @property
    def authority(self):
        netloc = self.netloc
        return netloc if netloc is None or self.auth is None else f"{self.auth}@{netloc}"

    @property
    def url(self):
        out = "" if self.scheme is None else self.scheme + "://"
        if self.auth is not None:
            out += self.auth + "@"
        out += self.host or ""
        if self.port is not None:
            out += f":{self.port}"
        out += self.path or ""
        if self.query is not None:
            out += "?" + self.query
        return out if self.fragment is None else out + "#" + self.fragment

    __str__ = url.fget


def parse_url(url):
    url = plain(url)
    if not url:
        return Url()
    parts = split_url(url)
    if parts is None:
        port = url.partition("://")[2].partition("/")[0].rpartition(":")[2]
        raise LocationParseError(url) from (
            LocationParseError(url) if port.isdigit() and len(port) == 5 else
            AttributeError("'NoneType' object has no attribute 'groups'"))
    return Url(*parts)
