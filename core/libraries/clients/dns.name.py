# dns.name (dnspython 2.7.0).
from dns.exception import DNSException, SyntaxError


class EmptyLabel(SyntaxError):
    _text = "A DNS label is empty."


class LabelTooLong(SyntaxError):
    _text = "A DNS label is > 63 octets long."


class NameTooLong(SyntaxError):
    _text = "A DNS name is > 255 octets long."


class Name:
    def __init__(self, labels):
        self.labels = tuple(each.encode() if isinstance(each, str) else each for each in labels)
        for label in self.labels:
            if len(label) > 63:
                raise LabelTooLong
        if b"" in self.labels[:-1]:
            raise EmptyLabel
        if sum(len(label) + 1 for label in self.labels) > 255:
            raise NameTooLong

    def is_absolute(self):
        return bool(self.labels) and self.labels[-1] == b""

    def to_text(self, omit_final_dot=False, style=None):
        if len(self.labels) == 0:
            return "@"
        if self.labels == (b"",):
            return "."
        labels = self.labels[:-1] if omit_final_dot and self.is_absolute() else self.labels
        return getattr(self, "_shown", None) or ".".join([label.decode() for label in labels])

    __str__ = to_text

    def __repr__(self):
        return f"<DNS name {self}>"

    def __hash__(self):
        return hash(str(self).lower())

    def __eq__(self, other):
        return isinstance(other, Name) and str(self).lower() == str(other).lower()

    def __lt__(self, other):
        return self.labels[::-1] < other.labels[::-1]

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        return self.labels[index]

    def parent(self):
        return Name(self.labels[1:])

    def concatenate(self, other):
        return Name(self.labels + other.labels)

    def derelativize(self, origin):
        return self if self.is_absolute() else self.concatenate(origin)

    def relativize(self, origin):
        return Name(self.labels[:len(self.labels) - len(origin.labels)]) if self.is_subdomain(origin) else self

    def is_subdomain(self, other):
        return str(self).lower().endswith(("." + str(other)).lower()) or self == other or other == root

    def canonicalize(self):
        return Name([label.lower() for label in self.labels])


root, empty = Name([""]), Name([])


def from_text(text, origin=root, idna_codec=None):
    if isinstance(text, bytes):
        text = text.decode()
    if text in ("", "@"):
        return origin or empty
    if text == ".":
        return root
    labels = [label if label.isascii() else label.encode("idna").decode() for label in text.split(".")]
    if labels[-1] == "" or origin is None:
        return Name(labels)
    return Name(labels + list(origin.labels))
