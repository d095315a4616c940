# dns.rdatatype (dnspython 2.7.0).
from enum import IntEnum

from dns.exception import DNSException


class RdataType(IntEnum):
    A = 1
    NS = 2
    CNAME = 5
    SOA = 6
    PTR = 12
    MX = 15
    TXT = 16
    AAAA = 28
    SRV = 33
    NAPTR = 35
    DS = 43
    DNSKEY = 48
    TLSA = 52
    HTTPS = 65
    CAA = 257
    ANY = 255

    @classmethod
    def make(cls, value):
        return from_text(value) if isinstance(value, str) else cls(value)


A, NS, CNAME, SOA, PTR, MX, TXT, AAAA, SRV, NAPTR, DS, DNSKEY, TLSA, HTTPS, CAA, ANY = RdataType


class UnknownRdatatype(DNSException):
    _text = "DNS resource record type is unknown."


def from_text(text):
    found = RdataType.__members__.get(text.upper())
    if found is None:
        raise UnknownRdatatype
    return found


def to_text(value):
    return RdataType(value).name
