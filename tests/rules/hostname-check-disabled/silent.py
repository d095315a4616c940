import ssl

import httpx
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Target(BaseModel):  # a column of that name
    host: str
    check_hostname: bool = False


@app.get("/a")
async def a():
    made = ssl.create_default_context()
    async with httpx.AsyncClient(verify=made) as client:
        return (await client.get("https://a.partner.example/x")).json()


@app.post("/targets")
def targets(target: Target):
    target.check_hostname = False
    return target
