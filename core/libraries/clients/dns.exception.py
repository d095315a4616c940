# dns.exception (dnspython 2.7.0): messages are doc strings, or made of keywords.
class DNSException(Exception):
    msg = fmt = None

    def __init__(self, *args, **kwargs):
        self.kwargs = kwargs
        if kwargs:
            self.msg = str(self)
        elif self.msg is None:
            self.msg = self._text
        if args:
            super().__init__(*args)
        else:
            super().__init__(self.msg)

    def _fmt_kwargs(self, **kwargs):
        return kwargs

    def __str__(self):
        if self.kwargs and self.fmt:
            return self.fmt.format(**self._fmt_kwargs(**self.kwargs))
        return super().__str__()


class FormError(DNSException):
    _text = "DNS message is malformed."


class SyntaxError(DNSException):
    _text = "Text input is malformed."


class Timeout(DNSException):
    _text = "The DNS operation timed out."
    fmt = "The DNS operation timed out after {timeout:.3f} seconds"


DNSException._text = "Abstract base class shared by all dnspython exceptions."
