"""Trace configurations: events along a request."""
from types import SimpleNamespace

import aiohttp
from fastapi import FastAPI

app = FastAPI()
EVENTS = ("request_start", "request_end", "request_exception", "request_redirect", "connection_create_start",
          "connection_create_end", "connection_reuseconn", "dns_resolvehost_start", "dns_resolvehost_end",
          "dns_cache_hit", "dns_cache_miss", "request_headers_sent", "request_chunk_sent", "response_chunk_received",
          "connection_queued_start")


def watched(seen):
    config = aiohttp.TraceConfig()
    for event in EVENTS:
        async def note(session, context, params, event=event):
            if event == "request_start":
                context.began = params.method
            details = [event]
            for name in ("method", "url", "host"):
                if hasattr(params, name):
                    details.append(str(getattr(params, name)))
            if hasattr(params, "exception"):
                details.append(type(params.exception).__name__)
            if hasattr(params, "response"):
                details.append(params.response.status)
            if hasattr(params, "chunk"):
                details.append(len(params.chunk))
            seen.append(details)
            if event == "request_end":
                seen.append([context.began, str(context.trace_request_ctx)])
        getattr(config, f"on_{event}").append(note)
    return config


@app.get("/watch")
async def watch():
    seen = []
    try:
        async with aiohttp.ClientSession(trace_configs=[watched(seen)], timeout=aiohttp.ClientTimeout(total=4)) as session:
            async with session.post("https://audit.acme.example/move", json={"a": 1}, trace_request_ctx={"id": 7}) as response:
                await response.text()
            async with session.get("https://audit.acme.example/here", params={"x": "1"}) as response:
                await response.read()
    except aiohttp.ClientError as error:
        seen.append(type(error).__name__)
    return seen


@app.get("/header")
async def header():
    async def sign(session, context, params):
        params.headers["X-Signature"] = "sig-77"

    config = aiohttp.TraceConfig()
    config.on_request_start.append(sign)
    try:
        async with aiohttp.ClientSession(trace_configs=[config], timeout=aiohttp.ClientTimeout(total=4)) as session:
            async with session.get("https://audit.acme.example/here") as response:
                return response.request_info.headers["X-Signature"]
    except aiohttp.ClientError as error:
        return type(error).__name__
