"""X.509 certificates as the named fields that the simulated verifier knows.

The core reads no ASN.1: this is where outside certificates (PEM) become cases of the form that
certificate_cases.cpp documents. Signatures become symbols: "signed-by" is the key, among those of the
case, with which libcrypto verifies the signature; none, if there is no such key.
"""

import ctypes
import ctypes.util
import datetime
import hashlib
import ipaddress

CRYPTO = ctypes.CDLL(ctypes.util.find_library("crypto") or "libcrypto.so.3")
for name, result, arguments in [
    ("d2i_X509", ctypes.c_void_p, [ctypes.c_void_p, ctypes.POINTER(ctypes.c_char_p), ctypes.c_long]),
    ("X509_get0_pubkey", ctypes.c_void_p, [ctypes.c_void_p]),
    ("X509_verify", ctypes.c_int, [ctypes.c_void_p, ctypes.c_void_p]),
    ("X509_free", None, [ctypes.c_void_p]),
    ("EVP_PKEY_get_bits", ctypes.c_int, [ctypes.c_void_p]),
    ("ERR_clear_error", None, []),
]:
    function = getattr(CRYPTO, name)
    function.restype, function.argtypes = result, arguments


def open_x509(der):
    """The X509 object of libcrypto; None if it cannot read the certificate."""
    buffer = ctypes.c_char_p(der)
    return CRYPTO.d2i_X509(None, ctypes.byref(buffer), len(der))


# --- DER ------------------------------------------------------------------------------------------


class Malformed(ValueError):
    pass


def read(data, at=0):
    """(tag, content, position behind)"""
    if at + 2 > len(data):
        raise Malformed("short")
    tag, size = data[at], data[at + 1]
    at += 2
    if size & 0x80:
        count = size & 0x7F
        if not 1 <= count <= 4 or at + count > len(data):
            raise Malformed("length")
        size = int.from_bytes(data[at:at + count], "big")
        at += count
    if at + size > len(data):
        raise Malformed("short")
    return tag, data[at:at + size], at + size


def items(data):
    at = 0
    while at < len(data):
        tag, content, at = read(data, at)
        yield tag, content


def only(data, wanted):
    tag, content, end = read(data)
    if tag != wanted or end != len(data):
        raise Malformed(f"tag {tag:#x} where {wanted:#x} is due")
    return content


def oid(content):
    if not content:
        raise Malformed("oid")
    numbers, value = [], 0
    for byte in content:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(value)
            value = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(str(n) for n in [first, numbers[0] - 40 * first, *numbers[1:]])


# --- fields ---------------------------------------------------------------------------------------

ATTRIBUTES = {
    "2.5.4.3": "CN", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST", "2.5.4.10": "O", "2.5.4.11": "OU",
    "1.2.840.113549.1.9.1": "emailAddress",
}
SIGNATURES = {
    "1.2.840.10045.4.1": "EC-SHA1", "1.2.840.10045.4.3.1": "EC-SHA224", "1.2.840.10045.4.3.2": "EC-SHA256",
    "1.2.840.10045.4.3.3": "EC-SHA384", "1.2.840.10045.4.3.4": "EC-SHA512",
    "1.2.840.113549.1.1.4": "RSA-MD5", "1.2.840.113549.1.1.5": "RSA-SHA1", "1.2.840.113549.1.1.14": "RSA-SHA224",
    "1.2.840.113549.1.1.11": "RSA-SHA256", "1.2.840.113549.1.1.12": "RSA-SHA384", "1.2.840.113549.1.1.13": "RSA-SHA512",
    "1.2.840.10040.4.3": "DSA-SHA1", "2.16.840.1.101.3.4.3.1": "DSA-SHA224", "2.16.840.1.101.3.4.3.2": "DSA-SHA256",
    "1.3.101.112": "ED25519", "1.3.101.113": "ED448",
}
HASHES = {"1.3.14.3.2.26": "SHA1", "2.16.840.1.101.3.4.2.4": "SHA224", "2.16.840.1.101.3.4.2.1": "SHA256",
          "2.16.840.1.101.3.4.2.2": "SHA384", "2.16.840.1.101.3.4.2.3": "SHA512"}
KEYS = {"1.2.840.10045.2.1": "EC", "1.2.840.113549.1.1.1": "RSA", "1.2.840.113549.1.1.10": "RSA-PSS",
        "1.2.840.10040.4.1": "DSA", "1.3.101.112": "ED25519", "1.3.101.113": "ED448"}
USAGES = ["digital-signature", "non-repudiation", "key-encipherment", "other", "key-agreement", "cert-sign",
          "crl-sign", "other", "other"]
PURPOSES = {"1.3.6.1.5.5.7.3.1": "server", "1.3.6.1.5.5.7.3.2": "client", "2.5.29.37.0": "any",
            "1.3.6.1.4.1.311.10.3.3": "server-gated", "2.16.840.1.113730.4.1": "server-gated"}
# Known to OpenSSL's verifier (X509_supported_extension), besides those that are fields here.
SUPPORTED = {"2.16.840.1.113730.1.1", "2.5.29.32", "2.5.29.31", "1.3.6.1.5.5.7.1.7", "1.3.6.1.5.5.7.1.8",
             "1.3.6.1.5.5.7.48.1.5", "2.5.29.36", "1.3.6.1.5.5.7.1.14", "2.5.29.33", "2.5.29.54"}
# Read when OpenSSL fills its cache: twice, or unreadable, makes the certificate invalid.
CACHED = {"2.5.29.19", "2.5.29.15", "2.5.29.37", "2.5.29.14", "2.5.29.35", "2.5.29.17", "2.5.29.30", "2.5.29.31",
          "2.16.840.1.113730.1.1", "1.3.6.1.5.5.7.1.14"}
ENCODINGS = {0x0C: "utf-8", 0x1E: "utf-16-be", 0x1C: "utf-32-be"}


def distinguished(content):
    out = []
    for tag, rdn in items(content):
        if tag != 0x31:
            raise Malformed("rdn")
        for _, attribute in items(rdn):
            _, kind, at = read(attribute)
            tag, value, _ = read(attribute, at)
            name = oid(kind)
            out.append([ATTRIBUTES.get(name, name), value.decode(ENCODINGS.get(tag, "latin-1"))])
    return out


def address(content, mask):
    half = len(content) // 2
    if mask and len(content) in (8, 32):
        return f"{ipaddress.ip_address(content[:half])}/{ipaddress.ip_address(content[half:])}"
    if not mask and len(content) in (4, 16):
        return str(ipaddress.ip_address(content))
    return "#" + content.hex()


def general_name(tag, content, mask=False):
    if tag in (0x81, 0x82, 0x86):
        return [{0x81: "email", 0x82: "dns", 0x86: "uri"}[tag], content.decode("latin-1")]
    if tag == 0x87:
        return ["ip", address(content, mask)]
    if tag == 0xA4:
        return ["dirname", "\n".join(f"{kind}={value}" for kind, value in distinguished(only(content, 0x30)))]
    if tag == 0xA0:
        _, kind, _ = read(content)
        return ["other", oid(kind)]
    if tag in (0x88, 0xA3, 0xA5):
        return ["other", f"tag {tag}"]
    raise Malformed("general name")


def moment(tag, content):
    """Seconds since 1970, or None where X509_cmp_time finds a format error."""
    text = content.decode("latin-1")
    if len(text) != {0x17: 13, 0x18: 15}.get(tag) or text[-1] != "Z" or not text[:-1].isdigit():
        return None
    if tag == 0x17:
        text = ("19" if int(text[:2]) >= 50 else "20") + text
    try:
        parsed = datetime.datetime.strptime(text, "%Y%m%d%H%M%SZ")
    except ValueError:
        return None
    return int(parsed.replace(tzinfo=datetime.timezone.utc).timestamp())


def integer(content):
    value = int.from_bytes(content, "big", signed=True)
    digits = format(abs(value), "x")
    return ("-" if value < 0 else "") + digits


def signature_algorithm(content):
    _, kind, at = read(content)
    name = oid(kind)
    if name != "1.2.840.113549.1.1.10":
        return SIGNATURES.get(name, name)
    digest = "SHA1"
    if at < len(content):
        for tag, value in items(only(content[at:], 0x30)):
            if tag == 0xA0:
                digest = HASHES.get(oid(read(only(value, 0x30))[1]), "unknown")
    return "RSA-PSS-" + digest


def key_symbol(public_key):
    return hashlib.sha256(public_key).hexdigest()[:24]


def constraint_list(content, out):
    """True if a distance stands there that is not 0 or open."""
    distances = False
    for _, subtree in items(content):
        tag, base, at = read(subtree)
        out.append(general_name(tag, base, mask=True))
        for tag, value in items(subtree[at:]):
            distances = distances or tag == 0x81 or any(value)
    return distances


def extension(name, critical, value, it):
    """Fills a field; raises Malformed where OpenSSL could not read it."""
    short = {"2.5.29.17": "san", "2.5.29.19": "basic-constraints", "2.5.29.15": "key-usage",
             "2.5.29.37": "extended-key-usage", "2.5.29.14": "subject-key-id", "2.5.29.35": "authority-key-id",
             "2.5.29.30": "name-constraints"}.get(name)
    if critical:
        it["critical"].append(short or ("other" if name in SUPPORTED else "unknown"))
    if short == "san":
        it["san"] = [general_name(tag, content) for tag, content in items(only(value, 0x30))]
    elif short == "basic-constraints":
        part = {"ca": False}
        for tag, content in items(only(value, 0x30)):
            if tag == 1:
                part["ca"] = content != b"\0"
            elif tag == 2:
                length = int.from_bytes(content, "big", signed=True)
                if length < 0:
                    raise Malformed("negative path length")
                part["path-length"] = min(length, 2**31 - 1)
        it["basic-constraints"] = part
    elif short == "key-usage":
        content = only(value, 3)
        bits = "".join(f"{byte:08b}" for byte in content[1:])
        if "1" not in bits:
            raise Malformed("empty key usage")
        it["key-usage"] = sorted({USAGES[i] for i, bit in enumerate(bits) if bit == "1" and i < 9})
    elif short == "extended-key-usage":
        it["extended-key-usage"] = [PURPOSES.get(oid(content), "other") for _, content in items(only(value, 0x30))]
    elif short == "subject-key-id":
        it["subject-key-id"] = only(value, 4).hex()
    elif short == "authority-key-id":
        part = {}
        for tag, content in items(only(value, 0x30)):
            if tag == 0x80:
                part["key-id"] = content.hex()
            elif tag == 0xA1:
                names = [general_name(t, c) for t, c in items(content)]
                directory = [text for kind, text in names if kind == "dirname"]
                if directory:
                    part["issuer"] = [line.split("=", 1) for line in directory[0].split("\n") if line]
            elif tag == 0x82:
                part["serial"] = integer(content)
        it["authority-key-id"] = part
    elif short == "name-constraints":
        part = {"permitted": [], "excluded": [], "distances": False}
        for tag, content in items(only(value, 0x30)):
            if tag not in (0xA0, 0xA1):
                raise Malformed("name constraints")
            far = constraint_list(content, part["permitted" if tag == 0xA0 else "excluded"])
            part["distances"] = part["distances"] or far
        it["name-constraints"] = part
    elif name == "2.5.29.31":
        only(value, 0x30)
    elif name == "2.5.29.36" and not critical:
        it["oddities"].append("policy-constraints-not-critical")
    elif name == "1.3.6.1.5.5.7.1.1":
        if critical:
            it["oddities"].append("aia-critical")
        try:
            if not list(items(only(value, 0x30))):
                raise Malformed("empty")
        except Malformed:
            it["oddities"].append("aia-malformed")
    return short


def fields(der):
    """One certificate; raises Malformed if it is none at all."""
    whole = only(der, 0x30)
    _, body, at = read(whole)
    _, outer_algorithm, at = read(whole, at)
    it = {"critical": [], "oddities": [], "present": []}
    parts = list(items(body))
    if parts[0][0] == 0xA0:
        it["version"] = 1 + int.from_bytes(only(parts.pop(0)[1], 2), "big")
    else:
        it["version"] = 1
    (_, serial), (_, algorithm), (_, issuer), (_, validity), (_, subject), (_, key) = parts[:6]
    it["serial"] = integer(serial)
    it["signature-algorithm"] = signature_algorithm(algorithm)
    it["algorithms-differ"] = algorithm != outer_algorithm
    it["issuer"], it["subject"] = distinguished(issuer), distinguished(subject)
    (before_tag, before), (after_tag, after) = items(validity)
    it["not-before"], it["not-after"] = moment(before_tag, before), moment(after_tag, after)
    it["key"] = key_symbol(key)
    _, key_algorithm, _ = read(key)
    _, key_kind, at = read(key_algorithm)
    x509 = open_x509(der)
    public = CRYPTO.X509_get0_pubkey(x509) if x509 else None
    it["key-type"] = KEYS.get(oid(key_kind), oid(key_kind)) if public else ""
    it["key-bits"] = CRYPTO.EVP_PKEY_get_bits(public) if public else 0
    it["explicit-curve"] = it["key-type"] == "EC" and key_algorithm[at:at + 1] == b"\x30"
    seen = set()
    malformed = False
    for tag, content in parts[6:]:
        if tag != 0xA3:
            continue
        for _, one in items(only(content, 0x30)):
            _, kind, at = read(one)
            tag, value, at = read(one, at)
            critical = False
            if tag == 1:
                critical = value != b"\0"
                tag, value, at = read(one, at)
            name = oid(kind)
            try:
                short = extension(name, critical, value, it)
            except (Malformed, ValueError, UnicodeDecodeError):
                malformed = malformed or name in CACHED
                short = None
            if name in seen and name in CACHED:
                malformed = True
            if name in seen:
                it["oddities"].append("duplicate-extension")
            seen.add(name)
            if not short:
                it["present"].append("other" if name in SUPPORTED else "unknown")
    it["malformed-extension"] = malformed
    CRYPTO.ERR_clear_error()
    if x509:
        CRYPTO.X509_free(x509)
    return it


def with_signers(ders, made):
    """Adds "signed-by" to the fields of certificates that belong to one case. Keys that cannot have
    signed (another issuer name) are tried last, and only then."""
    opened = [open_x509(der) for der in ders]
    keys = {}
    for it, x509 in zip(made, opened):
        public = CRYPTO.X509_get0_pubkey(x509) if x509 else None
        if public:
            keys.setdefault(it["key"], public)
    for it, x509 in zip(made, opened):
        if not x509:
            continue
        likely = {other["key"] for other in made if other["subject"] == it["issuer"]}
        for key in sorted(keys, key=lambda one: one not in likely):
            if CRYPTO.X509_verify(x509, keys[key]) == 1:
                it["signed-by"] = key
                break
    CRYPTO.ERR_clear_error()
    for x509 in opened:
        if x509:
            CRYPTO.X509_free(x509)
    return made
