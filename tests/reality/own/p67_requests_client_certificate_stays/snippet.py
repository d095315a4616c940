import requests
from fastapi import FastAPI

app = FastAPI()
CERT = ("certs/client.pem", "certs/client-key.pem")


def described(error, depth=0):
    kind = type(error)
    found = [{"class": f"{kind.__module__}.{kind.__qualname__}".replace("builtins.", ""), "message": str(error)}]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < 6:
        found += described(cause, depth + 1)
    return found


@app.get("/call")
def call(way: str):
    options = {"cert": {"cert": CERT}, "none": {}, "missing": {"cert": "certs/missing.pem"},
               "no-key": {"cert": ("certs/client.pem", "certs/missing.pem")},
               "unverified": {"cert": CERT, "verify": False}, "path": {"cert": CERT, "verify": "certs/public-root.pem"}}[way]
    try:
        answer = requests.get("https://mtls.bank.example/account", timeout=3, **options)
        return {"status": answer.status_code, "data": answer.json()}
    except Exception as error:
        return {"chain": described(error)}
