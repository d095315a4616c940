import ssl

from fastapi import FastAPI

app = FastAPI()


def shown(context):
    return {"verify_mode": int(context.verify_mode), "check_hostname": context.check_hostname, "flags": int(context.verify_flags),
            "protocol": int(context.protocol), "minimum": int(context.minimum_version), "maximum": int(context.maximum_version),
            "common_name": context.hostname_checks_common_name, "options": int(context.options), "roots": len(context.get_ca_certs()) > 0}


def attempt(call):
    try:
        return call()
    except Exception as exc:
        return f"{type(exc).__name__}: {exc}"


@app.get("/contexts")
def contexts():
    made = {"default": ssl.create_default_context(), "auth": ssl.create_default_context(ssl.Purpose.SERVER_AUTH),
            "server": ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), "unverified": ssl._create_unverified_context(),
            "required": ssl._create_unverified_context(cert_reqs=ssl.CERT_REQUIRED),
            "named": ssl._create_unverified_context(cert_reqs=ssl.CERT_REQUIRED, check_hostname=True),
            "stdlib": ssl._create_stdlib_context(), "client": ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            "tls": ssl.SSLContext(ssl.PROTOCOL_TLS), "bare": ssl.SSLContext(), "v12": ssl.SSLContext(ssl.PROTOCOL_TLSv1_2),
            "listener": ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), "https": ssl._create_default_https_context()}
    return {name: shown(context) for name, context in made.items()}


@app.get("/orders")
def orders():
    found = {}

    def none_first():
        context = ssl.create_default_context()
        context.verify_mode = ssl.CERT_NONE

    def name_after_none():
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.check_hostname = True
        return shown(context)

    def optional():
        context = ssl.create_default_context()
        context.verify_mode = ssl.CERT_OPTIONAL
        return shown(context)

    def wrong_mode():
        ssl.create_default_context().verify_mode = 7

    def text_mode():
        ssl.create_default_context().verify_mode = "none"

    def flags():
        context = ssl.create_default_context()
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT
        context.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF
        return int(context.verify_flags)

    def versions():
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.options |= ssl.OP_NO_TLSv1_2
        return [context.minimum_version == ssl.TLSVersion.TLSv1_3, context.minimum_version.name, bool(context.options & ssl.OP_NO_TLSv1_2)]

    def bad_version():
        ssl.create_default_context().minimum_version = 99

    def names():
        context = ssl.create_default_context()
        return [context.verify_mode.name, repr(context.verify_mode), f"{context.verify_mode}", ssl.CERT_NONE.name, repr(ssl.PROTOCOL_TLS_CLIENT),
                str(ssl.TLSVersion.TLSv1_2), context.verify_mode is ssl.CERT_REQUIRED, repr(ssl.Purpose.SERVER_AUTH.shortname), context.protocol.name]

    for call in (none_first, name_after_none, optional, wrong_mode, text_mode, flags, versions, bad_version, names):
        found[call.__name__] = attempt(call)
    return found


@app.get("/misuse")
def misuse():
    return {
        "protocol": attempt(lambda: ssl.SSLContext(99)),
        "nothing": attempt(lambda: ssl.create_default_context().load_verify_locations()),
        "missing": attempt(lambda: ssl.create_default_context(cafile="certs/none.pem")),
        "empty": attempt(lambda: ssl.create_default_context(cafile="empty.pem")),
        "data": attempt(lambda: ssl.create_default_context(cadata="nonsense")),
        "cadata": attempt(lambda: ssl.create_default_context(cadata="")) is not None,
        "chain": attempt(lambda: ssl.create_default_context().load_cert_chain("certs/none.pem")),
        "key": attempt(lambda: ssl.create_default_context().load_cert_chain("certs/client.pem")),
        "folder": attempt(lambda: len(ssl.create_default_context(capath="certs").get_ca_certs())),
        "internal": attempt(lambda: len(ssl.create_default_context(cafile="certs/internal-ca.pem").get_ca_certs())),
        "ciphers": attempt(lambda: ssl.create_default_context().set_ciphers("NO-SUCH-CIPHER")),
        "purpose": attempt(lambda: ssl.create_default_context("server")),
        "match_hostname": hasattr(ssl, "match_hostname"), "wrap_socket": hasattr(ssl, "wrap_socket"),
        "is": ssl.CertificateError is ssl.SSLCertVerificationError, "sni": ssl.HAS_SNI, "never": ssl.HAS_NEVER_CHECK_COMMON_NAME,
    }
