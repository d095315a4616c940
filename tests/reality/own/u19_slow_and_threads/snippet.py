import asyncio
import concurrent.futures
import http.client
import json
import socket
import urllib.error
import urllib.request

from fastapi import FastAPI

app = FastAPI()


def fetch(url, timeout=2):
    try:
        with urllib.request.urlopen(url, timeout=timeout) as answer:
            return json.load(answer)
    except urllib.error.URLError as exc:
        return {"url-error": str(exc.reason)}
    except socket.timeout as exc:
        return {"timeout": str(exc)}


@app.get("/slow/{scheme}")
def slow(scheme: str):
    return fetch(f"{scheme}://slow.acme.example/slow")


@app.get("/slow-client")
def slow_client():
    connection = http.client.HTTPConnection("slow.acme.example", timeout=2)
    try:
        connection.request("GET", "/slow")
        return connection.getresponse().status
    except OSError as exc:
        return {"class": type(exc).__name__, "text": str(exc)}


@app.get("/thread")
async def thread():
    return await asyncio.to_thread(fetch, "https://slow.acme.example/quick")


@app.get("/executor")
async def executor():
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, fetch, "https://slow.acme.example/quick")


@app.get("/pool")
def pool():
    with concurrent.futures.ThreadPoolExecutor(max_workers=1) as threads:
        return list(threads.map(fetch, ["https://slow.acme.example/quick", "http://slow.acme.example/quick"]))


@app.get("/limit")
async def limit():
    try:
        return await asyncio.wait_for(asyncio.to_thread(fetch, "https://slow.acme.example/slow", 30), 1)
    except asyncio.TimeoutError as exc:
        return {"limit": str(exc)}
