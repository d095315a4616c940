# websockets.frames (websockets 15.0.1).
from enum import IntEnum


class CloseCode(IntEnum):
    NORMAL_CLOSURE = 1000
    GOING_AWAY = 1001
    PROTOCOL_ERROR = 1002
    UNSUPPORTED_DATA = 1003
    NO_STATUS_RCVD = 1005
    ABNORMAL_CLOSURE = 1006
    INVALID_DATA = 1007
    POLICY_VIOLATION = 1008
    MESSAGE_TOO_BIG = 1009
    MANDATORY_EXTENSION = 1010
    INTERNAL_ERROR = 1011
    SERVICE_RESTART = 1012
    TRY_AGAIN_LATER = 1013
    BAD_GATEWAY = 1014
    TLS_HANDSHAKE = 1015


_EXPLANATIONS = {
    1000: "OK", 1001: "going away", 1002: "protocol error", 1003: "unsupported data",
    1005: "no status received [internal]", 1006: "abnormal closure [internal]",
    1007: "invalid frame payload data", 1008: "policy violation", 1009: "message too big",
    1010: "mandatory extension", 1011: "internal error", 1012: "service restart", 1013: "try again later",
    1014: "bad gateway", 1015: "TLS handshake failure [internal]",
}


class Close:
    def __init__(self, code, reason):
        self.code, self.reason = code, reason

    def __str__(self):
        kind = ("registered" if 3000 <= self.code < 4000 else "private use" if 4000 <= self.code < 5000 else
                _EXPLANATIONS.get(self.code, "unknown"))
        return f"{int(self.code)} ({kind})" + (f" {self.reason}" if self.reason else "")

    def __repr__(self):
        return f"Close(code={self.code!r}, reason={self.reason!r})"

    def __eq__(self, other):
        return isinstance(other, Close) and (self.code, self.reason) == (other.code, other.reason)

    @classmethod
    def parse(cls, data):
        return cls(data[0] * 256 + data[1], data[2:].decode()) if len(data) >= 2 else cls(1005, "")

    def serialize(self):
        return bytes([self.code // 256, self.code % 256]) + self.reason.encode()
