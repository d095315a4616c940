# aiohttp.http_exceptions (aiohttp 3.11.16): what the parser says.
class HttpProcessingError(Exception):
    code = 0
    message = ""
    headers = None

    def __init__(self, *, code=None, message="", headers=None):
        if code is not None:
            self.code = code
        self.headers = headers
        self.message = message

    def __str__(self):
        lines = "\n".join("  " + line if line.strip() else line for line in self.message.split("\n"))
        return f"{self.code}, message:\n{lines}"

    def __repr__(self):
        return f"<{type(self).__name__}: {self.code}, message={self.message!r}>"


class BadHttpMessage(HttpProcessingError):
    code = 400
    message = "Bad Request"

    def __init__(self, message, *, headers=None):
        super().__init__(message=message, headers=headers)
        self.args = (message,)


class HttpBadRequest(BadHttpMessage):
    pass


class PayloadEncodingError(BadHttpMessage):
    pass


class ContentEncodingError(PayloadEncodingError):
    pass


class TransferEncodingError(PayloadEncodingError):
    pass


class ContentLengthError(PayloadEncodingError):
    pass


class BadStatusLine(BadHttpMessage):
    def __init__(self, line="", error=None):
        super().__init__(error or f"Bad status line {line!r}")
        self.args = (line,)
        self.line = line
