# dns.reversename (dnspython 2.7.0).
from dns.name import from_text


def from_address(text, v4_origin=None, v6_origin=None):
    if ":" not in text:
        return from_text(".".join(text.split(".")[::-1]) + ".in-addr.arpa.")
    head, gap, tail = text.partition("::")
    head, tail = [part for part in head.split(":") if part], [part for part in tail.split(":") if part]
    groups = head + ["0"] * (8 - len(head) - len(tail)) + tail
    return from_text(".".join("".join(part.zfill(4) for part in groups)[::-1].lower()) + ".ip6.arpa.")


def to_address(name, v4_origin=None, v6_origin=None):
    labels = str(name).rstrip(".").split(".")[:-2][::-1]
    if len(labels) <= 4:
        return ".".join(labels)
    from _urllib3 import canonical_address
    text = "".join(labels)
    return canonical_address(":".join([text[at:at + 4] for at in range(0, 32, 4)]))
