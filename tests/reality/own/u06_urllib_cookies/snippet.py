import http.cookiejar
import json
import urllib.parse
import urllib.request

from fastapi import FastAPI

app = FastAPI()


@app.get("/inbox")
def inbox():
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    form = urllib.parse.urlencode({"user": "ops", "password": "mail-pw"}).encode()
    try:
        opener.open("http://mail.acme.example/login", form, 4).close()
        names = sorted(cookie.name for cookie in jar)
        with opener.open("http://mail.acme.example/inbox", timeout=4) as answer:
            return {"cookies": names, "count": len(jar), "values": {c.name: [c.value, c.domain, c.path, c.secure] for c in jar},
                    "inbox": json.load(answer)}
    except OSError as exc:
        return {"error": str(exc)}


@app.get("/default-jar")
def default_jar():
    processor = urllib.request.HTTPCookieProcessor()
    opener = urllib.request.build_opener(processor)
    try:
        opener.open("http://mail.acme.example/login", b"", timeout=4)
    except OSError as exc:
        return {"error": str(exc)}
    return {"cookies": [f"{c.name}={c.value}" for c in processor.cookiejar]}
