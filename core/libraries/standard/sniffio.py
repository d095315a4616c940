# sniffio 1.3: the only asynchronous library here is asyncio.
import asyncio


class AsyncLibraryNotFoundError(RuntimeError):
    pass


def current_async_library():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        raise AsyncLibraryNotFoundError("unknown async library, or not in async context") from None
    return "asyncio"
