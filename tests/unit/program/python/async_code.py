import asyncio


async def value(v, wait=0):
    if wait:
        await asyncio.sleep(wait)
    return v


async def fails(wait=0.01):
    await asyncio.sleep(wait)
    raise ValueError("failed")


class Context:
    async def __aenter__(self):
        print("aenter")
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, kind, error, trace):
        await asyncio.sleep(0)
        print("aexit", kind.__name__ if kind else None)
        return kind is KeyError


async def numbers(n):
    try:
        for i in range(n):
            await asyncio.sleep(0)
            yield i
    finally:
        print("numbers closed")


class Countdown:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self.n:
            raise StopAsyncIteration
        self.n -= 1
        return self.n


class Awaitable:
    def __await__(self):
        result = yield from value("from __await__").__await__()
        return result


async def order():
    log = []

    async def worker(name, delay):
        log.append(f"{name} start")
        await asyncio.sleep(delay)
        log.append(f"{name} end")
        return name

    results = await asyncio.gather(worker("a", 0.03), worker("b", 0.01), worker("c", 0.02))
    print(results, log)


async def main():
    print(await value(1), await value(2, 0.01))
    async with Context() as c, Context():
        print(type(c).__name__)
    async with Context():
        raise KeyError("swallowed")
    async for i in numbers(3):
        print(i)
    print([i async for i in numbers(2)], [await value(i) for i in range(2)])
    async for i in Countdown(2):
        print("down", i)
    else:
        print("over")
    print(await Awaitable())
    await order()
    try:
        await asyncio.gather(fails(), value(1, 0.02))
    except ValueError as exc:
        print("gather", exc)
    print(await asyncio.gather(fails(), value(1), return_exceptions=True))
    task = asyncio.create_task(value("task", 0.01))
    print(task.done(), await task, task.done(), task.result())
    task = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled", task.cancelled())
    try:
        await asyncio.wait_for(asyncio.sleep(10), 0.01)
    except asyncio.TimeoutError as exc:
        print("timeout", repr(exc), type(exc.__cause__).__name__)
    try:
        async with asyncio.timeout(0.01):
            await value(1, 5)
    except TimeoutError:
        print("timeout block")

    async def cleanup():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            print("cleaning")
            raise
        finally:
            print("finally")

    task = asyncio.create_task(cleanup())
    await asyncio.sleep(0.01)
    task.cancel()
    print(await asyncio.gather(task, return_exceptions=True))
    try:
        async with asyncio.TaskGroup() as group:
            one = group.create_task(value("one", 0.01))
            two = group.create_task(fails(0.02))
            three = group.create_task(cleanup())
    except* ValueError as errors:
        print("group", errors.exceptions, one.result(), three.cancelled())
    done, pending = await asyncio.wait([asyncio.create_task(value(i, i / 100)) for i in (1, 3)],
                                       return_when=asyncio.FIRST_COMPLETED)
    print(len(done), len(pending))
    event = asyncio.Event()

    async def waiter():
        await event.wait()
        return "woken"

    task = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    event.set()
    print(await task)
    lock = asyncio.Lock()
    shared = []

    async def locked(n):
        async with lock:
            shared.append(n)
            await asyncio.sleep(0.001)
            shared.append(n)

    await asyncio.gather(*(locked(i) for i in range(3)))
    print(shared)
    queue = asyncio.Queue()

    async def producer():
        for i in range(3):
            await queue.put(i)

    asyncio.create_task(producer())
    print([await queue.get() for _ in range(3)])
    gen = numbers(5)
    print(await gen.__anext__(), await gen.asend(None))
    await gen.aclose()
    sem = asyncio.Semaphore(2)
    async with sem:
        print("semaphore")
    try:
        await 5
    except TypeError as exc:
        print(exc)
    shielded = asyncio.create_task(value("shielded", 0.05))
    try:
        await asyncio.wait_for(asyncio.shield(shielded), 0.01)
    except TimeoutError:
        print("shield kept", shielded.cancelled(), await shielded)
    print(await asyncio.to_thread(lambda: "thread"))
    return "main result"


print(asyncio.run(main()))
