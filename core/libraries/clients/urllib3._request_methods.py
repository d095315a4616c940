# urllib3._request_methods (urllib3 2.3.0): request() on top of urlopen().
import json as _json

import _urllib3
from urllib3._collections import HTTPHeaderDict


class RequestMethods:
    _encode_url_methods = {"DELETE", "GET", "HEAD", "OPTIONS"}

    def __init__(self, headers=None):
        self.headers = headers or {}

    def _about(self, about, url):
        """What is known of a call of the pasted code: where it stands, and what it carries."""
        if about is None:
            about = {"library": "urllib3", "callable": f"urllib3.{type(self).__name__}.request",
                     "place": _urllib3.place(), "url_index": 1}
        about.setdefault("raw", _urllib3.known_text(url))
        return about

    def _plain(self, url):
        return _urllib3.plain(url)

    def request(self, method, url, body=None, fields=None, headers=None, json=None, **urlopen_kw):
        about = urlopen_kw["_about"] = self._about(urlopen_kw.get("_about"), url)
        url = self._plain(url)
        method = method.upper()
        if json is not None and body is not None:
            raise TypeError("request got values for both 'body' and 'json' parameters which are mutually "
                            "exclusive")
        if json is not None:
            headers = self.headers if headers is None else headers
            if "content-type" not in [name.lower() for name in headers]:
                headers = HTTPHeaderDict(headers)
                headers["Content-Type"] = "application/json"
            body = _json.dumps(json, separators=(",", ":"), ensure_ascii=False).encode()
            about["carried"] = json
        if body is not None:
            urlopen_kw["body"] = body
        if fields:
            about["carried"] = fields
        encode = (self.request_encode_url if method in self._encode_url_methods else self.request_encode_body)
        return encode(method, url, fields=fields, headers=headers, **urlopen_kw)

    def request_encode_url(self, method, url, fields=None, headers=None, **urlopen_kw):
        urlopen_kw.setdefault("headers", self.headers if headers is None else headers)
        if fields:
            query = "?" + _urllib3.encode_query(fields)
            url += _urllib3.plain(query)
            urlopen_kw["_about"] = {**urlopen_kw["_about"], "raw": urlopen_kw["_about"]["raw"] + query}
        return self.urlopen(method, url, **urlopen_kw)

    def request_encode_body(self, method, url, fields=None, headers=None, encode_multipart=True,
                            multipart_boundary=None, **urlopen_kw):
        headers = HTTPHeaderDict(self.headers if headers is None else headers)
        if fields:
            if "body" in urlopen_kw:
                raise TypeError("request got values for both 'fields' and 'body', can only specify one.")
            if encode_multipart:
                pairs = fields.items() if hasattr(fields, "items") else fields
                body, kind = _urllib3.encode_multipart({}, [
                    (name, value if isinstance(value, tuple) else (None, value)) for name, value in pairs])
            else:
                body, kind = _urllib3.encode_query(fields), "application/x-www-form-urlencoded"
            urlopen_kw["body"] = body
            headers.setdefault("Content-Type", kind)
        return self.urlopen(method, url, headers=headers, **urlopen_kw)
