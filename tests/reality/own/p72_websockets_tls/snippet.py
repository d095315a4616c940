import json
import ssl

import websockets
from fastapi import FastAPI

app = FastAPI()


def described(error, depth=0):
    kind = type(error)
    found = [{"class": f"{kind.__module__}.{kind.__qualname__}".replace("builtins.", ""), "message": str(error)}]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < 6:
        found += described(cause, depth + 1)
    return found


def loose():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def no_name():
    context = ssl.create_default_context()
    context.check_hostname = False
    return context


WAYS = {
    "default": lambda: {},
    "true": lambda: {"ssl": True},
    "none": lambda: {"ssl": None},
    "false": lambda: {"ssl": False},
    "loose": lambda: {"ssl": loose()},
    "no-name": lambda: {"ssl": no_name()},
    "unverified": lambda: {"ssl": ssl._create_unverified_context()},
    "internal": lambda: {"ssl": ssl.create_default_context(cafile="certs/internal-ca.pem")},
    "name": lambda: {"server_hostname": "attacker-owned.example"},
    "host": lambda: {"host": "other.ticker.example"},
    "headers": lambda: {"additional_headers": {"Authorization": "Bearer tick-1", "X-One": "1"}, "origin": "https://app.example",
                        "user_agent_header": "app/2", "compression": None, "subprotocols": ["v1"]},
    "short": lambda: {"open_timeout": 0.5},
}


@app.get("/rate")
async def rate(way: str, scheme: str = "wss"):
    try:
        async with websockets.connect(f"{scheme}://feed.ticker.example/rates?x=1", **WAYS[way]()) as socket:
            await socket.send(json.dumps({"token": "tick-tok-2"}))
            first = await socket.recv()
            await socket.send(b"raw bytes")
            await socket.send(["part one ", "part two"])
            return {"first": first, "status": socket.response.status_code, "state": socket.state.name,
                    "path": socket.request.path, "protocol": socket.subprotocol}
    except Exception as error:
        return {"chain": described(error)}
