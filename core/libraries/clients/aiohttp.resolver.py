# aiohttp.resolver (aiohttp 3.11.16; aiodns is not installed).
import asyncio
import socket

import _aiohttp
from aiohttp.abc import AbstractResolver

_getaddrinfo = socket.getaddrinfo
_FLAGS = 32 | 1024  # AI_ADDRCONFIG, AI_NUMERICSERV


class ThreadedResolver(AbstractResolver):
    _call = None

    def __init__(self, loop=None):
        pass

    async def resolve(self, host, port=0, family=socket.AF_INET):
        if socket.getaddrinfo is _getaddrinfo:
            found = [(address, port) for address in await _aiohttp.resolve(self._call, host, int(family))]
        else:  # the pasted code replaced it
            infos = await asyncio.to_thread(socket.getaddrinfo, host, port, family, 1, 0, 32)
            found = [info[4][:2] for info in infos]
        hosts = []
        for address, number in found:
            kind = socket.AF_INET6 if ":" in address else socket.AF_INET
            if family in (0, kind):
                hosts.append({"hostname": host, "host": address, "port": number, "family": kind,
                              "proto": 6, "flags": _FLAGS})
        if not hosts:
            raise socket.gaierror(-5, "No address associated with hostname")
        return hosts

    async def close(self):
        pass


class AsyncResolver(AbstractResolver):
    def __init__(self, loop=None, *args, **kwargs):
        raise RuntimeError("Resolver requires aiodns library")


DefaultResolver = ThreadedResolver
