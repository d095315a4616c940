# What dnspython 2.7.0 makes of the records that people look up before they call out (rdata.py, rdtypes/).
from _dns import checking, unknown
from _unknowns import part
from dns.name import Name, from_text
from dns.rdataclass import IN
from dns.rdatatype import A, AAAA, CNAME, MX, NS, PTR, SRV, TXT


class Rdata:
    rdclass = IN

    def __init__(self, rdtype, text):
        self.rdtype, self._text = rdtype, text
        words = text.split()
        if rdtype in (A, AAAA):
            self.address = text
        elif rdtype in (CNAME, NS, PTR):
            self.target = from_text(text)
        elif rdtype == MX:
            self.preference, self.exchange = int(words[0]), from_text(words[1])
        elif rdtype == SRV:
            self.priority, self.weight, self.port = [int(word) for word in words[:3]]
            self.target = from_text(words[3])
        elif rdtype == TXT:
            self.strings = tuple(_strings(text))

    def to_text(self, origin=None, relativize=True, **kw):
        return self._text

    def __str__(self):
        return self._text

    def __repr__(self):
        return f"<DNS IN {self.rdtype.name} rdata: {self._text}>"

    def __eq__(self, other):
        return isinstance(other, Rdata) and (self.rdtype, self._text) == (other.rdtype, other._text)

    def __hash__(self):
        return hash(self._text)

    def __lt__(self, other):
        return self._text < other._text


class _UnknownName(Name):
    def __init__(self, text):
        self.labels, self._text = (b"",), text

    def to_text(self, omit_final_dot=False, style=None):
        return self._text

    __str__ = to_text


class UnknownRdata(Rdata):
    """In checking: nobody knows what it says."""

    def __init__(self, rdtype, text):
        self.rdtype, self._text = rdtype, text
        self.address = text
        self.target = self.exchange = _UnknownName(text)
        for name in ("port", "priority", "weight", "preference"):
            setattr(self, name, unknown(text, name, True))
        self.strings = (part(text, "strings", bytes),)


def _strings(text):
    found, part, quoted, i = [], "", False, 0
    while i < len(text):
        c = text[i]
        if c == "\\" and i + 1 < len(text):
            i += 1
            part += text[i]
        elif c == '"':
            if quoted:
                found.append(part.encode())
                part = ""
            quoted = not quoted
        elif quoted or c != " ":
            part += c
        i += 1
    return found


def make(rdtype, text):
    return (UnknownRdata if checking() else Rdata)(rdtype, text)
