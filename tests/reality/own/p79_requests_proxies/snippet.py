import requests
import urllib3
from fastapi import FastAPI

app = FastAPI()
HTTP = "http://app:gate-pw-1@gate.lines.example:3128"
TLS = "https://safe.lines.example:3129"


def described(error, depth=0):
    kind = type(error)
    found = [{"class": f"{kind.__module__}.{kind.__qualname__}".replace("builtins.", ""), "message": str(error)}]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < 6:
        found += described(cause, depth + 1)
    return found


@app.get("/news")
def news(scheme: str, way: str):
    url = f"{scheme}://wire.lines.example/top"
    headers = {"Authorization": "Bearer wire-tok-2"}
    try:
        if way == "session":
            session = requests.Session()
            session.proxies = {"http": HTTP, "https": HTTP}
            answer = session.get(url, headers=headers, timeout=2)
        elif way == "host":
            answer = requests.get(url, headers=headers, timeout=2, proxies={f"{scheme}://wire.lines.example": HTTP})
        elif way == "all":
            answer = requests.get(url, headers=headers, timeout=2, proxies={"all": HTTP})
        elif way == "tls":
            answer = requests.get(url, headers=headers, timeout=2, proxies={"http": TLS, "https": TLS})
        elif way == "tls-off":
            answer = requests.get(url, headers=headers, timeout=2, proxies={"http": TLS, "https": TLS}, verify=False)
        elif way == "tls-manager":
            answer = urllib3.ProxyManager(TLS, timeout=2, retries=False).request("GET", url, headers=headers)
            return {"status": answer.status, "data": answer.json()}
        elif way == "tls-forward":
            answer = urllib3.ProxyManager(TLS, timeout=2, retries=False, use_forwarding_for_https=True).request("GET", url, headers=headers)
            return {"status": answer.status, "data": answer.json()}
        else:
            answer = requests.get(url, headers=headers, timeout=2, proxies={"http": "gate.lines.example:3128", "https": "gate.lines.example:3128"}, verify=way != "off")
        return {"status": answer.status_code, "data": answer.json(), "sent": sorted(answer.request.headers)}
    except Exception as error:
        return {"chain": described(error)}
