# ssl (Python 3.13 library reference, Lib/ssl.py): names and numbers; what a context trusts is native.
import enum
from collections import namedtuple

import _socket
import socket as _sockets
from _ssl import (SSLCertVerificationError, SSLEOFError, SSLError, SSLSyscallError, SSLWantReadError,
                  SSLWantWriteError, SSLZeroReturnError, _SSLContext, _create_unverified_context,
                  create_default_context, get_server_certificate)
from socket import SO_TYPE, SOCK_STREAM, SOL_SOCKET, create_connection

CertificateError = SSLCertVerificationError
socket_error = OSError


class VerifyMode(enum.IntEnum):
    CERT_NONE, CERT_OPTIONAL, CERT_REQUIRED = 0, 1, 2


class _SSLMethod(enum.IntEnum):
    PROTOCOL_TLS = PROTOCOL_SSLv23 = 2
    PROTOCOL_TLSv1, PROTOCOL_TLSv1_1, PROTOCOL_TLSv1_2, PROTOCOL_TLS_CLIENT, PROTOCOL_TLS_SERVER = 3, 4, 5, 16, 17


class TLSVersion(enum.IntEnum):
    MINIMUM_SUPPORTED, SSLv3, TLSv1, TLSv1_1, TLSv1_2, TLSv1_3, MAXIMUM_SUPPORTED = -2, 768, 769, 770, 771, 772, -1


class VerifyFlags(enum.IntFlag):
    VERIFY_DEFAULT, VERIFY_CRL_CHECK_LEAF, VERIFY_CRL_CHECK_CHAIN = 0, 4, 12
    VERIFY_X509_STRICT, VERIFY_ALLOW_PROXY_CERTS = 0x20, 0x40
    VERIFY_X509_TRUSTED_FIRST, VERIFY_X509_PARTIAL_CHAIN = 0x8000, 0x80000


class Options(enum.IntFlag):
    OP_NO_SSLv2, OP_LEGACY_SERVER_CONNECT, OP_ENABLE_KTLS, OP_IGNORE_UNEXPECTED_EOF = 0, 4, 8, 0x80
    OP_NO_TICKET, OP_NO_COMPRESSION, OP_ENABLE_MIDDLEBOX_COMPAT, OP_CIPHER_SERVER_PREFERENCE = 0x4000, 0x20000, 0x100000, 0x400000
    OP_NO_SSLv3, OP_NO_TLSv1, OP_NO_TLSv1_2 = 0x2000000, 0x4000000, 0x8000000
    OP_NO_TLSv1_1, OP_NO_TLSv1_3, OP_NO_RENEGOTIATION, OP_ALL = 0x10000000, 0x20000000, 0x40000000, 0x80000050


CERT_NONE, CERT_OPTIONAL, CERT_REQUIRED = VerifyMode
PROTOCOL_TLS, PROTOCOL_TLSv1, PROTOCOL_TLSv1_1, PROTOCOL_TLSv1_2, PROTOCOL_TLS_CLIENT, PROTOCOL_TLS_SERVER = _SSLMethod
PROTOCOL_SSLv23 = PROTOCOL_TLS
(VERIFY_DEFAULT, VERIFY_CRL_CHECK_LEAF, VERIFY_CRL_CHECK_CHAIN, VERIFY_X509_STRICT, VERIFY_ALLOW_PROXY_CERTS,
 VERIFY_X509_TRUSTED_FIRST, VERIFY_X509_PARTIAL_CHAIN) = VerifyFlags.__members__.values()
(OP_NO_SSLv2, OP_LEGACY_SERVER_CONNECT, OP_ENABLE_KTLS, OP_IGNORE_UNEXPECTED_EOF, OP_NO_TICKET, OP_NO_COMPRESSION,
 OP_ENABLE_MIDDLEBOX_COMPAT, OP_CIPHER_SERVER_PREFERENCE, OP_NO_SSLv3, OP_NO_TLSv1, OP_NO_TLSv1_2, OP_NO_TLSv1_1,
 OP_NO_TLSv1_3, OP_NO_RENEGOTIATION, OP_ALL) = Options.__members__.values()
OP_SINGLE_DH_USE = OP_SINGLE_ECDH_USE = OP_NO_SSLv2


class Purpose(enum.Enum):
    SERVER_AUTH = "1.3.6.1.5.5.7.3.1"
    CLIENT_AUTH = "1.3.6.1.5.5.7.3.2"

    def __init__(self, oid):
        self.oid = oid
        server = oid.endswith("1")
        self.nid, self.shortname = (129, "serverAuth") if server else (130, "clientAuth")
        self.longname = f"TLS Web {'Server' if server else 'Client'} Authentication"


HAS_SNI = HAS_ALPN = HAS_ECDH = HAS_TLSv1 = HAS_TLSv1_1 = HAS_TLSv1_2 = HAS_TLSv1_3 = HAS_PSK = True
HAS_NEVER_CHECK_COMMON_NAME = True
HAS_SSLv2 = HAS_SSLv3 = HAS_NPN = False
OPENSSL_VERSION = "OpenSSL 3.5.7 9 Jun 2026"
OPENSSL_VERSION_INFO, OPENSSL_VERSION_NUMBER = (3, 5, 0, 7, 0), 0x30500070
PEM_HEADER, PEM_FOOTER = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
CHANNEL_BINDING_TYPES = ["tls-unique"]
SSL_ERROR_SSL, SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE, SSL_ERROR_SYSCALL, SSL_ERROR_ZERO_RETURN, SSL_ERROR_EOF = 1, 2, 3, 5, 6, 8
DefaultVerifyPaths = namedtuple("DefaultVerifyPaths", "cafile capath openssl_cafile_env openssl_cafile openssl_capath_env openssl_capath")
_CIPHERS = ("DEFAULT", "HIGH", "MEDIUM", "ALL", "AES", "ECDH", "CHACHA20", "RSA", "DHE", "TLS", "@SECLEVEL", "COMPLEMENT", "SHA", "kE")


def _number(value):
    return int(value) if isinstance(value, int) else value


class SSLContext(_SSLContext):
    sslsocket_class = sslobject_class = None
    sni_callback = keylog_filename = _msg_callback = None
    post_handshake_auth, security_level, num_tickets = False, 2, 2

    @property
    def verify_mode(self):
        return VerifyMode(self._verify_mode)

    @verify_mode.setter
    def verify_mode(self, value):
        self._verify_mode = _number(value)

    @property
    def verify_flags(self):
        return VerifyFlags(self._verify_flags)

    @verify_flags.setter
    def verify_flags(self, value):
        self._verify_flags = _number(value)

    @property
    def options(self):
        return Options(self._options)

    @options.setter
    def options(self, value):
        self._options = _number(value)

    @property
    def minimum_version(self):
        return TLSVersion(self._minimum)

    @minimum_version.setter
    def minimum_version(self, value):
        self._minimum = _number(value)

    @property
    def maximum_version(self):
        return TLSVersion(self._maximum)

    @maximum_version.setter
    def maximum_version(self, value):
        self._maximum = _number(value)

    @property
    def protocol(self):
        return _SSLMethod(self._protocol)

    def set_ciphers(self, ciphers):
        if isinstance(ciphers, str) and _socket.is_known(ciphers) and not any(one in ciphers for one in _CIPHERS):
            raise SSLError("No cipher can be selected.")

    def set_alpn_protocols(self, alpn_protocols):
        self._alpn = list(alpn_protocols)

    set_npn_protocols = set_ecdh_curve = load_dh_params = set_psk_client_callback = set_alpn_protocols

    def set_servername_callback(self, server_name_callback):
        self.sni_callback = server_name_callback

    def get_ciphers(self):
        return [{"name": "TLS_AES_256_GCM_SHA384", "protocol": "TLSv1.3"}]

    def cert_store_stats(self):
        count = len(self.get_ca_certs())
        return {"x509": count, "crl": 0, "x509_ca": count}

    def session_stats(self):
        return {"number": 0}

    def wrap_socket(self, sock, server_side=False, do_handshake_on_connect=True, suppress_ragged_eofs=True,
                    server_hostname=None, session=None):
        import _ssl_objects
        return (self.sslsocket_class or _ssl_objects.SSLSocket)._create(
            sock, server_side, do_handshake_on_connect, suppress_ragged_eofs, server_hostname, self, _socket.place())

    def wrap_bio(self, incoming, outgoing, server_side=False, server_hostname=None, session=None):
        import _ssl_objects
        return (self.sslobject_class or _ssl_objects.SSLObject)._create(
            incoming, outgoing, server_side, server_hostname, self, _socket.place())


_create_default_https_context = create_default_context
_create_stdlib_context = _create_unverified_context


def get_default_verify_paths():
    return DefaultVerifyPaths(None, "/usr/lib/ssl/certs", "SSL_CERT_FILE", "/usr/lib/ssl/cert.pem", "SSL_CERT_DIR", "/usr/lib/ssl/certs")


def PEM_cert_to_DER_cert(pem_cert_string):
    import base64
    text = pem_cert_string.strip()
    if not text.startswith(PEM_HEADER):
        raise ValueError(f"Invalid PEM encoding; must start with {PEM_HEADER}")
    if not text.endswith(PEM_FOOTER):
        raise ValueError(f"Invalid PEM encoding; must end with {PEM_FOOTER}")
    return base64.b64decode("".join(text[len(PEM_HEADER):-len(PEM_FOOTER)].split()))


def DER_cert_to_PEM_cert(der_cert_bytes):
    import base64
    text = base64.b64encode(der_cert_bytes).decode()
    lines = [text[at:at + 64] for at in range(0, len(text), 64)]
    return "\n".join([PEM_HEADER, *lines, PEM_FOOTER]) + "\n"


def cert_time_to_seconds(cert_time):
    import datetime
    text = " ".join(cert_time.split())
    when = datetime.datetime.strptime(text, "%b %d %H:%M:%S %Y GMT")
    return int(when.replace(tzinfo=datetime.timezone.utc).timestamp())


def RAND_bytes(n):
    import os
    return os.urandom(n)


def RAND_status():
    return True


def get_protocol_name(protocol_code):
    return {2: "PROTOCOL_TLS"}.get(protocol_code, "<unknown>")


def __getattr__(name):
    if name in ("SSLSocket", "SSLObject", "MemoryBIO", "SSLSession"):
        import _ssl_objects
        return getattr(_ssl_objects, name)
    raise AttributeError(f"module 'ssl' has no attribute {name!r}")
