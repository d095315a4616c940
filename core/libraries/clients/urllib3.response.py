# urllib3.response (urllib3 2.3.0) over the native answer.
import json as _json

from _urllib3 import Answer
from urllib3._collections import HTTPHeaderDict
from urllib3.exceptions import (HTTPError, IncompleteRead, ProtocolError, ReadTimeoutError,
                                ResponseNotChunked, SSLError)


class BaseHTTPResponse:
    REDIRECT_STATUSES = [301, 302, 303, 307, 308]
    version = 11
    version_string = "HTTP/1.1"
    _retries = _pool = _body_kept = None
    _at = 0

    @property
    def headers(self):
        if self._unknown:
            return self._what("response.headers")
        if "_headers" not in self.__dict__:
            self._headers = HTTPHeaderDict(self._fields)
        return self._headers

    @property
    def retries(self):
        return self._retries

    @retries.setter
    def retries(self, retries):
        if retries is not None and retries.history:
            self.url = retries.history[-1].redirect_location
        self._retries = retries

    def geturl(self):
        return self.url

    def get_redirect_location(self):
        if self._unknown:
            return None
        return self.headers.get("location") if self.status in self.REDIRECT_STATUSES else False

    def json(self):
        if self._unknown:
            return _json.loads(self._what("response"))
        return _json.loads(self.data.decode("utf-8"))

    def getheaders(self):
        return self.headers

    def getheader(self, name, default=None):
        return self.headers.get(name, default)

    def info(self):
        return self.headers


class HTTPResponse(Answer, BaseHTTPResponse):
    def _fetch(self):
        body = self._body()
        if not isinstance(body, tuple):
            return body
        stage, error, _ = body
        if stage == "incomplete":
            missing = self._missing()
            if missing is None:
                raise ProtocolError("Response ended prematurely")
            error = IncompleteRead(*missing)
        if isinstance(error, TimeoutError):
            raise ReadTimeoutError(self._pool, None, "Read timed out.") from error
        import ssl
        if isinstance(error, ssl.SSLError):
            raise SSLError(error) from error
        raise ProtocolError(f"Connection broken: {error!r}", error) from error

    @property
    def data(self):
        if self._unknown or self._body_kept:
            return self._fetch() if self._unknown else self._body_kept
        return self.read(cache_content=True)

    def read(self, amt=None, decode_content=None, cache_content=False):
        body = self._fetch()
        if self._unknown:
            return body
        at = self._at
        self._at = len(body) if amt is None or amt < 0 else min(at + amt, len(body))
        if cache_content and amt is None:
            self._body_kept = body[at:]
        return body[at:self._at]

    read1 = read

    def stream(self, amt=65536, decode_content=None):
        while True:
            chunk = self.read(amt)
            if not chunk:
                return
            yield chunk
            if self._unknown:
                return

    def read_chunked(self, amt=None, decode_content=None):
        if "chunked" not in self.headers.get("transfer-encoding", ""):
            raise ResponseNotChunked("Response is not chunked. Header 'transfer-encoding: chunked' is missing.")
        yield from self.stream(amt)

    def drain_conn(self):
        try:
            self.read()
        except (HTTPError, OSError):
            pass

    def release_conn(self):
        self._release()

    def close(self):
        self._close()
        self._closed = True

    @property
    def closed(self):
        return getattr(self, "_closed", False) or self._at >= len(self._fetch())

    def isclosed(self):
        return self.closed

    def readable(self):
        return True

    def tell(self):
        return self._at

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def __iter__(self):
        if self._unknown:
            return iter([self._fetch()])
        return iter(self.read().splitlines(True))
