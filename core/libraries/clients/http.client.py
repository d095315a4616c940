# http.client (Python 3.13 library reference, Lib/http/client.py): one request after the other on one
# connection. In checking an answer's parts are unknown values.
import _socket
import io
import socket
from _http_message import HTTPMessage
from http import HTTPStatus

HTTP_PORT, HTTPS_PORT = 80, 443
_UNKNOWN = "UNKNOWN"
_CS_IDLE, _CS_REQ_STARTED, _CS_REQ_SENT = "Idle", "Request-started", "Request-sent"
_MAXLINE, _MAXHEADERS = 65536, 100
_METHODS_EXPECTING_BODY = {"PATCH", "POST", "PUT"}
_TOKEN = frozenset("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
responses = {number: status.phrase for number, status in ((one.value, one) for one in HTTPStatus)}


class HTTPException(Exception):
    pass


class NotConnected(HTTPException):
    pass


class InvalidURL(HTTPException):
    pass


class UnknownProtocol(HTTPException):
    def __init__(self, version):
        self.args = version,
        self.version = version


class UnknownTransferEncoding(HTTPException):
    pass


class UnimplementedFileMode(HTTPException):
    pass


class IncompleteRead(HTTPException):
    def __init__(self, partial, expected=None):
        self.args = partial,
        self.partial, self.expected = partial, expected

    def __repr__(self):
        more = f", {self.expected} more expected" if self.expected is not None else ""
        return f"{type(self).__name__}({len(self.partial)} bytes read{more})"

    __str__ = object.__str__


class ImproperConnectionState(HTTPException):
    pass


class CannotSendRequest(ImproperConnectionState):
    pass


class CannotSendHeader(ImproperConnectionState):
    pass


class ResponseNotReady(ImproperConnectionState):
    pass


class BadStatusLine(HTTPException):
    def __init__(self, line):
        if not line:
            line = repr(line)
        self.args = line,
        self.line = line


class LineTooLong(HTTPException):
    def __init__(self, line_type):
        HTTPException.__init__(self, f"got more than {_MAXLINE} bytes when reading {line_type}")


class RemoteDisconnected(ConnectionResetError, BadStatusLine):
    def __init__(self, *pos, **kw):
        BadStatusLine.__init__(self, "")
        ConnectionResetError.__init__(self, *pos, **kw)


error = HTTPException


def parse_headers(fp, _class=HTTPMessage):
    found = []
    while True:
        line = fp.readline(_MAXLINE + 1)
        if len(line) > _MAXLINE:
            raise LineTooLong("header line")
        if line in (b"\r\n", b"\n", b""):
            return _class(found)
        if len(found) >= _MAXHEADERS:
            raise HTTPException(f"got more than {_MAXHEADERS} headers")
        name, _, value = line.decode("iso-8859-1").partition(":")
        found.append((name, value.strip(" \t\r\n")))


class HTTPResponse(io.BufferedIOBase):
    def __init__(self, sock, debuglevel=0, method=None, url=None):
        self.fp = sock.makefile("rb")
        self._method = method
        self._nobody = None
        self._unknown = sock._wire if _socket.checking() else None
        self.headers = self.msg = None
        self.version = self.status = self.reason = _UNKNOWN
        self.chunked = self.chunk_left = self.length = self.will_close = _UNKNOWN
        self.closed = False

    def _read_status(self):
        line = self.fp.readline(_MAXLINE + 1).decode("iso-8859-1")
        if len(line) > _MAXLINE:
            raise LineTooLong("status line")
        if not line:
            raise RemoteDisconnected("Remote end closed connection without response")
        parts = line.split(None, 2)
        version, status, reason = parts + [""] * (3 - len(parts))
        if not version.startswith("HTTP/"):
            self._close_conn()
            raise BadStatusLine(line)
        if not status.isdigit() or not 100 <= int(status) <= 999:
            raise BadStatusLine(line)
        return version, int(status), reason

    def begin(self):
        if self.headers is not None:
            return
        if self._unknown:
            self._begin_unknown()
            return
        version, status, reason = self._read_status()
        while status == 100:
            parse_headers(self.fp)
            version, status, reason = self._read_status()
        self.code = self.status = status
        self.reason = reason.strip()
        if version in ("HTTP/1.0", "HTTP/0.9"):
            self.version = 10
        elif version.startswith("HTTP/1."):
            self.version = 11
        else:
            raise UnknownProtocol(version)
        self.headers = self.msg = parse_headers(self.fp)
        self.chunked = (self.headers.get("transfer-encoding") or "").lower() == "chunked"
        self.chunk_left = None
        self.will_close = self._check_close()
        length = self.headers.get("content-length")
        self.length = int(length) if length and length.isdigit() and not self.chunked else None
        if status in (204, 304) or 100 <= status < 200 or self._method == "HEAD":
            self.length = 0
        if not self.will_close and not self.chunked and self.length is None:
            self.will_close = True

    def _begin_unknown(self):
        self.code = self.status = self._unknown.unknown("response.status", int)
        self.reason = self._unknown.unknown("response.reason", str)
        self.headers = self.msg = self._unknown.unknown("response.headers")
        self.version, self.chunked, self.chunk_left, self.length, self.will_close = 11, False, None, None, True

    def _check_close(self):
        connection = (self.headers.get("connection") or "").lower()
        if self.version == 11:
            return "close" in connection
        return not (self.headers.get("keep-alive") or "keep-alive" in connection)

    # -- reading
    def _close_conn(self):
        fp, self.fp = self.fp, None
        fp.close()

    def close(self):
        self.closed = True
        if self.fp:
            self._close_conn()

    def isclosed(self):
        return self.fp is None

    def flush(self):
        pass

    def readable(self):
        return True

    def _chunks(self):
        """The chunks, each when it is asked for."""
        while True:
            line = self.fp.readline(_MAXLINE + 1)
            size = line.partition(b";")[0].strip()
            try:
                size = int(size, 16)
            except ValueError:
                self._close_conn()
                raise IncompleteRead(b"")
            if size == 0:
                while self.fp.readline(_MAXLINE + 1) not in (b"\r\n", b"\n", b""):
                    pass
                self._close_conn()
                return
            data = self.fp.read(size)
            if len(data) < size:
                raise IncompleteRead(data, size - len(data))
            self.fp.readline()
            yield data

    def _read_chunked(self, amt):
        if self.chunk_left is None:
            self.chunk_left, self._more = b"", self._chunks()
        data = self.chunk_left
        while amt is None or len(data) < amt:
            try:
                data += next(self._more)
            except StopIteration:
                break
            except IncompleteRead as exc:
                raise IncompleteRead(data + exc.partial, exc.expected) from exc
        amt = len(data) if amt is None else amt
        self.chunk_left = data[amt:]
        return data[:amt]

    def read(self, amt=None):
        if self._unknown:
            return self._unknown.unknown("response.read()", bytes)
        if self.fp is None and not self.chunk_left:
            return b""
        if self._method == "HEAD":
            self._close_conn()
            return b""
        if self.chunked:
            return self._read_chunked(None if amt is None or amt < 0 else amt)
        if amt is not None and amt >= 0:
            if self.length is not None and amt > self.length:
                amt = self.length
            data = self.fp.read(amt)
            return self._took(data, amt)
        if self.length is None:
            data = self.fp.read()
        else:
            data = self.fp.read(self.length)
            if len(data) < self.length:
                self._close_conn()
                raise IncompleteRead(data, self.length - len(data))
            self.length = 0
        self._close_conn()
        return data

    def _took(self, data, wanted):
        if not data and wanted:
            self._close_conn()
        elif self.length is not None:
            self.length -= len(data)
            if not self.length:
                self._close_conn()
        return data

    def read1(self, n=-1):
        return self.read(None if n < 0 else n)

    def peek(self, n=-1):
        return _socket.not_modelled("http.client.HTTPResponse.peek")

    def readinto(self, buffer):
        data = self.read(len(buffer))
        buffer[:len(data)] = data
        return len(data)

    def readline(self, limit=-1):
        if self._unknown:
            return self._unknown.unknown("response.readline()", bytes)
        if self.fp is None and not self.chunk_left:
            return b""
        if self.chunked:
            line = b""
            while (byte := self._read_chunked(1)):
                line += byte
                if byte == b"\n" or len(line) == limit:
                    break
            return line
        if self.length is not None and (limit < 0 or limit > self.length):
            limit = self.length
        return self._took(self.fp.readline(limit), limit)

    def readlines(self, hint=-1):
        return list(self)

    def __iter__(self):
        while line := self.readline():
            yield line
            if self._unknown:
                return

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    # -- what is known of it
    def getheader(self, name, default=None):
        if self.headers is None:
            raise ResponseNotReady()
        if self._unknown:
            return self._unknown.unknown("getheader()", str)
        found = self.headers.get_all(name) or default
        return ", ".join(found) if isinstance(found, list) else found

    def getheaders(self):
        if self.headers is None:
            raise ResponseNotReady()
        return self.headers.items() if self._unknown else list(self.headers.items())

    def info(self):
        return self.headers

    def geturl(self):
        return self.url

    def getcode(self):
        return self.status


def _bad_character(text, space):
    for c in text:
        if c < " " or c == "\x7f" or (space and c == " "):
            return c
    return None


class HTTPConnection:
    _http_vsn, _http_vsn_str = 11, "HTTP/1.1"
    response_class = HTTPResponse
    default_port = HTTP_PORT
    auto_open, debuglevel = 1, 0

    def __init__(self, host, port=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None, blocksize=8192):
        self.timeout, self.source_address, self.blocksize = timeout, source_address, blocksize
        self.sock = None
        self._response = self._method = self._url = self._tunnel_host = self._tunnel_port = None
        self._state = _CS_IDLE
        self._buffer, self._tunnel_headers, self._about = [], {}, {}
        self._place = _socket.place()
        self.host, self.port = self._get_hostport(_socket.text(host), port)
        self._validate_host(self.host)
        self._create_connection = socket.create_connection

    def _get_hostport(self, host, port):
        if not _socket.is_known(host):
            return host, self.default_port if port is None else port
        if port is None:
            at = host.rfind(":")
            if at > host.rfind("]"):
                text = host[at + 1:]
                try:
                    port = int(text)
                except ValueError:
                    if text != "":
                        raise InvalidURL(f"nonnumeric port: '{text}'")
                    port = self.default_port
                host = host[:at]
            else:
                port = self.default_port
        if host and host[0] == "[" and host[-1] == "]":
            host = host[1:-1]
        return host, port

    def _validate_host(self, host):
        found = _bad_character(host, True) if _socket.is_known(host) else None
        if found is not None:
            raise InvalidURL(f"URL can't contain control characters. {host!r} (found at least {found!r})")

    def set_debuglevel(self, level):
        self.debuglevel = level

    def set_tunnel(self, host, port=None, headers=None):
        if self.sock:
            raise RuntimeError("Can't set up tunnel for established connection")
        self._tunnel_host, self._tunnel_port = self._get_hostport(_socket.text(host), port)
        self._tunnel_headers = dict(headers) if headers else {}
        if not any(name.lower() == "host" for name in self._tunnel_headers):
            self._tunnel_headers["Host"] = f"{self._tunnel_host}:{self._tunnel_port}"

    def get_proxy_response_headers(self):
        return getattr(self, "_proxy_headers", None)

    def _tunnel(self):
        lines = [f"CONNECT {self._tunnel_host}:{self._tunnel_port} {self._http_vsn_str}\r\n"]
        lines += [f"{name}: {value}\r\n" for name, value in self._tunnel_headers.items()]
        self.sock.sendall("".join(lines + ["\r\n"]).encode("latin-1"))
        if _socket.checking():
            return
        answer = self.response_class(self.sock, method=self._method)
        try:
            _, code, message = answer._read_status()
            self._proxy_headers = parse_headers(answer.fp)
            if code != 200:
                self.close()
                raise OSError(f"Tunnel connection failed: {code} {message.strip()}")
        finally:
            answer.close()

    def connect(self):
        self.sock = self._create_connection((self.host, self.port), self.timeout, self.source_address)
        if self._tunnel_host:
            self._tunnel()

    def close(self):
        self._state = _CS_IDLE
        sock, self.sock = self.sock, None
        if sock:
            sock.close()
        answer, self._response = self._response, None
        if answer:
            answer.close()

    # -- sending
    def send(self, data):
        if self.sock is None:
            if not self.auto_open:
                raise NotConnected()
            self.connect()
        if hasattr(data, "read"):
            data = data.read()
            if isinstance(data, str):
                data = data.encode("iso-8859-1")
        if isinstance(data, (bytes, bytearray, memoryview)) or _socket.is_unknown(data):
            self.sock.sendall(data)
            return
        try:
            parts = iter(data)
        except TypeError:
            raise TypeError(f"data should be a bytes-like object or an iterable, got {type(data)!r}")
        for part in parts:
            self.sock.sendall(part)

    def putrequest(self, method, url, skip_host=False, skip_accept_encoding=False):
        if self._response and self._response.isclosed():
            self._response = None
        if self._state != _CS_IDLE:
            raise CannotSendRequest(self._state)
        self._state = _CS_REQ_STARTED
        self._method = method
        url = _socket.text(url)
        if _socket.is_known(url):
            url = url or "/"
        found = _bad_character(url, True) if _socket.is_known(url) else None
        if found is not None:
            raise InvalidURL(f"URL can't contain control characters. {url!r} (found at least {found!r})")
        self._url, self._fields = url, []
        self._buffer = [f"{method} {url} {self._http_vsn_str}"]
        if not skip_host:
            netloc = _socket.split_url(url)[1] if self._absolute(url) else ""
            if netloc:
                self.putheader("Host", netloc)
            else:
                host, port = self.host, self.port
                if self._tunnel_host:
                    host, port = self._tunnel_host, self._tunnel_port
                if _socket.is_known(host) and ":" in host:
                    host = f"[{host}]"
                self.putheader("Host", host if self._usual(port) else f"{host}:{port}")
        if not skip_accept_encoding:
            self.putheader("Accept-Encoding", "identity")
        self._own_fields = len(self._fields)

    def _usual(self, port):
        return not _socket.is_unknown(port) and port == self.default_port

    @staticmethod
    def _absolute(url):
        return _socket.is_known(url[:4]) and url.startswith("http")

    def putheader(self, header, *values):
        if self._state != _CS_REQ_STARTED:
            raise CannotSendHeader()
        name = header.decode("ascii") if isinstance(header, bytes) else header
        if not name or ":" in name or any(c in name for c in "\r\n"):
            raise ValueError(f"Invalid header name {name.encode()!r}")
        parts = []
        for one in values:
            if isinstance(one, bytes):
                one = one.decode("latin-1")
            elif isinstance(one, int):
                one = str(one)
            else:
                one = _socket.text(one)
            if not isinstance(one, str):
                raise TypeError(f"expected string or bytes-like object, got '{type(one).__name__}'")
            if _socket.is_known(one):
                data = one.encode("latin-1")
                if "\n" in one or "\r" in one:
                    raise ValueError(f"Invalid header value {data!r}")
            parts.append(one)
        value = "\r\n\t".join(parts)
        self._fields.append((name, value))
        self._buffer.append(f"{name}: {value}")

    def endheaders(self, message_body=None, *, encode_chunked=False):
        if self._state != _CS_REQ_STARTED:
            raise CannotSendHeader()
        self._state = _CS_REQ_SENT
        head = "\r\n".join(self._buffer + ["", ""]).encode("latin-1")
        self._buffer = []
        call = self._call = self._announce(message_body)
        before = _socket.hold(call)
        try:
            if self.sock is not None and getattr(self.sock, "_wire", None) is not None:
                self.sock._wire.adopt(call)
            self.send(head)
        finally:
            _socket.hold(before)
        if message_body is None:
            return
        if hasattr(message_body, "read"):
            message_body = message_body.read()
            if isinstance(message_body, str):
                message_body = message_body.encode("iso-8859-1")
        if isinstance(message_body, (bytes, bytearray, memoryview)) or _socket.is_unknown(message_body):
            parts = [message_body]
        else:
            parts = message_body
        for part in parts:
            if encode_chunked and part:
                part = f"{len(part):X}\r\n".encode("ascii") + part + b"\r\n"
            self.send(part)
        if encode_chunked:
            self.send(b"0\r\n\r\n")

    def _announce(self, body):
        tls = isinstance(self, HTTPSConnection)
        scheme, host, port = "https" if tls else "http", self.host, self.port
        if self._tunnel_host:
            host, port = self._tunnel_host, self._tunnel_port
        url = self._url if self._absolute(self._url) else (
            f"{scheme}://{host}" + ("" if self._usual(port) else f":{port}") + self._url)
        named = [name for name, _ in self._fields[self._own_fields:]]
        about = {
            "library": "http.client", "callable": f"http.client.HTTP{'S' if tls else ''}Connection.request",
            "place": _socket.place(), "target": (self._place, 0, "host"), "method": self._method, "url": url, "host": host,
            "port": port, "tls": tls, "context": getattr(self, "_context", None), "headers": self._fields,
            "own_host": "host" in [name.lower() for name in named], "body": body,
            "timeout": socket.getdefaulttimeout() if self.timeout is socket._GLOBAL_DEFAULT_TIMEOUT else self.timeout}
        if self._tunnel_host:
            about["proxy"] = (self.host, self.port)
        about.update(self._about)
        return _socket.announce(about)

    @staticmethod
    def _get_content_length(body, method):
        if body is None:
            return 0 if method.upper() in _METHODS_EXPECTING_BODY else None
        if hasattr(body, "read"):
            return None
        if isinstance(body, (bytes, bytearray, memoryview, str)):
            return len(body)
        return None

    def request(self, method, url, body=None, headers={}, *, encode_chunked=False):
        self._send_request(method, url, body, headers, encode_chunked)

    def _send_request(self, method, url, body, headers, encode_chunked):
        headers = {} if _socket.is_unknown(headers) else headers
        names = [name.lower() for name in headers]
        self.putrequest(method, url, skip_host="host" in names, skip_accept_encoding="accept-encoding" in names)
        if "content-length" not in names:
            if "transfer-encoding" not in names:
                encode_chunked = False
                length = self._get_content_length(body, _socket.text(method))
                if length is not None:
                    self.putheader("Content-Length", str(length))
                elif body is not None and not _socket.is_unknown(body):
                    encode_chunked = True
                    self.putheader("Transfer-Encoding", "chunked")
        else:
            encode_chunked = False
        for name, value in headers.items():
            self.putheader(name, value)
        if isinstance(body, str):
            try:
                body = body.encode("iso-8859-1")
            except UnicodeEncodeError as exc:
                raise UnicodeEncodeError(exc.encoding, exc.object, exc.start, exc.end,
                                         f"body ({body[exc.start:exc.end]!r}) is not valid Latin-1. Use body.encode('utf-8') "
                                         "if you want to send it encoded in UTF-8.") from None
        self.endheaders(body, encode_chunked=encode_chunked)

    def getresponse(self):
        if self._response and self._response.isclosed():
            self._response = None
        if self._state != _CS_REQ_SENT or self._response:
            raise ResponseNotReady(self._state)
        answer = self.response_class(self.sock, method=self._method)
        try:
            try:
                answer.begin()
            except ConnectionError:
                self.close()
                raise
            self._state = _CS_IDLE
            if answer.will_close:
                self.close()
            else:
                self._response = answer
            return answer
        except:
            answer.close()
            raise


def _create_https_context(http_version):
    import ssl
    factory = ssl._create_default_https_context
    context = _socket.patched(factory(), factory)
    if http_version == 11:
        context.set_alpn_protocols(["http/1.1"])
    return context


class HTTPSConnection(HTTPConnection):
    default_port = HTTPS_PORT

    def __init__(self, host, port=None, *, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None, context=None,
                 blocksize=8192):
        super().__init__(host, port, timeout, source_address, blocksize=blocksize)
        if context is None:
            context = _create_https_context(self._http_vsn)
        self._context = context

    def connect(self):
        super().connect()
        name = self._tunnel_host if self._tunnel_host else self.host
        self.sock = self._context.wrap_socket(self.sock, server_hostname=name)
