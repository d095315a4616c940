from json import JSONDecodeError
from urllib.parse import (quote, quote_plus, unquote, unquote_plus, urldefrag, urlencode, urljoin, urlparse,
                          urlsplit, urlunparse)

basestring = (str, bytes)
builtin_str = str
