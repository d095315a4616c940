import os

import requests
from fastapi import FastAPI

app = FastAPI()
session = requests.Session()
plain = requests.Session()
plain.trust_env = False


def described(error, depth=0):
    kind = type(error)
    found = [{"class": f"{kind.__module__}.{kind.__qualname__}".replace("builtins.", ""), "message": str(error)}]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < 6:
        found += described(cause, depth + 1)
    return found


def call(way):
    url = "https://intranet.corp.example/data"
    if way == "session-off":
        session.verify = False
        try:
            return session.get(url, timeout=2)
        finally:
            session.verify = True
    if way == "no-env":
        return plain.get(url, timeout=2)
    if way == "http":
        return requests.get("http://intranet.corp.example/data", timeout=2)
    if way == "direct":
        return requests.get("http://direct.corp.example/data", timeout=2)
    return requests.get(url, timeout=2, **{"off": {"verify": False}, "own": {"verify": "certs/public-root.pem"}}.get(way, {}))


@app.get("/data")
def data(way: str):
    try:
        answer = call(way)
        return {"status": answer.status_code, "data": answer.json()}
    except Exception as error:
        return {"chain": described(error)}
