"""The default that urllib.request and http.client make their contexts with is replaced."""
import ssl
import urllib.request

from fastapi import FastAPI

ssl._create_default_https_context = ssl._create_unverified_context  #! tls-verify-disabled
app = FastAPI()


@app.get("/a")
def a():
    return urllib.request.urlopen("https://a.partner.example/x", timeout=3).read()
