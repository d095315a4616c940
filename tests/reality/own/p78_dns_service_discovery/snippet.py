import dns.asyncresolver
import dns.resolver
import httpx
import requests
from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/srv/{scheme}")
async def srv(scheme: str):
    try:
        answer = await dns.asyncresolver.resolve("_ledger._tcp.finance.example", "SRV")
    except dns.resolver.NXDOMAIN:
        raise HTTPException(503, "no such service")
    best = sorted(answer, key=lambda one: (one.priority, -one.weight))[0]
    host = best.target.to_text(omit_final_dot=True)
    async with httpx.AsyncClient(timeout=2) as client:
        got = await client.get(f"{scheme}://{host}:{best.port}/ledger", headers={"X-Ledger": "led-key-8"})
    return {"host": host, "port": best.port, "got": got.json()}


@app.get("/txt")
def txt():
    answer = dns.resolver.resolve("config.finance.example", "TXT")
    settings = dict(part.split("=", 1) for part in b"".join(answer[0].strings).decode().split(";"))
    got = requests.get(settings["url"], headers={"X-Ledger": "led-key-8"}, timeout=2)
    return {"settings": settings, "got": got.json()}


@app.get("/address")
def address():
    found = dns.resolver.resolve("ledger.finance.example", "A")[0].address
    got = requests.get(f"https://{found}:8443/ledger", headers={"Host": "ledger.finance.example", "X-Ledger": "led-key-8"}, timeout=2, verify=False)
    return {"address": found, "got": got.json()}
