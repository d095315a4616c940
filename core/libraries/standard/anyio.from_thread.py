# anyio.from_thread (anyio 4.8).
import asyncio


def run(func, *args):
    return asyncio.run(func(*args))


def run_sync(func, *args):
    return func(*args)
