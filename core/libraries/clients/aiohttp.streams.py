# aiohttp.streams (aiohttp 3.11.16): the body of an answer as it is read.
import _aiohttp

_CHUNK = 65536


class EofStream(Exception):
    pass


class StreamReader:
    def __init__(self, response):
        self._response = response
        self._data = None  # until all of it has come
        self._at = 0
        self._exception = None

    def _ended(self, data):
        self._data = data

    def exception(self):
        return self._exception

    def set_exception(self, exc, exc_cause=None):
        self._exception = exc

    async def _all(self):
        if self._exception is not None:
            raise self._exception
        if self._data is None:
            if _aiohttp.checking():
                self._data = self._response._call.what("response.read()")
                return
            with self._response._timer:
                try:
                    self._ended(await self._response._fetch())
                except Exception as exc:
                    self._exception = exc
                    raise
            self._response._response_eof()

    @property
    def total_bytes(self):
        return 0 if self._data is None else len(self._data)

    def is_eof(self):
        return self._data is not None

    def at_eof(self):
        return self._data is not None and (_aiohttp.checking() or self._at >= len(self._data))

    async def _take(self, count):
        await self._all()
        if _aiohttp.checking():
            return self._data
        left = self._data[self._at:]
        taken = left if count is None or count < 0 else left[:count]
        self._at += len(taken)
        return taken

    async def read(self, n=-1):
        return await self._take(n)

    async def readany(self):
        return await self._take(None)

    def read_nowait(self, n=-1):
        left = (self._data or b"")[self._at:]
        taken = left if n < 0 else left[:n]
        self._at += len(taken)
        return taken

    async def readexactly(self, n):
        taken = await self._take(n)
        if not _aiohttp.checking() and len(taken) < n:
            from asyncio import IncompleteReadError
            raise IncompleteReadError(taken, n)
        return taken

    async def readline(self):
        return await self.readuntil()

    async def readuntil(self, separator=b"\n"):
        await self._all()
        if _aiohttp.checking():
            return self._data
        end = self._data.find(separator, self._at)
        return await self._take(None if end < 0 else end + len(separator) - self._at)

    async def _pieces(self, read):
        once = True
        while once or not _aiohttp.checking():
            once = False
            piece = await read()
            if not _aiohttp.checking() and not piece:
                return
            yield piece

    def iter_chunked(self, n):
        return self._pieces(lambda: self._take(n))

    def iter_any(self):
        return self._pieces(lambda: self._take(_CHUNK))

    async def iter_chunks(self):
        async for piece in self._pieces(lambda: self._take(_CHUNK)):
            yield piece, True

    def __aiter__(self):
        return self._pieces(self.readline)


EMPTY_PAYLOAD = None


class DataQueue:
    pass


class FlowControlDataQueue(DataQueue):
    pass
