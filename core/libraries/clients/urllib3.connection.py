class HTTPConnection:
    pass


class HTTPSConnection(HTTPConnection):
    pass
