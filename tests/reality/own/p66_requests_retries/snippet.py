import requests
from fastapi import FastAPI
from requests.adapters import HTTPAdapter
from requests.packages.urllib3.exceptions import InsecureRequestWarning
from requests.packages.urllib3.util.retry import Retry

requests.packages.urllib3.disable_warnings(InsecureRequestWarning)
app = FastAPI()


def described(error, depth=0):
    kind = type(error)
    found = [{"class": f"{kind.__module__}.{kind.__qualname__}".replace("builtins.", ""), "message": str(error)}]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < 6:
        found += described(cause, depth + 1)
    return found


WAYS = {
    "none": lambda: 0,
    "three": lambda: 3,
    "forcelist": lambda: Retry(total=2, backoff_factor=0.01, status_forcelist=[502, 503]),
    "kept": lambda: Retry(total=2, status_forcelist=[503], raise_on_status=False),
    "post": lambda: Retry(total=1, status_forcelist=[503], allowed_methods=["POST"]),
    "any": lambda: Retry(total=1, status_forcelist=[503], allowed_methods=None),
    "connect": lambda: Retry(connect=2, read=False, redirect=1, total=4),
}


@app.post("/charge")
def charge(way: str, url: str, method: str = "GET"):
    session = requests.Session()
    session.mount("https://", HTTPAdapter(max_retries=WAYS[way]()))
    session.mount("http://", HTTPAdapter(max_retries=WAYS[way]()))
    try:
        answer = session.request(method, url, headers={"X-Pay": "pay-key-3"}, timeout=1)
        answer.raise_for_status()
        return {"status": answer.status_code, "attempts": len(answer.raw.retries.history)}
    except requests.exceptions.RetryError as error:
        return {"retry": described(error)}
    except requests.RequestException as error:
        return {"chain": described(error), "method": error.request.method, "answered": error.response is not None}
