# dns.asyncresolver (dnspython 2.7.0).
import asyncio

import dns.reversename
import dns.resolver
from _dns import later, lookup
from dns.resolver import (NXDOMAIN, YXDOMAIN, Answer, BaseResolver, HostAnswers, LifetimeTimeout, NoAnswer,
                          NoNameservers, NotAbsolute)


class Resolver(BaseResolver):
    async def resolve(self, qname, rdtype="A", rdclass=1, tcp=False, source=None, raise_on_no_answer=True,
                      source_port=0, lifetime=None, search=None, backend=None):
        name, kind = self._question(qname, rdtype)
        found = self._cached(name, kind, raise_on_no_answer)
        if found is not None:
            return found
        limit = self._limit(lifetime)
        silence = self._silent(name, kind, limit)
        if silence:
            await asyncio.sleep(silence)
            self._gave_up(silence, limit)
        return self._answer(name, kind, limit, raise_on_no_answer,
                            await later(lookup, self._asked(name), int(kind), limit))

    async def resolve_address(self, ipaddr, *args, **kwargs):
        return await self.resolve(dns.reversename.from_address(ipaddr), "PTR", *args, **kwargs)

    async def resolve_name(self, name, family=0, **kwargs):
        if family:
            kind = dns.rdatatype.A if family == 2 else dns.rdatatype.AAAA
            return HostAnswers({kind: await self.resolve(name, kind, **kwargs)})
        kwargs["raise_on_no_answer"] = False
        v6 = await self.resolve(name, dns.rdatatype.AAAA, **kwargs)
        v4 = await self.resolve(name, dns.rdatatype.A, **kwargs)
        made = HostAnswers({kind: each for kind, each in ((28, v6), (1, v4)) if each.rrset})
        if not made:
            raise NoAnswer(response=v6.response)
        return made

    async def canonical_name(self, name):
        try:
            return (await self.resolve(name, raise_on_no_answer=False)).canonical_name
        except NXDOMAIN as e:
            return e.canonical_name


default_resolver = None


def get_default_resolver():
    global default_resolver
    if default_resolver is None:
        default_resolver = Resolver()
    return default_resolver


async def resolve(qname, *args, **kwargs):
    return await get_default_resolver().resolve(qname, *args, **kwargs)


async def resolve_address(ipaddr, *args, **kwargs):
    return await get_default_resolver().resolve_address(ipaddr, *args, **kwargs)


async def resolve_name(name, family=0, **kwargs):
    return await get_default_resolver().resolve_name(name, family, **kwargs)


async def canonical_name(name):
    return await get_default_resolver().canonical_name(name)
