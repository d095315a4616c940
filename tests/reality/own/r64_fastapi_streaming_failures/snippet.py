"""What the caller sees when a stream, a background task or a dependency fails after the answer began."""
import asyncio
import json
from typing import AsyncIterator

import httpx
from fastapi import BackgroundTasks, Depends, FastAPI, HTTPException
from fastapi.responses import JSONResponse, StreamingResponse

app = FastAPI()
log: list[str] = []


async def session() -> AsyncIterator[str]:
    log.append("open")
    try:
        yield "session"
    except Exception as exc:
        log.append(f"saw {type(exc).__name__}")
        raise
    finally:
        log.append("close")


async def events(n: int) -> AsyncIterator[str]:
    for i in range(n):
        yield f"data: {json.dumps({'i': i})}\n\n"
        await asyncio.sleep(0.01)
        if i == 2:
            raise RuntimeError("stream broke")


@app.get("/events/{n}")
async def stream(n: int, s: str = Depends(session)):
    return StreamingResponse(events(n), media_type="text/event-stream")


@app.get("/relay")
async def relay(s: str = Depends(session)):
    async def body():
        async with httpx.AsyncClient(timeout=2) as client:
            yield b"begin;"
            async with client.stream("GET", "https://feed.acme.example/data") as upstream:
                upstream.raise_for_status()
                async for chunk in upstream.aiter_text():
                    yield chunk.upper()
            yield b";end"
    return StreamingResponse(body())


async def later(kind: str):
    log.append(f"task {kind}")
    if kind == "http":
        raise HTTPException(418, "late")
    if kind == "call":
        httpx.get("https://feed.acme.example/data", timeout=1).raise_for_status()
    log.append("task done")


@app.post("/tasks/{kind}", status_code=202)
async def task(kind: str, tasks: BackgroundTasks, s: str = Depends(session)):
    tasks.add_task(later, kind)
    tasks.add_task(log.append, "second task")
    return {"accepted": kind}


@app.exception_handler(HTTPException)
async def handled(request, exc):
    return JSONResponse({"handled": exc.detail}, exc.status_code)


@app.get("/log")
async def show():
    out, log[:] = list(log), []
    return out
