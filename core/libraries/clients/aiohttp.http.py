# aiohttp.http (aiohttp 3.11.16).
from collections import namedtuple

from aiohttp.http_exceptions import HttpProcessingError

HttpVersion = namedtuple("HttpVersion", "major minor")
HttpVersion10 = HttpVersion(1, 0)
HttpVersion11 = HttpVersion(1, 1)
