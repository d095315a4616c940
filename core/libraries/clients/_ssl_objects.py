# ssl.SSLSocket, SSLObject and MemoryBIO (Python 3.13, Lib/ssl.py) over _socket.Wire.
import _socket
import socket
import ssl

_CIPHER = ("TLS_AES_256_GCM_SHA384", "TLSv1.3", 256)


class SSLSession:
    __module__ = "ssl"


def _name(server_hostname):
    return (server_hostname or None) if _socket.is_known(server_hostname) else server_hostname


def _check(context, server_side, server_hostname, needs_name=True):
    if server_side:
        _socket.not_modelled("the server's side of TLS")
    if needs_name and _socket.is_known(server_hostname) and context.check_hostname and not server_hostname:
        raise ValueError("check_hostname requires server_hostname")
    if server_hostname is not None and _socket.is_known(server_hostname):
        if server_hostname.startswith("."):  # SSLContext._encode_hostname encodes it first
            raise UnicodeEncodeError("idna", server_hostname, 0, 1, "label empty")
        if server_hostname == "" and context.check_hostname:
            raise ValueError("server_hostname cannot be an empty string or start with a leading dot.")
    if not server_side and context._protocol == 17:
        raise ssl.SSLError(1, "Cannot create a client socket with a PROTOCOL_TLS_SERVER context (_ssl.c:827)")


class _Peer:
    """What is known of the other side after the handshake."""

    def getpeercert(self, binary_form=False):
        if not self._connected_tls():
            raise ValueError("handshake not done yet")
        found = self._certificate()
        if _socket.is_unknown(found):
            return found
        if found is None:
            return None
        names, addresses, common_name, pem = found
        if binary_form:
            return ssl.PEM_cert_to_DER_cert(pem)
        if self.context._verify_mode == 0:
            return {}
        made = {"subject": ((("commonName", common_name),),) if common_name else (), "version": 3}
        alternatives = tuple([("DNS", name) for name in names] + [("IP Address", address) for address in addresses])
        if alternatives:
            made["subjectAltName"] = alternatives
        return made

    def get_verified_chain(self):
        return _socket.not_modelled("ssl.SSLSocket.get_verified_chain")

    get_unverified_chain = get_verified_chain

    def version(self):
        return "TLSv1.3" if self._connected_tls() else None

    def cipher(self):
        return _CIPHER if self._connected_tls() else None

    def shared_ciphers(self):
        return None

    def compression(self):
        return None

    def selected_alpn_protocol(self):
        return None

    selected_npn_protocol = compression

    def get_channel_binding(self, cb_type="tls-unique"):
        return None

    def pending(self):
        return 0

    session, session_reused = None, False


class SSLSocket(_Peer, socket.socket):
    __module__ = "ssl"

    def __init__(self, *args, **kwargs):
        raise TypeError(f"{type(self).__name__} does not have a public constructor. Instances are returned by SSLContext.wrap_socket().")

    @classmethod
    def _create(cls, sock, server_side, do_handshake_on_connect, suppress_ragged_eofs, server_hostname, context, place):
        if sock.type != socket.SOCK_STREAM:
            raise NotImplementedError("only stream sockets are supported")
        if server_side and server_hostname:
            raise ValueError("server_hostname can only be specified in client mode")
        if _socket.is_known(server_hostname) and context.check_hostname and not server_hostname:
            raise ValueError("check_hostname requires server_hostname")
        self = cls.__new__(cls)
        socket.socket.__init__(self, sock.family, sock.type, sock.proto)
        self._timeout, self._peer, self._wire = sock._timeout, sock._peer, sock._wire
        sock.detach()
        self.context, self.server_side, self.server_hostname = context, server_side, _name(server_hostname)
        self.do_handshake_on_connect, self.suppress_ragged_eofs = do_handshake_on_connect, suppress_ragged_eofs
        self._place, self._secure, self._ended = place, False, False
        self._connected = self._wire is not None
        if self._connected:
            try:
                _check(context, server_side, server_hostname)
                if do_handshake_on_connect:
                    if self._timeout == 0.0:
                        raise ValueError("do_handshake_on_connect should not be specified for non-blocking sockets")
                    self.do_handshake()
            except:
                self.close()
                raise
        return self

    def _connected_tls(self):
        return self._secure and not self._ended

    def _certificate(self):
        return self._wire.certificate()

    def do_handshake(self, block=False):
        if self._wire is None:
            raise OSError(107, "Transport endpoint is not connected")
        if not self._secure:
            self._wire.start_tls(self.context, self.server_hostname, self._timeout, self._place)
            self._secure = True

    def connect(self, addr):
        if self._connected:
            raise ValueError("attempt to connect already-connected SSLSocket!")
        _check(self.context, self.server_side, self.server_hostname)
        super().connect(addr)
        self._connected = True
        if self.do_handshake_on_connect:
            self.do_handshake()

    def _data(self, data):
        if not _socket.is_unknown(data) and data == b"":
            self._ended = True
            if not self.suppress_ragged_eofs:
                raise ssl.SSLEOFError(8, "[SSL: UNEXPECTED_EOF_WHILE_READING] unexpected eof while reading (_ssl.c:2650)")
        return data

    def recv(self, buflen=1024, flags=0):
        return self._data(self._live().recv(buflen, self._timeout))

    def read(self, len=1024, buffer=None):
        data = self.recv(len)
        if buffer is None:
            return data
        buffer[:data.__len__()] = data
        return data.__len__()

    def write(self, data):
        return self.send(data)

    def unwrap(self):
        made = socket.socket(self.family, self.type, self.proto)
        made._wire, made._peer, made._timeout = self._wire, self._peer, self._timeout
        return made

    def verify_client_post_handshake(self):
        raise ssl.SSLError(1, "[SSL] only available on the server side")


class MemoryBIO:
    __module__ = "ssl"

    def __init__(self):
        self._data, self.eof, self._eof_written = b"", False, False

    @property
    def pending(self):
        return len(self._data)

    def read(self, size=-1):
        size = len(self._data) if size < 0 else size
        data, self._data = self._data[:size], self._data[size:]
        return data

    def write(self, b):
        self._data += b
        return len(b)

    def write_eof(self):
        self._eof_written = self.eof = True


# The records that an SSLObject and the network exchange: a head, the object's number, and what is in
# them. The handshake itself happens where its first record leaves the app.
_HELLO, _DATA = b"\x16\x03\x01WH", b"\x17\x03\x03WH"
_objects = []


class SSLObject(_Peer):
    __module__ = "ssl"

    def __init__(self, *args, **kwargs):
        raise TypeError(f"{type(self).__name__} does not have a public constructor. Instances are returned by SSLContext.wrap_bio().")

    @classmethod
    def _create(cls, incoming, outgoing, server_side, server_hostname, context, place):
        # Unlike wrap_socket it takes a context that checks names without a name: then none is checked.
        _check(context, server_side, server_hostname, False)
        self = cls.__new__(cls)
        self.context, self.server_side, self.server_hostname = context, server_side, _name(server_hostname)
        self._incoming, self._outgoing, self._place = incoming, outgoing, place
        self._number, self._wire, self._state, self._failure = len(_objects), None, "new", None
        _objects.append(self)
        return self

    def _connected_tls(self):
        return self._state == "done"

    def _certificate(self):
        return self._wire.certificate()

    def _wants(self):
        if self._incoming._eof_written:
            raise ssl.SSLEOFError(8, "[SSL: UNEXPECTED_EOF_WHILE_READING] unexpected eof while reading (_ssl.c:1029)")
        raise ssl.SSLWantReadError(2, "The operation did not complete (read) (_ssl.c:1029)")

    def do_handshake(self):
        if _socket.checking():
            self._state = "done"
        if self._state == "done":
            return
        if self._state == "new":
            self._state = "hello"
            self._outgoing.write(_HELLO + self._number.to_bytes(2, "big"))
        if not self._incoming.pending:
            self._wants()
        self._incoming.read()
        if self._failure is not None:
            raise self._failure
        self._state = "done"

    def write(self, data):
        self._outgoing.write(_DATA + self._number.to_bytes(2, "big") + data)
        return len(data)

    def read(self, len=1024, buffer=None):
        if _socket.checking():
            return _socket.Wire().recv(len, None)
        if not self._incoming.pending:
            if self._incoming._eof_written:
                return b""
            self._wants()
        data = self._incoming.read(len)
        if buffer is None:
            return data
        buffer[:data.__len__()] = data
        return data.__len__()

    def unwrap(self):
        pass


def transmit(wire, records, timeout):
    """What a socket does with the records that an SSLObject has written."""
    made = _objects[int.from_bytes(records[5:7], "big")]
    if records[:5] == _HELLO:
        made._wire, wire._replies = wire, [b"handshake"]
        try:
            wire.start_tls(made.context, made.server_hostname, timeout, made._place)
        except ssl.SSLError as exc:
            made._failure = exc
        return
    for record in records.split(_DATA)[1:]:
        wire.send(record[2:])
