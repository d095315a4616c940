"""asyncio as services use it: queues, semaphores, events, timeouts, cancellation, threads."""
import asyncio
import functools
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

import httpx
from fastapi import FastAPI, HTTPException

app = FastAPI()
BASE = "https://parts.acme.example"


class Ticker:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        self.i = 0
        return self

    async def __anext__(self):
        if self.i >= self.n:
            raise StopAsyncIteration
        self.i += 1
        await asyncio.sleep(0.001)
        return self.i


async def agen(n) -> AsyncIterator[int]:
    try:
        for i in range(n):
            yield i
            await asyncio.sleep(0)
    finally:
        log.append("agen closed")


log: list = []


@app.get("/queue")
async def queue():
    log.clear()
    q: asyncio.Queue[int | None] = asyncio.Queue(maxsize=2)
    results = []

    async def worker(name):
        while (item := await q.get()) is not None:
            await asyncio.sleep(0.01 * item)
            results.append((name, item))
            q.task_done()
        q.task_done()

    workers = [asyncio.create_task(worker(f"w{i}"), name=f"worker-{i}") for i in range(2)]
    for n in (3, 1, 2):
        await q.put(n)
    for _ in workers:
        await q.put(None)
    await q.join()
    done, pending = await asyncio.wait(workers)
    return {"results": results, "done": len(done), "pending": len(pending), "names": sorted(t.get_name() for t in done), "empty": q.empty()}


@app.get("/semaphore")
async def semaphore():
    sem, active, peak = asyncio.Semaphore(2), 0, 0
    lock = asyncio.Lock()

    async def job(n):
        nonlocal active, peak
        async with sem:
            async with lock:
                active += 1
                peak = max(peak, active)
            await asyncio.sleep(0.01)
            active -= 1
        return n * n

    return {"values": await asyncio.gather(*(job(n) for n in range(5))), "peak": peak, "locked": lock.locked()}


@app.get("/cancel")
async def cancel():
    log.clear()

    async def sleeper(n):
        try:
            await asyncio.sleep(n)
            return n
        except asyncio.CancelledError:
            log.append(f"cancelled {n}")
            raise
        finally:
            log.append(f"finally {n}")

    t = asyncio.create_task(sleeper(10))
    await asyncio.sleep(0.01)
    t.cancel("enough")
    try:
        await t
    except asyncio.CancelledError as e:
        log.append(["args", list(e.args), t.cancelled(), t.done()])
    try:
        await asyncio.wait_for(sleeper(5), timeout=0.02)
    except TimeoutError as e:
        log.append(["timeout", str(e), type(e).__name__])
    done, pending = await asyncio.wait([asyncio.create_task(sleeper(0.01)), asyncio.create_task(sleeper(9))], return_when=asyncio.FIRST_COMPLETED)
    for p in pending:
        p.cancel()
    log.append([d.result() for d in done])
    await asyncio.gather(*pending, return_exceptions=True)
    shielded = asyncio.create_task(sleeper(0.03))
    try:
        await asyncio.wait_for(asyncio.shield(shielded), 0.01)
    except asyncio.TimeoutError:
        log.append(["still", shielded.done(), await shielded])
    return log


@app.get("/iterate")
async def iterate():
    log.clear()
    first = [x async for x in Ticker(3)]
    async for x in agen(5):
        if x == 2:
            break
    total = sum([y async for y in agen(3) if y])
    g = agen(2)
    a = await anext(g)
    await g.aclose()
    e = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.call_later(0.01, e.set)
    await e.wait()
    fut = loop.create_future()
    loop.call_soon(fut.set_result, "future")
    cond = asyncio.Condition()
    async with cond:
        cond.notify_all()
    as_done = []
    for c in asyncio.as_completed([asyncio.sleep(0.02, "b"), asyncio.sleep(0.01, "a")]):
        as_done.append(await c)
    return [first, total, a, await fut, e.is_set(), as_done, await anext(agen(0), "none")]


def blocking(n):
    time.sleep(0.01)
    if n < 0:
        raise ValueError(n)
    return n + 1


@app.get("/threads")
async def threads():
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(max_workers=2) as pool:
        a = await loop.run_in_executor(pool, blocking, 1)
        b = await loop.run_in_executor(None, functools.partial(blocking, n=2))
        mapped = list(pool.map(blocking, [5, 6]))
        f = pool.submit(blocking, -1)
        err = repr(f.exception())
    c = await asyncio.to_thread(blocking, 3)
    results = await asyncio.gather(asyncio.to_thread(blocking, -2), asyncio.sleep(0.01, "ok"), return_exceptions=True)
    return [a, b, c, mapped, err, [repr(r) for r in results]]


async def part(client, n):
    await asyncio.sleep(0.3 * (n - 1))
    r = await client.get(f"{BASE}/parts/{n}")
    r.raise_for_status()
    return r.json()["n"]


@app.get("/fan-out")
async def fan_out():
    async with httpx.AsyncClient(timeout=2) as client:
        async with asyncio.TaskGroup() as tg:
            tasks = {n: tg.create_task(part(client, n)) for n in (1, 2)}
    return {n: t.result() for n, t in tasks.items()}


@app.get("/fan-out-partial")
async def partial_fan_out():
    async with httpx.AsyncClient(timeout=2) as client:
        results = await asyncio.gather(*[part(client, n) for n in (1, 2, 9)], return_exceptions=True)
    ok = [r for r in results if not isinstance(r, BaseException)]
    bad = [type(r).__name__ for r in results if isinstance(r, Exception)]
    if not ok:
        raise HTTPException(502, detail=bad)
    return {"ok": ok, "bad": bad}


@app.get("/deadline")
async def deadline():
    async with httpx.AsyncClient() as client:
        try:
            async with asyncio.timeout(0.5) as cm:
                await client.get(f"{BASE}/slow")
        except TimeoutError:
            return {"expired": cm.expired()}
        except httpx.ConnectError:
            return {"connect": cm.expired()}
    return "in time"
