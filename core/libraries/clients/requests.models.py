# requests.models (requests 2.32.3): Request, PreparedRequest, Response.
import json as complexjson

import _urllib3
from requests.auth import HTTPBasicAuth
from requests.cookies import RequestsCookieJar, cookiejar_from_dict, merge_cookies
from requests.exceptions import (ChunkedEncodingError, ConnectionError, ContentDecodingError, HTTPError,
                                 InvalidHeader, InvalidJSONError, InvalidURL, JSONDecodeError, MissingSchema,
                                 SSLError, StreamConsumedError)
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import (DecodeError, LocationParseError, ProtocolError, ReadTimeoutError,
                                SSLError as _SSLError)
from urllib3.util.url import parse_url

REDIRECT_STATI = (301, 302, 303, 307, 308)


def default_hooks():
    return {"response": []}


class _Hooks:
    def register_hook(self, event, hook):
        if event not in self.hooks:
            raise ValueError(f'Unsupported event specified, with event name "{event}"')
        if callable(hook):
            self.hooks[event].append(hook)
        else:
            self.hooks[event].extend(hook)

    def deregister_hook(self, event, hook):
        if hook in self.hooks[event]:
            self.hooks[event].remove(hook)
            return True
        return False


class Request(_Hooks):
    def __init__(self, method=None, url=None, headers=None, files=None, data=None, params=None, auth=None,
                 cookies=None, hooks=None, json=None):
        self.hooks = default_hooks()
        for event, hook in (hooks or {}).items():
            self.register_hook(event, hook)
        self.method, self.url, self.json, self.auth, self.cookies = method, url, json, auth, cookies
        self.headers = {} if headers is None else headers
        self.files = [] if files is None else files
        self.data = [] if data is None else data
        self.params = {} if params is None else params

    def __repr__(self):
        return f"<Request [{self.method}]>"

    def prepare(self):
        p = PreparedRequest()
        p.prepare(method=self.method, url=self.url, headers=self.headers, files=self.files, data=self.data,
                  json=self.json, params=self.params, auth=self.auth, cookies=self.cookies, hooks=self.hooks)
        return p


class PreparedRequest(_Hooks):
    def __init__(self):
        self.method = self.url = self.headers = self._cookies = self.body = None
        self.hooks = default_hooks()
        self._carried = self._place = self._came_from = None

    def prepare(self, method=None, url=None, headers=None, files=None, data=None, params=None, auth=None,
                cookies=None, hooks=None, json=None):
        self.prepare_method(method)
        self.prepare_url(url, params)
        self.prepare_headers(headers)
        self.prepare_cookies(cookies)
        self.prepare_body(data, files, json)
        self.prepare_auth(auth, url)
        self.prepare_hooks(hooks)

    def __repr__(self):
        return f"<PreparedRequest [{self.method}]>"

    def copy(self):
        p = PreparedRequest()
        p.method, p.url, p.body, p.hooks = self.method, self.url, self.body, self.hooks
        p.headers = self.headers.copy() if self.headers is not None else None
        p._cookies = self._cookies.copy() if self._cookies is not None else None
        p._carried, p._place, p._came_from = self._carried, self._place, self._came_from
        return p

    def prepare_method(self, method):
        self.method = method.upper() if method is not None else None

    def prepare_url(self, url, params):
        url = url.decode("utf8") if isinstance(url, bytes) else str(url)
        url = url.lstrip()
        text = _urllib3.plain(url)
        if ":" in text and not text.lower().startswith("http"):
            self.url = url
            return
        if isinstance(params, bytes):
            params = params.decode()
        query = params if isinstance(params, str) else _urllib3.encode_query(params or {})
        try:
            parse_url(url)
        except LocationParseError as e:
            raise InvalidURL(*e.args)
        made = _urllib3.prepare_url(url, query)
        if made is None:
            raise MissingSchema(f"Invalid URL {url!r}: No scheme supplied. Perhaps you meant https://{url}?")
        if made is False:
            raise InvalidURL(f"Invalid URL {url!r}: No host supplied")
        if _urllib3.plain(made).partition("://")[2].startswith(("*", ".")):
            raise InvalidURL("URL has an invalid label.")
        self.url = made

    def prepare_headers(self, headers):
        self.headers = CaseInsensitiveDict()
        for name, value in (headers or {}).items():
            if not _urllib3.checking():
                _check_header(name, value)
            self.headers[name] = value

    def prepare_body(self, data, files, json=None):
        body, content_type = None, None
        if not data and json is not None:
            content_type = "application/json"
            try:
                body = complexjson.dumps(json, allow_nan=False)
            except ValueError as ve:
                raise InvalidJSONError(ve, request=self)
            body, self._carried = body.encode(), json
        is_stream = hasattr(data, "__iter__") and not isinstance(data, (str, bytes, list, tuple, dict)) \
            and not hasattr(data, "items")
        if is_stream:
            body = data
            if files:
                raise NotImplementedError("Streamed bodies and files are mutually exclusive.")
            if hasattr(data, "read"):
                body = data.read()
                self.headers["Content-Length"] = str(len(body))
            else:
                self.headers["Transfer-Encoding"] = "chunked"
        else:
            if files:
                body, content_type = _urllib3.encode_multipart(data or {}, files)
                self._carried = data or None
            elif data:
                if isinstance(data, (str, bytes)):
                    body = data
                    content_type = "application/x-www-form-urlencoded" if isinstance(data, str) else None
                elif hasattr(data, "read"):
                    body = data.read()
                else:
                    body = _urllib3.encode_query(data)
                    content_type = "application/x-www-form-urlencoded"
                    self._carried = data if isinstance(data, dict) else None
            self.prepare_content_length(body)
        if content_type and "content-type" not in self.headers:
            self.headers["Content-Type"] = content_type
        self.body = body

    def prepare_content_length(self, body):
        if body is not None:
            length = len(body.encode() if isinstance(body, str) else body)
            if length:
                self.headers["Content-Length"] = str(length)
        elif self.method not in ("GET", "HEAD") and self.headers.get("Content-Length") is None:
            self.headers["Content-Length"] = "0"

    def prepare_auth(self, auth, url=""):
        if auth is None and "@" in _urllib3.plain(self.url).partition("://")[2].partition("/")[0]:
            from urllib.parse import unquote
            info = self.url.partition("://")[2].partition("/")[0].rpartition("@")[0]
            user, _, password = info.partition(":")
            auth = (unquote(user), unquote(password)) if user or password else None
        if auth:
            if isinstance(auth, tuple) and len(auth) == 2:
                auth = HTTPBasicAuth(*auth)
            r = auth(self)
            self.__dict__.update(r.__dict__)
            self.prepare_content_length(self.body)

    def prepare_cookies(self, cookies):
        self._cookies = cookies if isinstance(cookies, RequestsCookieJar) else cookiejar_from_dict(cookies)
        line = self._cookies._header(self.url)
        if line is not None and "Cookie" not in self.headers:
            self.headers["Cookie"] = line

    def prepare_hooks(self, hooks):
        for event in hooks or []:
            self.register_hook(event, hooks[event])

    @property
    def path_url(self):
        rest = _urllib3.plain(self.url).partition("://")[2]
        path = rest[len(rest.replace("?", "/").partition("/")[0]):].partition("#")[0]
        return path if path.startswith("/") else "/" + path


def _check_header(name, value):
    for part, index in ((name, 0), (value, 1)):
        if not isinstance(part, (str, bytes)):
            raise InvalidHeader(f"Header part ({part!r}) from {(name, value)!r} must be of type str or bytes, "
                                f"not {type(part)}")
        text = part.decode("latin1") if isinstance(part, bytes) else part
        if text[:1].isspace() or "\n" in text or "\r" in text or (index == 0 and ":" in text):
            kind = "value" if index else "name"
            raise InvalidHeader("Invalid leading whitespace, reserved character(s), or return character(s) in "
                                f"header {kind}: {part!r}")


class Response:
    def __init__(self):
        self._content = False
        self._content_consumed = False
        self._next = None
        self.status_code = self.raw = self.url = self.encoding = self.reason = self._elapsed = None
        self.request = self.connection = None
        self.headers = CaseInsensitiveDict()
        self.history = []
        self.cookies = RequestsCookieJar()

    def _what(self, label):
        return self.raw._what(label) if getattr(self.raw, "_unknown", False) else None

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __repr__(self):
        return f"<Response [{self.status_code}]>"

    def __bool__(self):
        return self.ok

    def __iter__(self):
        return self.iter_content(128)

    @property
    def ok(self):
        try:
            self.raise_for_status()
        except HTTPError:
            return False
        return True

    @property
    def is_redirect(self):
        if getattr(self.raw, "_unknown", False):
            return self.raw._what("response.is_redirect")
        return "location" in self.headers and self.status_code in REDIRECT_STATI

    @property
    def is_permanent_redirect(self):
        return self.is_redirect and self.status_code in (301, 308)

    @property
    def next(self):
        return self._next

    @property
    def elapsed(self):
        from datetime import timedelta
        return timedelta(seconds=self._elapsed or 0)

    @property
    def apparent_encoding(self):
        return "ascii" if self.content.isascii() else "utf-8"

    def iter_content(self, chunk_size=1, decode_unicode=False):
        if self._content_consumed and isinstance(self._content, bool):
            raise StreamConsumedError()
        if chunk_size is not None and not isinstance(chunk_size, int):
            raise TypeError(f"chunk_size must be an int, it is instead a {type(chunk_size)}.")
        return self._pieces(chunk_size, decode_unicode)

    def _pieces(self, chunk_size, decode_unicode):
        data = self._content if self._content_consumed else self._read()
        self._content_consumed = True
        if self._what("response.content") is not None:
            yield data
            return
        size = chunk_size or max(len(data), 1)
        for start in range(0, len(data), size):
            piece = data[start:start + size]
            yield piece.decode(self.encoding or "utf-8", "replace") if decode_unicode and self.encoding else piece

    def _read(self):
        try:
            return self.raw.read()
        except ProtocolError as e:
            raise ChunkedEncodingError(e)
        except DecodeError as e:
            raise ContentDecodingError(e)
        except ReadTimeoutError as e:
            raise ConnectionError(e)
        except _SSLError as e:
            raise SSLError(e)

    def iter_lines(self, chunk_size=512, decode_unicode=False, delimiter=None):
        data = b"".join(self.iter_content(None))
        if decode_unicode:
            data = data.decode(self.encoding or "utf-8", "replace")
        lines = data.split(delimiter) if delimiter else data.splitlines()
        if delimiter and lines and not lines[-1]:
            lines.pop()
        yield from lines

    @property
    def content(self):
        if self._content is False:
            if self._content_consumed:
                raise RuntimeError("The content for this response was already consumed")
            if self.status_code == 0 or self.raw is None:
                self._content = None
            else:
                self._content = self._read()
        self._content_consumed = True
        return self._content

    @property
    def text(self):
        unknown = self._what("response.text")
        if unknown is not None:
            return unknown
        if not self.content:
            return ""
        if self.encoding is None or self.encoding.lower() in ("utf-8", "utf8"):
            return _urllib3.to_text(self.content)
        return self.content.decode(self.encoding, "replace")

    def json(self, **kwargs):
        unknown = self._what("response")
        if unknown is not None:
            return complexjson.loads(unknown)
        try:
            return complexjson.loads(self.text, **kwargs)
        except complexjson.JSONDecodeError as e:
            raise JSONDecodeError(e.msg, e.doc, e.pos)

    @property
    def links(self):
        found = {}
        for each in self.headers.get("link", "").split(","):
            url, *params = each.strip().split(";")
            if not url:
                continue
            link = {"url": url.strip("<> '\"")}
            for param in params:
                key, _, value = param.partition("=")
                link[key.strip(" '\"")] = value.strip(" '\"")
            found[link.get("rel") or link.get("url")] = link
        return found

    def raise_for_status(self):
        if getattr(self.raw, "_unknown", False):
            if self.raw._is_error():
                raise HTTPError(f"500 Server Error: Internal Server Error for url: {self.url}", response=self)
            return
        message = ""
        if 400 <= self.status_code < 500:
            message = f"{self.status_code} Client Error: {self.reason} for url: {self.url}"
        elif 500 <= self.status_code < 600:
            message = f"{self.status_code} Server Error: {self.reason} for url: {self.url}"
        if message:
            raise HTTPError(message, response=self)

    def close(self):
        if not self._content_consumed and self.raw is not None:
            self.raw.close()
        release = getattr(self.raw, "release_conn", None)
        if release is not None:
            release()
