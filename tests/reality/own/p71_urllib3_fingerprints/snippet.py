import os
import ssl

import urllib3
from fastapi import FastAPI

app = FastAPI()
URL = "https://vault.keys.example/key"


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
    "none": lambda: {"cert_reqs": ssl.CERT_NONE},
    "none-short": lambda: {"cert_reqs": "NONE"},
    "none-not-asserted": lambda: {"cert_reqs": "CERT_NONE", "assert_hostname": False},
    "asserted": lambda: {"assert_hostname": "attacker-owned.example"},
    "asserted-own": lambda: {"assert_hostname": "vault.keys.example"},
    "server-hostname": lambda: {"server_hostname": "attacker-owned.example"},
    "pinned": lambda: {"cert_reqs": "CERT_NONE", "assert_fingerprint": os.environ["PIN"]},
    "pinned-and-verified": lambda: {"assert_fingerprint": os.environ["PIN"]},
    "short-pin": lambda: {"cert_reqs": "CERT_NONE", "assert_fingerprint": "aa:bb:cc"},
    "internal-ca": lambda: {"ca_certs": "certs/internal-ca.pem"},
    "ca-missing": lambda: {"ca_certs": "certs/missing.pem"},
    "cert-missing": lambda: {"cert_file": "certs/missing.pem"},
    "loose-context": lambda: {"ssl_context": loose()},
    "loose-context-required": lambda: {"ssl_context": loose(), "cert_reqs": "CERT_REQUIRED"},
    "no-name-context": lambda: {"ssl_context": no_name()},
    "default-context": lambda: {"ssl_context": ssl.create_default_context()},
    "default-context-none": lambda: {"ssl_context": ssl.create_default_context(), "cert_reqs": "CERT_NONE"},
    "default-context-not-asserted": lambda: {"ssl_context": ssl.create_default_context(),
                                             "assert_hostname": False},
    "wrong-word": lambda: {"cert_reqs": "CERT_MAYBE"},
}


@app.get("/key")
def key(way: str):
    try:
        with urllib3.PoolManager(retries=False, timeout=3, **WAYS[way]()) as pool:
            answer = pool.request("GET", URL, headers={"X-Vault": "vault-tok-1"})
            return {"status": answer.status, "data": answer.json()}
    except Exception as error:
        return {"chain": described(error)}
