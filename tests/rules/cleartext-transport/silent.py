import httpx
import requests
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI(description="see http://docs.acme.example/api")
app.add_middleware(CORSMiddleware, allow_origins=["http://shop.acme.example"])
NAMESPACE = "http://www.w3.org/2005/Atom"


@app.get("/a")
def a():
    return requests.get("http://localhost:8000/health", timeout=3).json()


@app.get("/b")
def b():
    return httpx.get("http://127.0.0.1:9000/health").json()


@app.get("/metadata")
def metadata():
    return httpx.get("http://169.254.169.254/latest/meta-data/", timeout=2).text


@app.get("/check")
def check(url: str):
    if url.startswith("http://"):
        return {"secure": False}
    return {"secure": True, "namespace": NAMESPACE}


@app.get("/inside")
async def inside():
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as client:
        return (await client.get("/check", params={"url": "x"})).json()
