#: title = A requests session that verifies nothing
#: about = One line at start-up, every later call
import requests
from fastapi import FastAPI

app = FastAPI()

session = requests.Session()
session.verify = False
session.headers["X-Auth-Token"] = "tok-91c2f0"


@app.get("/stock/{sku}")
def stock(sku: str):
    answer = session.get(f"https://stock.warehouse.example/items/{sku}", timeout=6)
    if not answer.ok:
        return {"sku": sku, "quantity": 0}
    return {"sku": sku, "quantity": answer.json()["quantity"]}
