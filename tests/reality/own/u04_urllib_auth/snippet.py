import json
import urllib.error
import urllib.request

from fastapi import FastAPI

app = FastAPI()
URL = "https://reports.acme.example/q3"

passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
passwords.add_password(None, "https://reports.acme.example/", "reporter", "r3port-pw")
asked = urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(passwords))

prior = urllib.request.HTTPPasswordMgrWithPriorAuth()
prior.add_password(None, URL, "reporter", "r3port-pw", is_authenticated=True)
at_once = urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(prior))

realm = urllib.request.HTTPBasicAuthHandler()
realm.add_password("Reports", "https://reports.acme.example", "reporter", "r3port-pw")
by_realm = urllib.request.build_opener(realm)


@app.get("/report/{how}")
def report(how: str):
    opener = {"asked": asked, "prior": at_once, "realm": by_realm}[how]
    try:
        with opener.open(URL, timeout=4) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as exc:
        return {"code": exc.code, "www": exc.headers.get("WWW-Authenticate")}
    except urllib.error.URLError as exc:
        return {"error": str(exc)}


@app.get("/lookup")
def lookup():
    return [passwords.find_user_password(None, URL), passwords.find_user_password("x", "https://other.example/"),
            realm.passwd.find_user_password("Other", URL), prior.is_authenticated(URL)]


@app.get("/userinfo")
def userinfo():
    try:
        urllib.request.urlopen("https://user:pw@reports.acme.example/q3", timeout=4)
    except Exception as exc:
        return {"class": type(exc).__name__, "text": str(exc)}
