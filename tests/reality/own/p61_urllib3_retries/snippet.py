import urllib3
from fastapi import FastAPI
from urllib3.util import Retry

app = FastAPI()


def described(error, depth=0):
    kind = type(error)
    found = [{"class": f"{kind.__module__}.{kind.__qualname__}".replace("builtins.", ""), "message": str(error)}]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < 6:
        found += described(cause, depth + 1)
    return found


class Noisy(Retry):
    seen = []

    def increment(self, *args, **kwargs):
        Noisy.seen.append(type(kwargs.get("error")).__name__)
        return super().increment(*args, **kwargs)


WAYS = {
    "default": lambda: None,
    "off": lambda: False,
    "none-left": lambda: 0,
    "two": lambda: 2,
    "connect": lambda: Retry(total=4, connect=1),
    "connect-off": lambda: Retry(connect=False),
    "read": lambda: Retry(total=3, read=0),
    "other": lambda: Retry(total=5, other=1),
    "noisy": lambda: Noisy(total=2, backoff_factor=0.01),
    "forcelist": lambda: Retry(total=2, status_forcelist=[500, 503], backoff_factor=0.01),
    "forcelist-kept": lambda: Retry(total=2, status_forcelist={503}, raise_on_status=False),
    "status": lambda: Retry(total=5, status=1, status_forcelist=[503]),
    "retry-after": lambda: Retry(total=1, respect_retry_after_header=True),
    "retry-after-not": lambda: Retry(total=1, respect_retry_after_header=False),
}


@app.get("/try")
def attempt(way: str, url: str, method: str = "GET"):
    Noisy.seen.clear()
    pool = urllib3.PoolManager(timeout=1)
    try:
        answer = pool.request(method, url, headers={"X-Key": "retry-key"}, retries=WAYS[way]())
        return {"status": answer.status, "seen": Noisy.seen, "history": [
            [entry.method, entry.url, entry.status, entry.redirect_location] for entry in answer.retries.history],
            "retries": repr(answer.retries)}
    except Exception as error:
        return {"chain": described(error), "seen": Noisy.seen,
                "reason": type(getattr(error, "reason", None)).__name__}
