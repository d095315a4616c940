# socket (Python 3.13 library reference, Lib/socket.py): _socket.Wire is the connection itself.
import enum
import io

import _socket
from _socket import gaierror, getfqdn, herror, inet_pton

error = OSError
timeout = TimeoutError
has_ipv6 = True
_GLOBAL_DEFAULT_TIMEOUT = object()
_APP_ADDRESS = "198.51.100.250"


class AddressFamily(enum.IntEnum):
    AF_UNSPEC, AF_UNIX, AF_INET, AF_INET6 = 0, 1, 2, 10


class SocketKind(enum.IntEnum):
    SOCK_STREAM, SOCK_DGRAM, SOCK_RAW = 1, 2, 3


AF_UNSPEC, AF_UNIX, AF_INET, AF_INET6 = AddressFamily
SOCK_STREAM, SOCK_DGRAM, SOCK_RAW = SocketKind
IPPROTO_IP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_IPV6, SOL_SOCKET = 0, 6, 17, 41, 1
SO_REUSEADDR, SO_TYPE, SO_KEEPALIVE, SO_REUSEPORT, SO_RCVBUF, SO_SNDBUF, SO_LINGER = 2, 3, 9, 15, 8, 7, 13
TCP_NODELAY, TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT, TCP_USER_TIMEOUT = 1, 4, 5, 6, 18
AI_PASSIVE, AI_CANONNAME, AI_NUMERICHOST, AI_ADDRCONFIG, AI_NUMERICSERV = 1, 2, 4, 32, 1024
EAI_NONAME, EAI_AGAIN, EAI_FAIL, EAI_NODATA, EAI_SERVICE = -2, -3, -4, -5, -8
NI_NUMERICHOST, NI_NUMERICSERV = 1, 2
SHUT_RD, SHUT_WR, SHUT_RDWR, MSG_PEEK, INADDR_ANY, SOMAXCONN = 0, 1, 2, 2, 0, 4096
_SERVICES = {"ftp": 21, "ssh": 22, "smtp": 25, "domain": 53, "http": 80, "pop3": 110, "imap2": 143, "ldap": 389,
             "https": 443, "submission": 587, "imaps": 993, "pop3s": 995, "ldaps": 636}
_default_timeout = [None]


def setdefaulttimeout(timeout):
    _default_timeout[0] = None if timeout is None else float(timeout)


def getdefaulttimeout():
    return _default_timeout[0]


def _host(host):
    if host is None:
        return "127.0.0.1"
    if isinstance(host, (bytes, bytearray)):
        host = host.decode()
    if _socket.is_known(host) and host == "":
        raise gaierror(EAI_NONAME, "Name or service not known")
    return host


def _port(port):
    if isinstance(port, bytes):
        port = port.decode()
    if isinstance(port, str):
        if port.isdigit():
            return int(port) % 65536
        if port not in _SERVICES:
            raise gaierror(EAI_SERVICE, "Servname not supported for ai_socktype")
        return _SERVICES[port]
    return 0 if port is None else port if _socket.is_unknown(port) else int(port) % 65536


def _numbers(host, port, family, type):
    return _socket.getaddrinfo(_host(host), _port(port), int(family), int(type))


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    found = _numbers(host, port, family, type)
    return [(AddressFamily(af), SocketKind(kind), number, name, where) for af, kind, number, name, where in found
            if not proto or number == proto]


def gethostbyname(hostname):
    return _socket.gethostbyname(hostname)


def gethostbyname_ex(hostname):
    return _socket.gethostbyname_ex(hostname)


def gethostbyaddr(ip_address):
    return _socket.gethostbyaddr(ip_address)


def getnameinfo(sockaddr, flags):
    host, port = sockaddr[0], sockaddr[1]
    name = host
    if not flags & NI_NUMERICHOST:
        try:
            name = gethostbyaddr(host)[0]
        except herror:
            pass
    return name, str(port)


def gethostname():
    return "app"


def getservbyname(servicename, protocolname="tcp"):
    if servicename not in _SERVICES:
        raise OSError("service/proto not found")
    return _SERVICES[servicename]


def inet_aton(ip_string):
    try:
        return inet_pton(2, ip_string)
    except OSError:
        pass
    raise OSError("illegal IP address string passed to inet_aton")


def inet_ntoa(packed_ip):
    if len(packed_ip) != 4:
        raise OSError("packed IP wrong length")
    return ".".join([str(byte) for byte in packed_ip])


def inet_ntop(address_family, packed_ip):
    if address_family == AF_INET:
        if len(packed_ip) != 4:
            raise ValueError("invalid length of packed IP address string")
        return inet_ntoa(packed_ip)
    import ipaddress
    return str(ipaddress.IPv6Address(packed_ip))


def htons(x):
    return (x & 255) << 8 | x >> 8


def htonl(x):
    return htons(x & 65535) << 16 | htons(x >> 16)


ntohs, ntohl = htons, htonl


class socket:
    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        self.family = AF_INET if family == -1 else AddressFamily(family)
        self.type = SOCK_STREAM if type == -1 else SocketKind(type)
        self.proto = 0 if proto == -1 else proto
        self._timeout = _default_timeout[0]
        self._wire = self._peer = None
        self._closed, self._io_refs = False, 0

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        if not self._closed:
            self.close()

    def __repr__(self):
        return (f"<{type(self).__module__}.{type(self).__qualname__}{' [closed]' if self._closed else ''} fd={self.fileno()}, "
                f"family={int(self.family)}, type={int(self.type)}, proto={self.proto}>")

    # -- connecting
    def _open(self, where, call):
        if self._closed:
            raise OSError(9, "Bad file descriptor")
        wire = _socket.Wire()
        wire.open(where[0], where[1], self._timeout, call)
        self._wire, self._peer = wire, where

    def connect(self, address):
        if self.family not in (AF_INET, AF_INET6) or self.type != SOCK_STREAM:
            self._peer = address
            return _socket.not_modelled(f"socket.connect of {self.family.name}, {self.type.name}")
        if not isinstance(address, tuple):
            raise TypeError(f"connect(): {self.family.name} address must be tuple, not {type(address).__name__}")
        host, port = address[0], address[1]
        call = _announce("socket.socket.connect", host, port, self._timeout)
        self._open(_socket.getaddrinfo(_host(host), port, int(self.family), 1)[0][4], call)

    def connect_ex(self, address):
        try:
            self.connect(address)
        except TimeoutError:
            return 11
        except gaierror:
            raise
        except OSError as exc:
            return exc.errno
        return 0

    def bind(self, address):
        pass

    def listen(self, backlog=0):
        return _socket.not_modelled("socket.listen")

    def accept(self):
        return _socket.not_modelled("socket.accept")

    # -- moving bytes
    def _live(self, sending=False):
        if self._closed and self._io_refs <= 0:
            raise OSError(9, "Bad file descriptor")
        if self._wire is None:
            raise BrokenPipeError(32, "Broken pipe") if sending else OSError(107, "Transport endpoint is not connected")
        return self._wire

    def send(self, data, flags=0):
        self.sendall(data)
        return len(data)

    def sendall(self, data, flags=0):
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        wire = self._live(True)
        if isinstance(data, (bytearray, memoryview)):
            data = bytes(data)
        if not _socket.is_known(data):
            return wire.send(data)
        if data[:5] == b"\x16\x03\x01WH" or data[:5] == b"\x17\x03\x03WH":
            import _ssl_objects
            return _ssl_objects.transmit(wire, data, self._timeout)
        wire.send(data)

    def sendfile(self, file, offset=0, count=None):
        data = file.read()
        self.sendall(data)
        return len(data)

    def recv(self, bufsize, flags=0):
        wire = self._live()
        if getattr(wire, "_replies", None):
            return wire._replies.pop(0)
        return wire.recv(bufsize, self._timeout)

    def recv_into(self, buffer, nbytes=0, flags=0):
        data = self.recv(nbytes or len(buffer))
        buffer[:len(data)] = data
        return len(data)

    def recvfrom(self, bufsize, flags=0):
        return self.recv(bufsize), self._peer

    def makefile(self, mode="r", buffering=None, *, encoding=None, errors=None, newline=None):
        if not set(mode) <= {"r", "w", "b"}:
            raise ValueError(f"invalid mode {mode!r} (only r, w, b allowed)")
        self._io_refs += 1
        return _File(self, mode, encoding or "utf-8", errors or "strict")

    # -- the rest
    def settimeout(self, value):
        if value is not None and value < 0:
            raise ValueError("Timeout value out of range")
        self._timeout = None if value is None else float(value)
        if value == 0:
            _socket.not_modelled("a socket that does not block")

    def gettimeout(self):
        return self._timeout

    def setblocking(self, flag):
        self.settimeout(None if flag else 0.0)

    def getblocking(self):
        return self._timeout != 0

    @property
    def timeout(self):
        return self._timeout

    def setsockopt(self, *args):
        pass

    def getsockopt(self, level, optname, buflen=0):
        return int(self.type) if optname == SO_TYPE else 0

    def getpeername(self):
        self._live()
        return self._peer

    def getsockname(self):
        if self._wire is None:
            return (_APP_ADDRESS if self._peer else "0.0.0.0", 0)
        return (_APP_ADDRESS, self._wire.local_port())

    def fileno(self):
        return -1 if self._closed and self._io_refs <= 0 else 7

    def shutdown(self, how):
        wire = self._live()
        if how != SHUT_RD:
            wire.shut()

    def detach(self):
        self._wire, self._closed = None, True
        return 7

    def close(self):
        self._closed = True
        if self._io_refs <= 0:
            self._real_close()

    def _real_close(self):
        if self._wire is not None:
            self._wire.close()

    def _file_closed(self):
        self._io_refs -= 1
        if self._closed and self._io_refs <= 0:
            self._real_close()


SocketType = socket


class _File:
    """What makefile() gives: reads straight from the connection's buffer."""

    def __init__(self, sock, mode, encoding, errors):
        self._sock, self.mode = sock, mode
        self._text, self.encoding, self.errors = "b" not in mode, encoding, errors
        self.closed = False

    def _wire(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        return self._sock._live()

    def _out(self, data):
        return data.decode(self.encoding, self.errors) if self._text else data

    def read(self, size=-1):
        return self._out(self._wire().read(-1 if size is None else size, self._sock._timeout))

    def read1(self, size=65536):
        return self._out(self._wire().recv(size, self._sock._timeout))

    def readline(self, size=-1):
        return self._out(self._wire().read_until(b"\n", -1 if size is None else size, self._sock._timeout))

    def readinto(self, buffer):
        data = self.read(len(buffer))
        buffer[:len(data)] = data
        return len(data)

    def readlines(self, hint=-1):
        return list(self)

    def __iter__(self):
        while line := self.readline():
            yield line
            if _socket.checking():
                return

    def write(self, data):
        self._wire()
        self._sock.sendall(data.encode(self.encoding, self.errors) if self._text else data)
        return len(data)

    def flush(self):
        pass

    def readable(self):
        return "r" in self.mode

    def writable(self):
        return "w" in self.mode

    def close(self):
        if not self.closed:
            self.closed = True
            self._sock._file_closed()

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


class SocketIO(_File):
    pass


def _announce(callable, host, port, timeout, **more):
    place = _socket.place()
    return _socket.announce({"raw": True, "library": "socket", "callable": callable, "place": place, "target": (place, 0, "address"),
                             "host": host, "port": port, "timeout": timeout, **more})


def create_connection(address, timeout=_GLOBAL_DEFAULT_TIMEOUT, source_address=None, *, all_errors=False):
    host, port = address
    limit = _default_timeout[0] if timeout is _GLOBAL_DEFAULT_TIMEOUT else timeout
    call = _socket.held() or _announce("socket.create_connection", host, port, limit)
    exceptions = []
    for af, kind, proto, _, where in getaddrinfo(host, port, 0, SOCK_STREAM):
        made = None
        try:
            made = socket(af, kind, proto)
            if timeout is not _GLOBAL_DEFAULT_TIMEOUT:
                made.settimeout(timeout)
            if source_address:
                made.bind(source_address)
            made._open(where, call)
            exceptions.clear()
            return made
        except error as exc:
            if not all_errors:
                exceptions.clear()
            exceptions.append(exc)
            if made is not None:
                made.close()
    if not exceptions:
        raise error("getaddrinfo returns an empty list")
    if not all_errors:
        raise exceptions[0]
    raise ExceptionGroup("create_connection failed", exceptions)


def create_server(address, **options):
    return _socket.not_modelled("socket.create_server")


def socketpair(*args):
    return _socket.not_modelled("socket.socketpair")


def fromfd(*args):
    return _socket.not_modelled("socket.fromfd")
