# anyio.to_thread (anyio 4.8).
import asyncio


async def run_sync(func, *args, abandon_on_cancel=False, cancellable=None, limiter=None):
    return await asyncio.to_thread(func, *args)


def current_default_thread_limiter():
    from anyio import CapacityLimiter
    return CapacityLimiter(40)
