# anyio 4.8 on asyncio: what FastAPI services use of it.
import asyncio
from asyncio import Event, Lock
from contextlib import contextmanager

from _asyncio import _pop_deadline, _push_deadline

import anyio.from_thread
import anyio.to_thread


class ClosedResourceError(Exception):
    pass


class EndOfStream(Exception):
    pass


class WouldBlock(Exception):
    pass


class BrokenResourceError(Exception):
    pass


def get_cancelled_exc_class():
    return asyncio.CancelledError


async def sleep(delay):
    await asyncio.sleep(delay)


async def sleep_forever():
    await asyncio.get_running_loop().create_future()


def current_time():
    return asyncio.get_running_loop().time()


def run(func, *args, backend="asyncio", backend_options=None):
    return asyncio.run(func(*args))


class CancelScope:
    def __init__(self, *, deadline=float("inf"), shield=False):
        self.deadline, self.shield = deadline, shield
        self.cancel_called = self.cancelled_caught = False
        self._id = self._task = None

    def cancel(self):
        self.cancel_called = True
        if self._task is not None:
            self._task.cancel()

    def __enter__(self):
        self._task = asyncio.current_task()
        if self.deadline != float("inf"):
            self._id = _push_deadline(self.deadline)
        return self

    def __exit__(self, kind, error, trace):
        timed_out = self._id is not None and _pop_deadline(self._id)
        if kind is not None and issubclass(kind, asyncio.CancelledError) and (timed_out or self.cancel_called):
            if self.cancel_called:
                self._task.uncancel()
            self.cancel_called = self.cancelled_caught = True
            return True
        return False


def move_on_after(delay, shield=False):
    return CancelScope(deadline=float("inf") if delay is None else current_time() + delay, shield=shield)


def move_on_at(deadline, shield=False):
    return CancelScope(deadline=deadline, shield=shield)


@contextmanager
def fail_after(delay, shield=False):
    with move_on_after(delay, shield) as scope:
        yield scope
    if scope.cancelled_caught:
        raise TimeoutError


class _GroupScope(CancelScope):
    def __init__(self, group):
        super().__init__()
        self._group = group

    def cancel(self):
        if self.cancel_called:
            return
        self.cancel_called = True
        for task in self._group._tasks:
            task.cancel()
        self._task.cancel()


class TaskGroup:
    def __init__(self):
        self._tasks, self._errors = [], []
        self.cancel_scope = _GroupScope(self)

    async def __aenter__(self):
        self.cancel_scope._task = asyncio.current_task()
        return self

    def _ended(self, task):
        if not task.cancelled() and task.exception() is not None:
            self._errors.append(task.exception())
            self.cancel_scope.cancel()

    async def __aexit__(self, kind, error, trace):
        scope = self.cancel_scope
        outer = None
        if isinstance(error, asyncio.CancelledError):
            outer = None if scope.cancel_called else error
        elif error is not None:
            self._errors.append(error)
        if error is not None:
            for task in self._tasks:
                task.cancel()
        while [task for task in self._tasks if not task.done()]:
            try:
                await asyncio.wait([task for task in self._tasks if not task.done()])
                await asyncio.sleep(0)
            except asyncio.CancelledError as cancelled:
                if not scope.cancel_called:
                    outer = cancelled
                    for task in self._tasks:
                        task.cancel()
        if scope.cancel_called:
            scope._task.uncancel()
            scope.cancelled_caught = True
        if self._errors:
            raise BaseExceptionGroup("unhandled errors in a TaskGroup", self._errors)
        if outer is not None:
            raise outer
        return isinstance(error, asyncio.CancelledError)

    def start_soon(self, func, *args, name=None):
        task = asyncio.create_task(func(*args), name=name)
        task.add_done_callback(self._ended)
        self._tasks.append(task)

    async def start(self, func, *args, name=None):
        status = _Status(asyncio.get_running_loop().create_future())

        async def run():
            await func(*args, task_status=status)

        self.start_soon(run, name=name)
        return await status._future


class _Status:
    def __init__(self, future):
        self._future = future

    def started(self, value=None):
        self._future.set_result(value)


TASK_STATUS_IGNORED = _Status(None)
TASK_STATUS_IGNORED.started = lambda value=None: None


def create_task_group():
    return TaskGroup()


class Semaphore(asyncio.Semaphore):
    def __init__(self, initial_value, *, max_value=None):
        super().__init__(initial_value)


class CapacityLimiter(asyncio.Semaphore):
    def __init__(self, total_tokens):
        super().__init__(total_tokens)
        self.total_tokens = total_tokens


class _Channel:
    def __init__(self, size):
        self.queue, self.open = asyncio.Queue(0 if size == float("inf") else int(size) or 1), 1


_END = object()


class _SendStream:
    def __init__(self, channel):
        self._channel = channel

    async def send(self, item):
        await self._channel.queue.put(item)

    def send_nowait(self, item):
        try:
            self._channel.queue.put_nowait(item)
        except asyncio.QueueFull:
            raise WouldBlock from None

    def clone(self):
        self._channel.open += 1
        return _SendStream(self._channel)

    async def aclose(self):
        self._channel.open -= 1
        if self._channel.open == 0:
            await self._channel.queue.put(_END)

    def close(self):
        self._channel.open -= 1
        if self._channel.open == 0:
            self._channel.queue.put_nowait(_END)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        await self.aclose()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


class _ReceiveStream:
    def __init__(self, channel):
        self._channel = channel

    async def receive(self):
        item = await self._channel.queue.get()
        if item is _END:
            self._channel.queue.put_nowait(_END)
            raise EndOfStream
        return item

    def __aiter__(self):
        return self

    async def __anext__(self):
        try:
            return await self.receive()
        except EndOfStream:
            raise StopAsyncIteration from None

    async def aclose(self):
        pass

    def close(self):
        pass

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass


def create_memory_object_stream(max_buffer_size=0, item_type=None):
    channel = _Channel(max_buffer_size)
    return _SendStream(channel), _ReceiveStream(channel)
