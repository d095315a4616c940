# contextlib (Python 3.13 library reference): the parts that applications use.
import functools


class AbstractContextManager:
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc, traceback):
        return None


class AbstractAsyncContextManager:
    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type, exc, traceback):
        return None


class ContextDecorator:
    def __call__(self, func):
        @functools.wraps(func)
        def inner(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)
        return inner

    def _recreate_cm(self):
        return self


class AsyncContextDecorator:
    def __call__(self, func):
        @functools.wraps(func)
        async def inner(*args, **kwds):
            async with self._recreate_cm():
                return await func(*args, **kwds)
        return inner

    def _recreate_cm(self):
        return self


class _GeneratorContextManager(ContextDecorator, AbstractContextManager):
    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        self.func, self.args, self.kwds = func, args, kwds

    def _recreate_cm(self):
        return self.__class__(self.func, self.args, self.kwds)

    def __enter__(self):
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, exc_type, exc, traceback):
        if exc is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            self.gen.throw(exc)
        except StopIteration as stop:
            return stop is not exc
        except RuntimeError as error:
            if error is exc:
                return False
            if isinstance(exc, StopIteration) and error.__cause__ is exc:
                return False
            raise
        except BaseException as error:
            if error is not exc:
                raise
            return False
        raise RuntimeError("generator didn't stop after throw()")


class _AsyncGeneratorContextManager(AsyncContextDecorator, AbstractAsyncContextManager):
    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        self.func, self.args, self.kwds = func, args, kwds

    def _recreate_cm(self):
        return self.__class__(self.func, self.args, self.kwds)

    async def __aenter__(self):
        try:
            return await anext(self.gen)
        except StopAsyncIteration:
            raise RuntimeError("generator didn't yield") from None

    async def __aexit__(self, exc_type, exc, traceback):
        if exc is None:
            try:
                await anext(self.gen)
            except StopAsyncIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            await self.gen.athrow(exc)
        except StopAsyncIteration as stop:
            return stop is not exc
        except RuntimeError as error:
            if error is exc:
                return False
            if isinstance(exc, (StopIteration, StopAsyncIteration)) and error.__cause__ is exc:
                return False
            raise
        except BaseException as error:
            if error is not exc:
                raise
            return False
        raise RuntimeError("generator didn't stop after athrow()")


def contextmanager(func):
    @functools.wraps(func)
    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)
    return helper


def asynccontextmanager(func):
    @functools.wraps(func)
    def helper(*args, **kwds):
        return _AsyncGeneratorContextManager(func, args, kwds)
    return helper


class closing(AbstractContextManager):
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class aclosing(AbstractAsyncContextManager):
    def __init__(self, thing):
        self.thing = thing

    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, *exc_info):
        await self.thing.aclose()


class suppress(AbstractContextManager):
    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        pass

    def __exit__(self, exc_type, exc, traceback):
        return exc_type is not None and issubclass(exc_type, self._exceptions)


class nullcontext(AbstractContextManager, AbstractAsyncContextManager):
    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    async def __aenter__(self):
        return self.enter_result


class redirect_stdout(AbstractContextManager):
    def __init__(self, new_target):
        self._new_target = new_target

    def __enter__(self):
        return self._new_target


redirect_stderr = redirect_stdout


class _Stack:
    def __init__(self):
        self._callbacks = []

    def pop_all(self):
        other = type(self)()
        other._callbacks, self._callbacks = self._callbacks, []
        return other

    def callback(self, callback, /, *args, **kwds):
        def run(exc_type, exc, traceback):
            callback(*args, **kwds)
        self._callbacks.append((False, run))
        return callback

    def push(self, exit):
        method = getattr(exit, "__exit__", None)
        self._callbacks.append((False, method if method is not None else exit))
        return exit

    def enter_context(self, cm):
        result = cm.__enter__()
        self._callbacks.append((False, cm.__exit__))
        return result


class ExitStack(_Stack, AbstractContextManager):
    def __exit__(self, exc_type, exc, traceback):
        raised, suppressed = exc, False
        while self._callbacks:
            _, callback = self._callbacks.pop()
            try:
                if callback(type(raised) if raised is not None else None, raised, None):
                    raised, suppressed = None, True
            except BaseException as error:
                raised = error
        if raised is not None and raised is not exc:
            raise raised
        return exc is not None and raised is None and suppressed

    def close(self):
        self.__exit__(None, None, None)


class AsyncExitStack(_Stack, AbstractAsyncContextManager):
    async def enter_async_context(self, cm):
        result = await cm.__aenter__()
        self._callbacks.append((True, cm.__aexit__))
        return result

    def push_async_exit(self, exit):
        method = getattr(exit, "__aexit__", None)
        self._callbacks.append((True, method if method is not None else exit))
        return exit

    def push_async_callback(self, callback, /, *args, **kwds):
        async def run(exc_type, exc, traceback):
            await callback(*args, **kwds)
        self._callbacks.append((True, run))
        return callback

    async def __aexit__(self, exc_type, exc, traceback):
        raised, suppressed = exc, False
        while self._callbacks:
            is_async, callback = self._callbacks.pop()
            try:
                done = callback(type(raised) if raised is not None else None, raised, None)
                if is_async:
                    done = await done
                if done:
                    raised, suppressed = None, True
            except BaseException as error:
                raised = error
        if raised is not None and raised is not exc:
            raise raised
        return exc is not None and raised is None and suppressed

    async def aclose(self):
        await self.__aexit__(None, None, None)
