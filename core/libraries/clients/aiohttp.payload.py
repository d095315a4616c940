# aiohttp.payload (aiohttp 3.11.16): bytes with header fields.
import io
import json

import _aiohttp
from multidict import CIMultiDict

_STREAM = "application/octet-stream"
_KINDS = {"csv": "text/csv", "gif": "image/gif", "html": "text/html", "jpeg": "image/jpeg", "jpg": "image/jpeg",
          "json": "application/json", "pdf": "application/pdf", "png": "image/png", "txt": "text/plain",
          "xml": "text/xml", "zip": "application/zip"}  # mimetypes.guess_file_type


class LookupError(Exception):
    pass


class Payload:
    """Bytes with header fields."""

    def __init__(self, value, headers=None, content_type=None, filename=None, encoding=None, **kwargs):
        self._value = value
        self._headers = CIMultiDict()
        if content_type is None:
            content_type = _KINDS.get((filename or "").rpartition(".")[2].lower(), _STREAM)
        self._headers["Content-Type"] = content_type
        self._filename = filename
        if headers:
            self._headers.update(headers)

    size_known = True

    @property
    def headers(self):
        return self._headers

    @property
    def content_type(self):
        return self._headers["Content-Type"]

    @property
    def size(self):
        return len(self._bytes())

    def _bytes(self):
        return self._value


class BytesPayload(Payload):
    pass


class StringPayload(Payload):
    def __init__(self, value, *args, encoding=None, content_type=None, **kwargs):
        encoding = encoding or "utf-8"
        super().__init__(value.encode(encoding), content_type=content_type or f"text/plain; charset={encoding}",
                         **kwargs)


class JsonPayload(Payload):
    def __init__(self, value, encoding="utf-8", content_type="application/json", dumps=json.dumps, **kwargs):
        super().__init__(value, content_type=content_type)
        self._dumps = dumps

    def _bytes(self):
        text = self._dumps(self._value)
        return text if isinstance(text, bytes) else text.encode()


class IOBasePayload(Payload):
    def _bytes(self):
        data = self._value.read()
        return data.encode() if isinstance(data, str) else data

    def __init__(self, value, **options):
        super().__init__(value, **options)
        if self._filename is not None:
            self._headers["Content-Disposition"] = f'attachment; filename="{_escaped(self._filename)}"'


class AsyncIterablePayload(Payload):
    size_known = False


def _escaped(name):
    out = _aiohttp.quote(name, "", "", False, False)
    for mark in "!$'()*,+&=;":
        out = out.replace(mark, f"%{ord(mark):02X}")
    return out


def _file_name(value):
    name = getattr(value, "name", None)
    return name.rpartition("/")[2] if isinstance(name, str) and name[:1] != "<" and name[-1:] != ">" else None


def _is_file(value):
    return _aiohttp.known(value) and not isinstance(value, (str, bytes)) and hasattr(value, "read")


def get_payload(data, **options):
    if isinstance(data, Payload):
        return data
    if isinstance(data, (bytes, bytearray)):
        return BytesPayload(data, **options)
    if isinstance(data, str) or not _aiohttp.known(data):
        return StringPayload(_aiohttp.text(data), **options)
    if _is_file(data):
        text = isinstance(data, io.StringIO) or "b" not in getattr(data, "mode", "b")
        kind = options.get("content_type") or ("text/plain; charset=utf-8" if text else None)
        return IOBasePayload(data, content_type=kind, filename=_file_name(data))
    raise LookupError()
