"""What the machine's libcrypto (OpenSSL 3) says about a certificate case: X509_verify_cert, set up as
ssl.SSLContext sets it up."""

import ctypes
import ipaddress

from der_fields import CRYPTO, open_x509

P, I, L, S = ctypes.c_void_p, ctypes.c_int, ctypes.c_long, ctypes.c_char_p
for name, result, arguments in [
    ("X509_STORE_new", P, []), ("X509_STORE_free", None, [P]), ("X509_STORE_add_cert", I, [P, P]),
    ("X509_STORE_CTX_new", P, []), ("X509_STORE_CTX_free", None, [P]),
    ("X509_STORE_CTX_init", I, [P, P, P, P]), ("X509_STORE_CTX_set_default", I, [P, S]),
    ("X509_STORE_CTX_get0_param", P, [P]), ("X509_STORE_CTX_get_error", I, [P]),
    ("X509_STORE_CTX_get_error_depth", I, [P]), ("X509_verify_cert", I, [P]),
    ("X509_VERIFY_PARAM_set_flags", I, [P, ctypes.c_ulong]), ("X509_VERIFY_PARAM_set_time", None, [P, L]),
    ("X509_VERIFY_PARAM_set_auth_level", None, [P, I]), ("X509_VERIFY_PARAM_set_depth", None, [P, I]),
    ("X509_VERIFY_PARAM_set_hostflags", None, [P, ctypes.c_uint]),
    ("X509_VERIFY_PARAM_set1_host", I, [P, S, ctypes.c_size_t]),
    ("X509_VERIFY_PARAM_set1_ip_asc", I, [P, S]),
    ("OPENSSL_sk_new_null", P, []), ("OPENSSL_sk_push", I, [P, P]), ("OPENSSL_sk_free", None, [P]),
    ("X509_verify_cert_error_string", S, [L]), ("OpenSSL_version", S, [I]),
]:
    function = getattr(CRYPTO, name)
    function.restype, function.argtypes = result, arguments

TRUSTED_FIRST, STRICT, PARTIAL_CHAIN = 0x8000, 0x20, 0x80000
NEVER_CHECK_SUBJECT, NO_PARTIAL_WILDCARDS = 0x20, 0x4
FLAGS = {"3.11": TRUSTED_FIRST, "3.13": TRUSTED_FIRST | STRICT | PARTIAL_CHAIN}


def version():
    return CRYPTO.OpenSSL_version(0).decode()


def text(code):
    return CRYPTO.X509_verify_cert_error_string(code).decode()


def verify(presented, trusted, case, python):
    """(code, depth) for DER certificates and a case's settings; None if one cannot be loaded."""
    opened = [open_x509(der) for der in presented]
    anchors = [open_x509(der) for der in trusted]
    try:
        if not all(opened) or not all(anchors):
            return None
        store, chain = CRYPTO.X509_STORE_new(), CRYPTO.OPENSSL_sk_new_null()
        for anchor in anchors:
            CRYPTO.X509_STORE_add_cert(store, anchor)
        for one in opened:
            CRYPTO.OPENSSL_sk_push(chain, one)
        context = CRYPTO.X509_STORE_CTX_new()
        CRYPTO.X509_STORE_CTX_init(context, store, opened[0], chain)
        role = case.get("purpose", "server")
        CRYPTO.X509_STORE_CTX_set_default(context, b"ssl_" + role.encode())
        settings = CRYPTO.X509_STORE_CTX_get0_param(context)
        CRYPTO.X509_VERIFY_PARAM_set_flags(settings, FLAGS[python])
        CRYPTO.X509_VERIFY_PARAM_set_time(settings, case["now"])
        CRYPTO.X509_VERIFY_PARAM_set_auth_level(settings, case.get("security-level", 2))
        if "depth-max" in case:
            CRYPTO.X509_VERIFY_PARAM_set_depth(settings, case["depth-max"])
        flags = 0 if case.get("partial-wildcards") else NO_PARTIAL_WILDCARDS
        if not case.get("common-name-fallback", True):
            flags |= NEVER_CHECK_SUBJECT
        CRYPTO.X509_VERIFY_PARAM_set_hostflags(settings, flags)
        if host := case.get("name"):
            try:
                ipaddress.ip_address(host)
                CRYPTO.X509_VERIFY_PARAM_set1_ip_asc(settings, host.encode())
            except ValueError:
                CRYPTO.X509_VERIFY_PARAM_set1_host(settings, host.encode(), 0)
        CRYPTO.X509_verify_cert(context)
        answer = CRYPTO.X509_STORE_CTX_get_error(context), CRYPTO.X509_STORE_CTX_get_error_depth(context)
        CRYPTO.X509_STORE_CTX_free(context)
        CRYPTO.OPENSSL_sk_free(chain)
        CRYPTO.X509_STORE_free(store)
        return answer
    finally:
        for one in opened + anchors:
            if one:
                CRYPTO.X509_free(one)
        CRYPTO.ERR_clear_error()
