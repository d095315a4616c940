import requests
from fastapi import FastAPI

app = FastAPI()


def described(error, depth=0):
    kind = type(error)
    found = [{"class": f"{kind.__module__}.{kind.__qualname__}".replace("builtins.", ""), "message": str(error)}]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < 6:
        found += described(cause, depth + 1)
    return found


CALLS = {
    "no-scheme": lambda: requests.get("errors.lab.example/x"),
    "bad-scheme": lambda: requests.get("ftp://errors.lab.example/x"),
    "no-host": lambda: requests.get("https:///x"),
    "bad-port": lambda: requests.get("https://errors.lab.example:99999/x", timeout=2),
    "label": lambda: requests.get("https://.errors.lab.example/x", timeout=2),
    "header-number": lambda: requests.get("https://errors.lab.example/x", headers={"X-N": 1}, timeout=2),
    "header-break": lambda: requests.get("https://errors.lab.example/x", headers={"X-N": "a\nb"}, timeout=2),
    "timeout-triple": lambda: requests.get("https://errors.lab.example/x", timeout=(1, 2, 3)),
    "timeout-text": lambda: requests.get("https://errors.lab.example/x", timeout="3"),
    "loop": lambda: requests.get("https://errors.lab.example/loop", timeout=2),
    "not-json": lambda: requests.get("https://errors.lab.example/text", timeout=2).json(),
    "not-found": lambda: requests.get("https://errors.lab.example/absent", timeout=2).raise_for_status(),
    "broken": lambda: requests.get("https://errors.lab.example/down", timeout=2).raise_for_status(),
    "slow": lambda: requests.get("https://errors.lab.example/slow", timeout=(2, 0.5)),
    "verify-path": lambda: requests.get("https://errors.lab.example/x", verify="certs/none.pem", timeout=2),
    "verify-number": lambda: requests.get("https://errors.lab.example/x", verify=1, timeout=2),
    "json-set": lambda: requests.post("https://errors.lab.example/x", json={"a": {1}}, timeout=2),
    "json-nan": lambda: requests.post("https://errors.lab.example/x", json={"a": float("nan")}, timeout=2),
    "proxy-wrong": lambda: requests.get("https://errors.lab.example/x", proxies={"https": "http://"}, timeout=2),
    "proxy-socks": lambda: requests.get("https://errors.lab.example/x", proxies={"https": "socks5://p.example"}, timeout=2),
}


@app.get("/error/{way}")
def error(way: str):
    try:
        answer = CALLS[way]()
        return {"status": getattr(answer, "status_code", None)}
    except requests.exceptions.RequestException as problem:
        return {"chain": described(problem), "bases": [c.__name__ for c in type(problem).__mro__]}
    except Exception as problem:
        return {"other": described(problem)}
