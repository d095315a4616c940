import functools

import requests
import urllib3
from fastapi import FastAPI

app = FastAPI()


class Api(requests.Session):
    def __init__(self, base):
        super().__init__()
        self.base = base
        self.verify = False  #! tls-verify-disabled

    def request(self, method, url, **kwargs):
        return super().request(method, self.base + url, **kwargs)


api = Api("https://one.partner.example")
loose = requests.Session()
loose.request = functools.partial(loose.request, verify=False)
unused = requests.Session()
unused.verify = False  #! tls-verify-disabled


@app.get("/one/{name}")
def one(name: str):
    return api.get(f"/x/{name}").json()


@app.get("/two")
def two():
    return loose.get("https://two.partner.example/x").json()  #! tls-verify-disabled


@app.get("/three")
def three(host: str, path: str):
    pool = urllib3.HTTPSConnectionPool(host, cert_reqs="CERT_NONE")  #! tls-verify-disabled
    return pool.request("GET", path).data


@app.get("/four")
def four(url: str):
    return requests.get(url, verify=False, timeout=3).text  #! tls-verify-disabled
