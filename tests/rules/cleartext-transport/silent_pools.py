import urllib3
import websockets
from fastapi import FastAPI

app = FastAPI()


@app.get("/a")
async def a():
    async with websockets.connect("wss://a.partner.example/feed") as socket:
        return await socket.recv()


@app.get("/b")
async def b():
    async with websockets.connect("ws://localhost:8765") as socket:
        return await socket.recv()


@app.get("/c")
def c():
    return urllib3.PoolManager().request("GET", "http://127.0.0.1:9000/health").data
