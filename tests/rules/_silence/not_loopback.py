# Names that only begin like this machine, or like one that is meant.
import httpx
from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/a")
def prefix_of_a_name():
    return httpx.get("http://localhost.attacker.test/x").json()  #! cleartext-transport


@app.get("/b")
def address_as_a_label():
    return httpx.get("http://127.0.0.1.attacker.test/x").json()  #! cleartext-transport


@app.get("/c")
def prefix_test(url: str):
    if not url.startswith("https://crm.partner.example"):  # no slash: crm.partner.example.attacker.test
        raise HTTPException(status_code=400)
    return httpx.get(url).json()  #! user-controlled-host
