# dns.reversename (dnspython 2.7.0).
import ipaddress

from dns.name import from_text


def from_address(text, v4_origin=None, v6_origin=None):
    return from_text(ipaddress.ip_address(text).reverse_pointer + ".")


def to_address(name, v4_origin=None, v6_origin=None):
    labels = str(name).rstrip(".").split(".")[:-2][::-1]
    if len(labels) == 4:
        return ".".join(labels)
    text = "".join(labels)
    return str(ipaddress.ip_address(":".join([text[at:at + 4] for at in range(0, 32, 4)])))
