# io (Python 3.13 library reference): buffers in memory.
class UnsupportedOperation(OSError, ValueError):
    pass


class _Buffer:
    def __init__(self, initial):
        self._data, self._at, self.closed = initial, 0, False

    def read(self, size=-1):
        end = len(self._data) if size is None or size < 0 else self._at + size
        found = self._data[self._at:end]
        self._at += len(found)
        return found

    def readline(self, size=-1):
        at = self._data.find(self._newline, self._at)
        end = len(self._data) if at < 0 else at + 1
        found = self._data[self._at:end]
        self._at = end
        return found

    def readlines(self, hint=-1):
        return list(self)

    def __iter__(self):
        while line := self.readline():
            yield line

    def write(self, data):
        self._data = self._data[:self._at] + data + self._data[self._at + len(data):]
        self._at += len(data)
        return len(data)

    def getvalue(self):
        return self._data

    def seek(self, offset, whence=0):
        self._at = offset + (0, self._at, len(self._data))[whence]
        return self._at

    def tell(self):
        return self._at

    def truncate(self, size=None):
        self._data = self._data[:self._at if size is None else size]

    def readable(self):
        return True

    writable = seekable = readable

    def flush(self):
        pass

    def close(self):
        self.closed = True

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


class StringIO(_Buffer):
    _newline = "\n"

    def __init__(self, initial_value="", newline="\n"):
        super().__init__(initial_value)


class BytesIO(_Buffer):
    _newline = b"\n"

    def __init__(self, initial_bytes=b""):
        super().__init__(bytes(initial_bytes))

    def getbuffer(self):
        return self._data


open = open
IOBase = RawIOBase = BufferedIOBase = TextIOBase = TextIOWrapper = _Buffer
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
