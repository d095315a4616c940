import socket

from fastapi import FastAPI

app = FastAPI()
HOST = "printer.acme.internal"


def attempt(call, *args, **kw):
    try:
        return call(*args, **kw)
    except Exception as exc:
        return f"{type(exc).__name__}: {exc}"


@app.get("/names")
def names():
    found = attempt(socket.getaddrinfo, HOST, 9100, type=socket.SOCK_STREAM)
    address = attempt(socket.gethostbyname, HOST)
    return {"info": found if isinstance(found, str) else [[int(one[0]), int(one[1]), one[2], one[3], list(one[4])] for one in found],
            "address": address, "ex": attempt(socket.gethostbyname_ex, HOST), "reverse": attempt(socket.gethostbyaddr, address) if address[0].isdigit() else None,
            "fqdn": attempt(socket.getfqdn, HOST), "service": attempt(socket.getaddrinfo, HOST, "https", socket.AF_INET, socket.SOCK_STREAM)
            if isinstance(found, str) else attempt(socket.getaddrinfo, HOST, "https", socket.AF_INET, socket.SOCK_STREAM)[0][4][1],
            "literal": attempt(socket.gethostbyname, "192.0.2.9"), "none": attempt(socket.gethostbyname, "none.acme.internal")}


@app.get("/helpers")
def helpers():
    return {"aton": socket.inet_aton("192.0.2.1").hex(), "ntoa": socket.inet_ntoa(bytes([192, 0, 2, 1])), "pton": socket.inet_pton(socket.AF_INET6, "2001:db8::1").hex(),
            "ntop": socket.inet_ntop(socket.AF_INET, b"\xc0\x00\x02\x02"), "bad": attempt(socket.inet_aton, "192.0.2.x"), "bad6": attempt(socket.inet_pton, socket.AF_INET6, "x"),
            "htons": socket.htons(80), "default": socket.getdefaulttimeout(), "port": attempt(socket.getservbyname, "https"),
            "timeout": socket.timeout is TimeoutError, "error": socket.error is OSError, "bases": [socket.gaierror.__bases__[0].__name__, socket.herror.__bases__[0].__name__],
            "family": repr(socket.AF_INET), "kind": repr(socket.SOCK_STREAM)}


@app.get("/probe/{port}")
def probe(port: int):
    try:
        with socket.create_connection((HOST, port), timeout=3) as connection:
            connection.sendall(b"STATUS job-secret\n")
            return {"peer": connection.getpeername()[1], "answer": connection.recv(100).decode(), "timeout": connection.gettimeout()}
    except socket.timeout as exc:
        return {"timeout": str(exc)}
    except socket.gaierror as exc:
        return {"name": exc.errno, "text": exc.strerror}
    except OSError as exc:
        return {"class": type(exc).__name__, "errno": exc.errno, "text": str(exc)}


@app.get("/raw")
def raw():
    connection = socket.socket()
    connection.settimeout(3)
    try:
        code = connection.connect_ex((HOST, 9999))
        other = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        other.settimeout(3)
        other.connect((HOST, 9100))
        sent = other.send(b"STATUS job-secret\n")
        reader = other.makefile("r", encoding="utf-8")
        line = reader.readline()
        other.shutdown(socket.SHUT_WR)
        rest = reader.read()
        other.close()
        return {"code": code, "sent": sent, "line": line, "rest": rest}
    except OSError as exc:
        return {"class": type(exc).__name__, "text": str(exc)}
    finally:
        connection.close()


@app.get("/default-timeout")
def default_timeout():
    socket.setdefaulttimeout(2.5)
    try:
        connection = socket.create_connection((HOST, 9100))
        return {"timeout": connection.gettimeout()}
    except OSError as exc:
        return {"class": type(exc).__name__, "text": str(exc)}
    finally:
        socket.setdefaulttimeout(None)


@app.get("/wrong")
def wrong():
    closed = socket.socket()
    closed.close()
    return {"unconnected": attempt(socket.socket().sendall, b"x"), "recv": attempt(socket.socket().recv, 1), "closed": attempt(closed.send, b"x"),
            "peer": attempt(socket.socket().getpeername), "address": attempt(socket.socket().connect, HOST), "port": attempt(socket.create_connection, (HOST, 70000), 1)[:60],
            "empty": attempt(socket.create_connection, ("", 1), 1)}
