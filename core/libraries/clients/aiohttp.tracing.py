# aiohttp.tracing (aiohttp 3.11.16): callbacks along a request.
from types import SimpleNamespace

_EVENTS = ("request_start", "request_chunk_sent", "response_chunk_received", "request_end", "request_exception",
           "request_redirect", "connection_queued_start", "connection_queued_end", "connection_create_start",
           "connection_create_end", "connection_reuseconn", "dns_resolvehost_start", "dns_resolvehost_end",
           "dns_cache_hit", "dns_cache_miss", "request_headers_sent")


class Signal(list):
    def __init__(self, owner):
        super().__init__()
        self._frozen = False

    def freeze(self):
        self._frozen = True

    def append(self, receiver):
        if self._frozen:
            raise RuntimeError("Cannot modify frozen list.")
        super().append(receiver)


class _Params:
    def __init__(self, **fields):
        for name, value in fields.items():
            setattr(self, name, value)


class TraceRequestStartParams(_Params):
    pass


class TraceRequestChunkSentParams(_Params):
    pass


class TraceResponseChunkReceivedParams(_Params):
    pass


class TraceRequestEndParams(_Params):
    pass


class TraceRequestExceptionParams(_Params):
    pass


class TraceRequestRedirectParams(_Params):
    pass


class TraceConnectionQueuedStartParams(_Params):
    pass


class TraceConnectionQueuedEndParams(_Params):
    pass


class TraceConnectionCreateStartParams(_Params):
    pass


class TraceConnectionCreateEndParams(_Params):
    pass


class TraceConnectionReuseconnParams(_Params):
    pass


class TraceDnsResolveHostStartParams(_Params):
    pass


class TraceDnsResolveHostEndParams(_Params):
    pass


class TraceDnsCacheHitParams(_Params):
    pass


class TraceDnsCacheMissParams(_Params):
    pass


class TraceRequestHeadersSentParams(_Params):
    pass


_KINDS = (TraceRequestStartParams, TraceRequestChunkSentParams, TraceResponseChunkReceivedParams,
          TraceRequestEndParams, TraceRequestExceptionParams, TraceRequestRedirectParams,
          TraceConnectionQueuedStartParams, TraceConnectionQueuedEndParams, TraceConnectionCreateStartParams,
          TraceConnectionCreateEndParams, TraceConnectionReuseconnParams, TraceDnsResolveHostStartParams,
          TraceDnsResolveHostEndParams, TraceDnsCacheHitParams, TraceDnsCacheMissParams,
          TraceRequestHeadersSentParams)


class TraceConfig:
    def __init__(self, trace_config_ctx_factory=SimpleNamespace):
        self._factory = trace_config_ctx_factory
        for event in _EVENTS:
            setattr(self, "on_" + event, Signal(self))

    def trace_config_ctx(self, trace_request_ctx=None):
        return self._factory(trace_request_ctx=trace_request_ctx)

    def freeze(self):
        for event in _EVENTS:
            getattr(self, "on_" + event).freeze()


class Trace:
    def __init__(self, session, trace_config, trace_config_ctx):
        self._session, self._config, self._ctx = session, trace_config, trace_config_ctx

    async def send(self, event, **fields):
        receivers = getattr(self._config, "on_" + event)
        if receivers:
            params = _KINDS[_EVENTS.index(event)](**fields)
            for receiver in receivers:
                await receiver(self._session, self._ctx, params)
