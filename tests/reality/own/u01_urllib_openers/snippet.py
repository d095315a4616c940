import json
import ssl
import urllib.request

from fastapi import FastAPI

app = FastAPI()

URL = "https://rates.bank.example/rates"
loose = ssl.create_default_context()
loose.check_hostname = False
loose.verify_mode = ssl.CERT_NONE


def opener_with(context):
    made = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context))
    made.addheaders = [("User-Agent", "acme-rates/1.2"), ("X-Feed-Key", "feed-77")]
    return made


@app.get("/loose")
def with_loose():
    with opener_with(loose).open(URL, timeout=4) as answer:
        return json.load(answer)


@app.get("/strict")
def with_strict():
    try:
        answer = opener_with(ssl.create_default_context()).open(URL, None, 4)
    except OSError as exc:
        return {"error": repr(exc), "bases": [base.__name__ for base in type(exc).__mro__]}
    return {"rates": json.loads(answer.read().decode("utf-8")), "url": answer.geturl(), "code": answer.getcode(),
            "reason": answer.reason, "type": answer.headers.get_content_type(), "closed": answer.isclosed()}


@app.get("/installed")
def installed(context: bool = False):
    urllib.request.install_opener(opener_with(loose))
    try:
        options = {"context": ssl.create_default_context()} if context else {}
        with urllib.request.urlopen(URL, timeout=4, **options) as answer:
            return {"status": answer.status, "body": answer.read().decode()}
    except urllib.error.URLError as exc:
        return {"reason": str(exc.reason), "kind": type(exc.reason).__name__}
    finally:
        urllib.request.install_opener(None)


@app.get("/hostname-argument")
def hostname_argument():
    handler = urllib.request.HTTPSHandler(context=loose, check_hostname=True)
    try:
        with urllib.request.build_opener(handler).open(URL, timeout=4) as answer:
            return json.load(answer)
    except urllib.error.URLError as exc:
        return {"reason": str(exc.reason)}
