# aiohttp.formdata and aiohttp.multipart (aiohttp 3.11.16): what a request's data is sent as.
import uuid

import _aiohttp
from aiohttp.payload import (BytesPayload, JsonPayload, LookupError, Payload, _escaped, _file_name, _is_file,
                             get_payload)
from multidict import MultiDict, MultiDictProxy


def make_payload(data):
    """(body, header fields, is its size known, what rules are told)"""
    carried = None
    if isinstance(data, FormData):
        carried = data._carried()
        data = data()
    try:
        payload = get_payload(data)
    except LookupError:
        if hasattr(data, "__aiter__") or (hasattr(data, "__next__") and not hasattr(data, "items")):
            return data, {"Content-Type": "application/octet-stream"}, False, None
        form = FormData(data)
        carried = form._carried()
        payload = form()
    if isinstance(payload, JsonPayload):
        carried = payload._value
        if _aiohttp.checking():
            return b"", payload.headers, True, carried
    return payload._bytes(), payload.headers, payload.size_known, carried


async def gather_body(data):
    """What an iterator gives, as one."""
    out = b""
    if hasattr(data, "__aiter__"):
        async for piece in data:
            out += piece if isinstance(piece, bytes) else piece.encode()
    else:
        for piece in data:
            out += piece
    return out


class MultipartWriter(Payload):
    def __init__(self, subtype="mixed", boundary=None):
        self._boundary = uuid.uuid4().hex if boundary is None else boundary
        super().__init__(None, content_type=f"multipart/{subtype}; boundary={self._boundary}")
        self._parts = []
        self._form = subtype == "form-data"

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        pass

    def __len__(self):
        return len(self._parts)

    def __bool__(self):
        return True

    @property
    def boundary(self):
        return self._boundary

    def append(self, obj, headers=None):
        try:
            part = get_payload(obj)
        except LookupError:
            raise TypeError(f"Cannot create payload from {obj!r}")
        part.headers.update(headers or {})
        return self.append_payload(part)

    def append_payload(self, payload):
        if self._form and "Content-Disposition" not in payload.headers:
            payload.headers["Content-Disposition"] = f'form-data; name="section-{len(self._parts)}"'
        data = payload._bytes()
        if not self._form:
            payload.headers["Content-Length"] = str(len(data))
        self._parts.append((payload, data))
        return payload

    def append_json(self, obj, headers=None):
        part = JsonPayload(obj)
        part.headers.update(headers or {})
        return self.append_payload(part)

    def append_form(self, obj, headers=None):
        part = FormData(obj)()
        part.headers.update(headers or {})
        return self.append_payload(part)

    def _bytes(self):
        out = b""
        for part, data in self._parts:
            lines = "".join(f"{name}: {value}\r\n" for name, value in part.headers.items())
            out += f"--{self._boundary}\r\n{lines}\r\n".encode() + data + b"\r\n"
        return out + f"--{self._boundary}--\r\n".encode()


def _disposition(quote_fields, name, filename):
    out = "form-data"
    for key, value in (("name", name), ("filename", filename)):
        if value is None:
            continue
        if not quote_fields or not _aiohttp.known(value):
            shown = value.replace("\\", "\\\\").replace('"', '\\"')
        elif key == "filename":
            shown = _escaped(value)
        else:
            shown = value.replace("\\", "\\\\").replace('"', '\\"').replace(" ", "\\ ")
        out += f'; {key}="{shown}"'
    return out


class FormData:
    def __init__(self, fields=(), quote_fields=True, charset=None, *, default_to_multipart=False):
        self._fields = []
        self._is_multipart = default_to_multipart
        self._is_processed = False
        self._quote_fields, self._charset = quote_fields, charset
        if isinstance(fields, dict):
            fields = list(fields.items())
        elif not isinstance(fields, (list, tuple)):
            fields = (fields,)
        self.add_fields(*fields)

    @property
    def is_multipart(self):
        return self._is_multipart

    def add_field(self, name, value, *, content_type=None, filename=None, content_transfer_encoding=None):
        if _is_file(value):
            self._is_multipart = True
            filename = filename or _file_name(value) or name
        elif isinstance(value, (bytes, bytearray)) and filename is None and content_transfer_encoding is None:
            filename = name
        for given, what in ((filename, "filename"), (content_type, "content_type")):
            if given is not None and _aiohttp.known(given) and not isinstance(given, str):
                raise TypeError(f"{what} must be an instance of str. Got: {given}")
        if filename is not None or content_type is not None or content_transfer_encoding is not None:
            self._is_multipart = True
        self._fields.append((name, filename, content_type, value))

    def add_fields(self, *fields):
        left = list(fields)
        while left:
            one = left.pop(0)
            if _is_file(one):
                self.add_field(_file_name(one) or "unknown", one)
            elif isinstance(one, (MultiDict, MultiDictProxy)):
                left.extend(one.items())
            elif isinstance(one, (list, tuple)) and len(one) == 2:
                self.add_field(*one)
            else:
                raise TypeError("Only io.IOBase, multidict and (name, file) pairs allowed, use .add_field() "
                                f"for passing more complex parameters, got {one!r}")

    def _carried(self):
        return {name: value for name, _, _, value in self._fields
                if not _aiohttp.known(value) or isinstance(value, (str, bytes, int, float))}

    def _urlencoded(self):
        from urllib.parse import quote_plus
        pieces = []
        for name, _, _, value in self._fields:
            for each in value if isinstance(value, (list, tuple)) else (value,):
                each = each if isinstance(each, str) or not _aiohttp.known(each) else str(each)
                text = _aiohttp.text(each)
                pieces.append(f"{quote_plus(name)}={quote_plus(text) if _aiohttp.known(text) else text}")
        kind = "application/x-www-form-urlencoded"
        if self._charset not in (None, "utf-8"):
            kind += f"; charset={self._charset}"
        return BytesPayload("&".join(pieces).encode(), content_type=kind)

    def __call__(self):
        if not self._is_multipart:
            return self._urlencoded()
        if self._is_processed:
            raise RuntimeError("Form data has been processed already")
        writer = MultipartWriter("form-data")
        for name, filename, kind, value in self._fields:
            try:
                part = get_payload(value, **({"content_type": kind} if kind else {}))
            except LookupError as exc:
                headers = {"Content-Type": kind} if kind else {}
                raise TypeError(f"Can not serialize value type: {type(value)!r}\n "
                                f"headers: {headers!r}\n value: {value!r}") from exc
            part.headers["Content-Disposition"] = _disposition(self._quote_fields, name, filename)
            writer.append_payload(part)
        self._is_processed = True
        return writer
