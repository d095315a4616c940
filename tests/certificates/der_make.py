"""Certificates in DER from named fields (README.md), signed with real keys.

A key symbol stands for a real key of the type that its certificate tells; keys are made once and kept.
"""

import datetime
import hashlib
import ipaddress

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, padding, rsa

import der_fields

HASHES = {"SHA1": hashes.SHA1(), "SHA224": hashes.SHA224(), "SHA256": hashes.SHA256(), "SHA384": hashes.SHA384(),
          "SHA512": hashes.SHA512(), "MD5": hashes.MD5()}
CURVES = {192: ec.SECP192R1(), 224: ec.SECP224R1(), 256: ec.SECP256R1(), 384: ec.SECP384R1(), 521: ec.SECP521R1()}
OIDS = {name: number for number, name in {**der_fields.ATTRIBUTES, **der_fields.SIGNATURES}.items()}
PURPOSES = {name: number for number, name in reversed(list(der_fields.PURPOSES.items()))}
PURPOSES["other"] = "1.3.6.1.5.5.7.3.4"
BITS = {"digital-signature": 0, "non-repudiation": 1, "key-encipherment": 2, "other": 3, "key-agreement": 4,
        "cert-sign": 5, "crl-sign": 6}
EXTENSIONS = {"san": "2.5.29.17", "basic-constraints": "2.5.29.19", "key-usage": "2.5.29.15",
              "extended-key-usage": "2.5.29.37", "subject-key-id": "2.5.29.14", "authority-key-id": "2.5.29.35",
              "name-constraints": "2.5.29.30", "unknown": "1.3.6.1.4.1.99999.1", "other": "2.5.29.32"}
_keys = {}


def tlv(tag, *contents):
    content = b"".join(contents)
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(digits)]) + digits + content


def sequence(*contents):
    return tlv(0x30, *contents)


def oid(text):
    numbers = [int(one) for one in text.split(".")]
    out = b""
    for number in [numbers[0] * 40 + numbers[1], *numbers[2:]]:
        digits = [number & 0x7F]
        while number := number >> 7:
            digits.insert(0, 0x80 | number & 0x7F)
        out += bytes(digits)
    return tlv(6, out)


def integer(value):
    return tlv(2, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def boolean():
    return tlv(1, b"\xff")


def moment(seconds):
    at = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    if 1950 <= at.year < 2050:
        return tlv(0x17, at.strftime("%y%m%d%H%M%SZ").encode())
    return tlv(0x18, at.strftime("%Y%m%d%H%M%SZ").encode())


def distinguished(attributes):
    return sequence(*(tlv(0x31, sequence(oid(OIDS.get(kind, kind)),
                                         tlv(0x16 if kind == "emailAddress" else 0x0C, value.encode())))
                      for kind, value in attributes))


def packed(address):
    return b"".join(ipaddress.ip_address(part).packed for part in address.split("/"))


def general_name(name):
    kind, value = name
    if kind == "ip":
        return tlv(0x87, bytes.fromhex(value[1:]) if value.startswith("#") else packed(value))
    if kind == "dirname":
        return tlv(0xA4, distinguished([line.split("=", 1) for line in value.split("\n")] if value else []))
    if kind == "other":
        return tlv(0xA0, oid(value), tlv(0xA0, tlv(0x0C, b"x")))
    return tlv({"email": 0x81, "dns": 0x82, "uri": 0x86}[kind], value.encode("latin-1"))


def identifier(symbol):
    """Key identifiers that are no hex are symbols."""
    try:
        return bytes.fromhex(symbol)
    except ValueError:
        return hashlib.sha1(symbol.encode()).digest()


def extension(name, it):
    value = it.get(name)
    if name == "san":
        return sequence(*map(general_name, value))
    if name == "basic-constraints":
        parts = [boolean()] if value["ca"] else []
        if "path-length" in value:
            parts.append(integer(value["path-length"]))
        return sequence(*parts)
    if name == "key-usage":
        bits = sum(0x80 >> BITS[word] for word in value)
        return tlv(3, bytes([(bits & -bits).bit_length() - 1, bits]))
    if name == "extended-key-usage":
        return sequence(*(oid(PURPOSES[word]) for word in value))
    if name == "subject-key-id":
        return tlv(4, identifier(value))
    if name == "authority-key-id":
        parts = []
        if "key-id" in value:
            parts.append(tlv(0x80, identifier(value["key-id"])))
        if "issuer" in value:
            parts.append(tlv(0xA1, tlv(0xA4, distinguished(value["issuer"]))))
        if "serial" in value:
            parts.append(b"\x82" + integer(int(value["serial"], 16))[1:])
        return sequence(*parts)
    if name == "name-constraints":
        parts = []
        for tag, key in ((0xA0, "permitted"), (0xA1, "excluded")):
            if value.get(key):
                far = tlv(0x81, b"\x03") if value.get("distances") else b""
                parts.append(tlv(tag, *(sequence(general_name(one), far) for one in value[key])))
        return sequence(*parts)
    if name == "other":  # certificate policies
        return sequence(sequence(oid("2.5.29.32.0")))
    return tlv(4, b"unknown")


def private_key(symbol, kind="EC", bits=256):
    if (symbol, kind, bits) not in _keys:
        made = {"EC": lambda: ec.generate_private_key(CURVES[bits]),
                "RSA": lambda: rsa.generate_private_key(65537, bits),
                "DSA": lambda: dsa.generate_private_key(bits),
                "ED25519": ed25519.Ed25519PrivateKey.generate, "ED448": ed448.Ed448PrivateKey.generate}[kind]()
        _keys[symbol, kind, bits] = made
    return _keys[symbol, kind, bits]


def sign(key, algorithm, body):
    if isinstance(key, (ed25519.Ed25519PrivateKey, ed448.Ed448PrivateKey)):
        return key.sign(body)
    digest = HASHES[algorithm.rsplit("-", 1)[1]]
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(body, padding.PKCS1v15(), digest)
    if isinstance(key, dsa.DSAPrivateKey):
        return key.sign(body, digest)
    return key.sign(body, ec.ECDSA(digest))


def certificate(it, signer=("", "EC", 256)):
    """`signer`: symbol, type and bits of the key that signs."""
    public = private_key(it["key"], it.get("key-type", "EC"), it.get("key-bits", 256)).public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    name = it.get("signature-algorithm", "EC-SHA256")
    algorithm = sequence(oid(OIDS[name]), tlv(5) if name.startswith("RSA") else b"")
    extensions = []
    wanted = [one for one in EXTENSIONS if one in it or one in it.get("present", [])]
    if it.get("malformed-extension"):
        wanted.append("basic-constraints" if "basic-constraints" in it else "malformed")
    for one in wanted:
        critical = boolean() if one in it.get("critical", []) else b""
        if one == "malformed":
            extensions.append(sequence(oid("2.5.29.19"), tlv(4, b"\x04\x00")))
        else:
            extensions.append(sequence(oid(EXTENSIONS[one]), critical, tlv(4, extension(one, it))))
    version = it.get("version", 3)
    parts = [tlv(0xA0, integer(version - 1))] if version > 1 else []
    parts += [integer(int(it.get("serial", "1"), 16)), algorithm, distinguished(it["issuer"]),
              sequence(moment(it["not-before"]), moment(it["not-after"])), distinguished(it["subject"]), public]
    if extensions:
        parts.append(tlv(0xA3, sequence(*extensions)))
    body = sequence(*parts)
    signature = sign(private_key(*signer), name, body)
    return sequence(body, algorithm, tlv(3, b"\0", signature))
