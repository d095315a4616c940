import json
import urllib.error
import urllib.request

from fastapi import FastAPI

app = FastAPI()
BASE = "https://docs.acme.example"
HEADERS = {"Authorization": "Basic ZG9jOnNlY3JldA==", "Cookie": "sid=doc-session", "X-Api-Key": "doc-key"}


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req, fp, code, msg, headers, newurl):
        return None


class OnlyHttps(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req, fp, code, msg, headers, newurl):
        if not newurl.startswith("https://"):
            raise urllib.error.URLError(f"refused to go to {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class Dropping(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req, fp, code, msg, headers, newurl):
        made = super().redirect_request(req, fp, code, msg, headers, newurl)
        if made is not None and made.host != req.host:
            made.remove_header("Authorization")
            made.headers.pop("Cookie", None)
        return made


OPENERS = {"default": urllib.request.build_opener(), "none": urllib.request.build_opener(NoRedirect),
           "https": urllib.request.build_opener(OnlyHttps()), "dropping": urllib.request.build_opener(Dropping)}


@app.get("/go/{opener}/{path:path}")
def go(opener: str, path: str, method: str = "GET"):
    data = b"a=1" if method in ("POST", "PUT") else None
    request = urllib.request.Request(f"{BASE}/{path}", data=data, headers=HEADERS, method=method)
    try:
        with OPENERS[opener].open(request, timeout=4) as answer:
            return {"url": answer.url, "status": answer.status, "body": answer.read().decode()}
    except urllib.error.HTTPError as exc:
        return {"code": exc.code, "text": str(exc), "location": exc.headers.get("Location"), "url": exc.geturl()}
    except urllib.error.URLError as exc:
        return {"text": str(exc)}
