# asyncio (Python 3.13 library reference) on the scheduler's virtual time; _asyncio is the native part.
from _asyncio import (CancelledError, Future, Task, all_tasks, create_task, current_task,
                      ensure_future, get_event_loop, get_running_loop, iscoroutine,
                      iscoroutinefunction, isfuture, new_event_loop, run,
                      set_event_loop, shield, _now, _sleep, _to_thread, _cancel_asked, _pop_deadline,
                      _push_deadline, _move_deadline, _set_cancels, _wait, _run_coroutine)
from _asyncio import _Loop

TimeoutError = TimeoutError


class AbstractEventLoop(_Loop):
    def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
        from asyncio.streams import getaddrinfo
        return getaddrinfo(host, port, family, type, proto, flags)

    def create_connection(self, protocol_factory, host=None, port=None, **options):
        from asyncio.streams import create_connection
        return create_connection(protocol_factory, host, port, options)

    def start_tls(self, transport, protocol, sslcontext, *, server_side=False, server_hostname=None,
                  ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        from asyncio.streams import start_tls
        return start_tls(transport, protocol, sslcontext, server_hostname, ssl_handshake_timeout)

    async def sock_connect(self, sock, address):
        from _socket import later
        return await later(sock.connect, address)

    async def sock_sendall(self, sock, data):
        sock.sendall(data)

    async def sock_recv(self, sock, nbytes):
        from _socket import later
        return await later(sock.recv, nbytes)


def __getattr__(name):
    if name in ("open_connection", "start_server", "open_unix_connection", "StreamReader", "StreamWriter",
                "StreamReaderProtocol", "BaseProtocol", "Protocol", "BaseTransport", "Transport"):
        import asyncio.streams
        return getattr(asyncio.streams, name)
    raise AttributeError(f"module 'asyncio' has no attribute {name!r}")


async def sleep(delay, result=None):
    return await _sleep(delay, result)


async def to_thread(func, /, *args, **kwds):
    return await _to_thread(func, *args, **kwds)


async def _anext_or(step, default):
    try:
        return await step
    except StopAsyncIteration:
        return default


FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"


class InvalidStateError(Exception):
    pass


class IncompleteReadError(EOFError):
    def __init__(self, partial, expected):
        total = "undefined" if expected is None else repr(expected)
        super().__init__(f"{len(partial)} bytes read on a total of {total} expected bytes")
        self.partial, self.expected = partial, expected


class LimitOverrunError(Exception):
    pass


class QueueEmpty(Exception):
    pass


class QueueFull(Exception):
    pass


for _cls in (InvalidStateError, IncompleteReadError, LimitOverrunError):
    _cls.__module__ = "asyncio.exceptions"
for _cls in (QueueEmpty, QueueFull):
    _cls.__module__ = "asyncio.queues"


def gather(*aws, return_exceptions=False):
    futures = []
    known = {}
    for one in aws:
        if id(one) in known:
            futures.append(known[id(one)])
            continue
        made = ensure_future(one)
        known[id(one)] = made
        futures.append(made)
    outer = Future()
    _set_cancels(outer, list(known.values()))
    left = len(known)
    if not left:
        outer.set_result([])
        return outer

    def finished(done):
        nonlocal left
        left -= 1
        if outer.done():
            if not done.cancelled():
                done.exception()
            return
        if not return_exceptions:
            if done.cancelled():
                outer.set_exception(CancelledError())
                return
            if done.exception() is not None:
                outer.set_exception(done.exception())
                return
        if left:
            return
        results = []
        for each in futures:
            if each.cancelled():
                results.append(CancelledError(""))
            else:
                failure = each.exception()
                results.append(each.result() if failure is None else failure)
        if _cancel_asked(outer):
            outer.cancel()
        else:
            outer.set_result(results)

    for each in known.values():
        each.add_done_callback(finished)
    return outer


class Timeout:
    def __init__(self, when):
        self._when = when
        self._id = 0
        self._expired = False

    def when(self):
        return self._when

    def expired(self):
        return self._expired

    def reschedule(self, when):
        self._when = when
        if self._id:
            _move_deadline(self._id, when)

    async def __aenter__(self):
        self._id = _push_deadline(self._when)
        return self

    async def __aexit__(self, exc_type, exc, traceback):
        struck = _pop_deadline(self._id)
        self._id = 0
        if struck and exc_type is not None and issubclass(exc_type, CancelledError):
            self._expired = True
            raise TimeoutError from exc
        return None


def timeout(delay):
    return Timeout(None if delay is None else _now() + delay)


def timeout_at(when):
    return Timeout(when)


async def wait_for(fut, timeout):
    if timeout is not None and timeout <= 0:
        fut = ensure_future(fut)
        if fut.done():
            return fut.result()
        fut.cancel()
        try:
            return await fut
        except CancelledError as exc:
            raise TimeoutError from exc
    async with Timeout(None if timeout is None else _now() + timeout):
        return await fut


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    futures = list(dict.fromkeys(fs))
    if not futures:
        raise ValueError("Set of Tasks/Futures is empty.")
    await _wait(futures, return_when, timeout)
    done = {each for each in futures if each.done()}
    return done, {each for each in futures if not each.done()}


def as_completed(fs, *, timeout=None):
    waiting = [ensure_future(each) for each in fs]
    until = None if timeout is None else _now() + timeout

    async def one():
        left = None if until is None else until - _now()
        await _wait(waiting, FIRST_COMPLETED, left)
        for each in waiting:
            if each.done():
                waiting.remove(each)
                return each.result()
        raise TimeoutError

    for _ in range(len(waiting)):
        yield one()


class TaskGroup:
    def __init__(self):
        self._tasks = []
        self._errors = []
        self._parent = None
        self._aborting = False
        self._entered = False
        self._exiting = False
        self._parent_cancelled = False
        self._waiter = None

    async def __aenter__(self):
        self._entered = True
        self._parent = current_task()
        return self

    def create_task(self, coro, *, name=None, context=None):
        if not self._entered:
            coro.close()
            raise RuntimeError(f"TaskGroup {self!r} has not been entered")
        if self._exiting and not self._tasks:
            coro.close()
            raise RuntimeError(f"TaskGroup {self!r} is finished")
        task = create_task(coro, name=name)
        self._tasks.append(task)
        task.add_done_callback(self._on_done)
        return task

    def _abort(self):
        self._aborting = True
        for task in list(self._tasks):
            if not task.done():
                task.cancel()

    def _on_done(self, task):
        self._tasks.remove(task)
        if self._waiter is not None and not self._tasks and not self._waiter.done():
            self._waiter.set_result(None)
        if task.cancelled():
            return
        error = task.exception()
        if error is None:
            return
        self._errors.append(error)
        if not self._aborting:
            self._abort()
            if not self._exiting or self._waiter is not None:
                if not self._parent.done() and not self._parent_cancelled:
                    self._parent_cancelled = True
                    self._parent.cancel()

    async def __aexit__(self, exc_type, exc, traceback):
        self._exiting = True
        propagate = exc if exc_type is not None and issubclass(exc_type, CancelledError) else None
        if self._parent_cancelled and propagate is not None:
            if self._parent.uncancel() == 0:
                propagate = None
        if exc_type is not None and not self._aborting:
            self._abort()
        while self._tasks:
            self._waiter = Future()
            try:
                await self._waiter
            except CancelledError as error:
                if not self._aborting:
                    propagate = error
                    self._abort()
            self._waiter = None
        if self._parent_cancelled and self._parent.cancelling():
            if self._parent.uncancel() == 0:
                propagate = None
        if propagate is not None and not self._errors:
            raise propagate
        if exc_type is not None and not issubclass(exc_type, CancelledError):
            self._errors.append(exc)
        if self._errors:
            errors, self._errors = self._errors, []
            raise BaseExceptionGroup("unhandled errors in a TaskGroup", errors) from None


class _Waiters:
    def __init__(self):
        self._waiters = []

    async def _wait_turn(self):
        future = Future()
        self._waiters.append(future)
        try:
            await future
        finally:
            if future in self._waiters:
                self._waiters.remove(future)

    def _wake(self, count):
        for future in list(self._waiters):
            if count == 0:
                return
            if not future.done():
                future.set_result(None)
                count -= 1


class Event(_Waiters):
    def __init__(self):
        super().__init__()
        self._value = False

    def is_set(self):
        return self._value

    def set(self):
        self._value = True
        self._wake(-1)

    def clear(self):
        self._value = False

    async def wait(self):
        while not self._value:
            await self._wait_turn()
        return True


class _Locked(_Waiters):
    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, *exc_info):
        self.release()


class Lock(_Locked):
    def __init__(self):
        super().__init__()
        self._locked = False

    def locked(self):
        return self._locked

    async def acquire(self):
        while self._locked:
            await self._wait_turn()
        self._locked = True
        return True

    def release(self):
        if not self._locked:
            raise RuntimeError("Lock is not acquired.")
        self._locked = False
        self._wake(1)


class Semaphore(_Locked):
    def __init__(self, value=1):
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        super().__init__()
        self._value = value

    def locked(self):
        return self._value == 0

    async def acquire(self):
        while self._value <= 0:
            await self._wait_turn()
        self._value -= 1
        return True

    def release(self):
        self._value += 1
        self._wake(1)


class BoundedSemaphore(Semaphore):
    def __init__(self, value=1):
        super().__init__(value)
        self._bound = value

    def release(self):
        if self._value >= self._bound:
            raise ValueError("BoundedSemaphore released too many times")
        super().release()


class Condition(_Locked):
    def __init__(self, lock=None):
        super().__init__()
        self._lock = lock if lock is not None else Lock()
        self.acquire, self.release, self.locked = (self._lock.acquire, self._lock.release,
                                                   self._lock.locked)

    async def wait(self):
        self.release()
        try:
            await self._wait_turn()
        finally:
            await self.acquire()
        return True

    async def wait_for(self, predicate):
        result = predicate()
        while not result:
            await self.wait()
            result = predicate()
        return result

    def notify(self, n=1):
        self._wake(n)

    def notify_all(self):
        self._wake(-1)


class Queue(_Waiters):
    def __init__(self, maxsize=0):
        super().__init__()
        self.maxsize = maxsize
        self._items = []
        self._unfinished = 0
        self._finished = Event()
        self._finished.set()

    def qsize(self):
        return len(self._items)

    def empty(self):
        return not self._items

    def full(self):
        return 0 < self.maxsize <= len(self._items)

    def _take(self):
        return self._items.pop(0)

    def put_nowait(self, item):
        if self.full():
            raise QueueFull
        self._items.append(item)
        self._unfinished += 1
        self._finished.clear()
        self._wake(-1)

    async def put(self, item):
        while self.full():
            await self._wait_turn()
        self.put_nowait(item)

    def get_nowait(self):
        if not self._items:
            raise QueueEmpty
        item = self._take()
        self._wake(-1)
        return item

    async def get(self):
        while not self._items:
            await self._wait_turn()
        return self.get_nowait()

    def task_done(self):
        if self._unfinished <= 0:
            raise ValueError("task_done() called too many times")
        self._unfinished -= 1
        if self._unfinished == 0:
            self._finished.set()

    async def join(self):
        if self._unfinished > 0:
            await self._finished.wait()


class LifoQueue(Queue):
    def _take(self):
        return self._items.pop()


class PriorityQueue(Queue):
    def _take(self):
        self._items.sort()
        return self._items.pop(0)


class Runner:
    def __init__(self, *, debug=None, loop_factory=None):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def run(self, coro, *, context=None):
        return _run_coroutine(coro)

    def get_loop(self):
        return get_event_loop()

    def close(self):
        pass


def run_coroutine_threadsafe(coro, loop):
    return ensure_future(coro)
