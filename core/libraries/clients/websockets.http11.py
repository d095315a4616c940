# websockets.http11 (websockets 15.0.1).
USER_AGENT = "Python/3.13 websockets/15.0.1"


class Request:
    def __init__(self, path, headers):
        self.path, self.headers = path, headers


class Response:
    def __init__(self, status_code, reason_phrase, headers, body=b""):
        self.status_code, self.reason_phrase, self.headers, self.body = status_code, reason_phrase, headers, body

    def __repr__(self):
        return (f"Response(status_code={self.status_code}, reason_phrase={self.reason_phrase!r}, "
                f"headers={self.headers!r}, body={self.body!r}, _exception=None)")
