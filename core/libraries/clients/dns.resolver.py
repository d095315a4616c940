# dns.resolver (dnspython 2.7.0). Only the machine's own resolver answers here.
import time

import dns.exception
import dns.name
import dns.rdataclass
import dns.rdatatype
import dns.reversename
from _dns import checking, known_text, lookup, not_modelled
from dns.exception import DNSException
from dns.rdata import make

_RESOLVER = "198.51.100.253"


class NXDOMAIN(DNSException):
    _text = "The DNS query name does not exist."

    def __str__(self):
        if "qnames" not in self.kwargs:
            return super().__str__()
        names = self.kwargs["qnames"]
        return (("None of DNS query names exist: " if len(names) > 1 else "The DNS query name does not exist: ")
                + ", ".join(map(str, names)))

    def qnames(self):
        return self.kwargs["qnames"]

    def responses(self):
        return self.kwargs["responses"]

    def response(self, qname):
        return self.kwargs["responses"][qname]

    @property
    def canonical_name(self):
        return self.kwargs["qnames"][0]


class YXDOMAIN(DNSException):
    _text = "The DNS query name is too long after DNAME substitution."


def _errors(errors):
    return "; ".join(f"Server {each[0]} answered {each[3]}" for each in errors)


class LifetimeTimeout(dns.exception.Timeout):
    _text = "The resolution lifetime expired."
    fmt = "The resolution lifetime expired after {timeout:.3f} seconds: {errors}"

    def _fmt_kwargs(self, **kwargs):
        return {"timeout": kwargs["timeout"], "errors": _errors(kwargs["errors"])}


Timeout = LifetimeTimeout


class NoAnswer(DNSException):
    _text = "The DNS response does not contain an answer to the question."
    fmt = "The DNS response does not contain an answer to the question: {query}"

    def _fmt_kwargs(self, **kwargs):
        return {"query": kwargs["response"].question[0]}

    def response(self):
        return self.kwargs["response"]


class NoNameservers(DNSException):
    _text = "All nameservers failed to answer the query."
    fmt = "All nameservers failed to answer the query {query}: {errors}"

    def _fmt_kwargs(self, **kwargs):
        return {"query": kwargs["request"].question[0], "errors": _errors(kwargs["errors"])}


class NotAbsolute(DNSException):
    _text = "An absolute domain name is required but a relative name was provided."


class NoMetaqueries(DNSException):
    _text = "DNS metaqueries are not allowed."


class NoResolverConfiguration(DNSException):
    _text = "Resolver configuration could not be read or specified no nameservers."


class RRset:
    def __init__(self, name, rdtype, ttl=0, rdatas=()):
        self.name, self.rdtype, self.ttl, self.items = name, rdtype, ttl, list(rdatas)
        self.rdclass = dns.rdataclass.IN

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    def __getitem__(self, index):
        return self.items[index]

    def processing_order(self):
        return sorted(self.items, key=lambda each: getattr(each, "priority", getattr(each, "preference", 0)))

    def to_text(self, origin=None, relativize=True, **kw):
        if not self.items:
            return f"{self.name} IN {self.rdtype.name}"
        return "\n".join(f"{self.name} {self.ttl} IN {self.rdtype.name} {each}" for each in self.items)

    __str__ = to_text

    def __repr__(self):
        return f"<DNS {self.name} IN {self.rdtype.name} RRset: {list(self.items)!r}>"


class Message:
    def __init__(self, qname, rdtype, rrset=None, code=0):
        self.question = [RRset(qname, rdtype)]
        self.answer = [rrset] if rrset else []
        self._code = code

    def rcode(self):
        return self._code


class Answer:
    def __init__(self, qname, rdtype, response, rrset, canonical_name, nameserver):
        self.qname, self.rdtype, self.rdclass, self.response = qname, rdtype, dns.rdataclass.IN, response
        self.rrset, self.canonical_name, self.nameserver, self.port = rrset, canonical_name, nameserver, 53
        self.expiration = time.time() + (rrset.ttl if rrset else 0)

    def __getattr__(self, attr):
        if attr in ("name", "ttl", "covers", "to_text", "items", "processing_order"):
            return getattr(self.rrset, attr)
        raise AttributeError(attr)

    def __len__(self):
        return len(self.rrset) if self.rrset else 0

    def __iter__(self):
        return iter(self.rrset or ())

    def __getitem__(self, index):
        if self.rrset is None:
            raise IndexError
        return self.rrset[index]


class HostAnswers(dict):
    def addresses_and_families(self, family=0):
        for number, kind in ((10, dns.rdatatype.AAAA), (2, dns.rdatatype.A)):
            if family in (0, number):
                for rdata in self.get(kind, ()):
                    yield rdata.address, number

    def addresses(self, family=0):
        return (pair[0] for pair in self.addresses_and_families(family))

    def canonical_name(self):
        return self.get(dns.rdatatype.AAAA, self.get(dns.rdatatype.A)).canonical_name


class Cache:
    def __init__(self, cleaning_interval=300.0):
        self.data = {}

    def get(self, key):
        found = self.data.get(str(key))
        return found if found is not None and found.expiration > time.time() else None

    def put(self, key, value):
        self.data[str(key)] = value

    def flush(self, key=None):
        self.data.clear()


class LRUCache(Cache):
    def __init__(self, max_size=100000):
        super().__init__()


class BaseResolver:
    def __init__(self, filename="/etc/resolv.conf", configure=True):
        self.domain = dns.name.root
        self.nameservers, self.port = [], 53
        self.nameserver_ports = {}
        self.search = []
        self.use_search_by_default, self.rotate, self.ndots = False, False, None
        self.timeout, self.lifetime = 2.0, 5.0
        self.cache = None
        self.retry_servfail = False
        if configure:
            self.nameservers = [_RESOLVER]

    def use_edns(self, edns=0, ednsflags=0, payload=1232, options=None):
        pass

    def set_flags(self, flags):
        pass

    def _question(self, qname, rdtype):
        if checking():
            kind = dns.rdatatype.A if not isinstance(rdtype, (str, int)) else dns.rdatatype.RdataType.make(rdtype)
            return known_text(str(qname) if isinstance(qname, dns.name.Name) else qname), kind
        if isinstance(qname, str):
            qname = dns.name.from_text(qname, None)
        kind = dns.rdatatype.RdataType.make(rdtype)
        if kind == dns.rdatatype.ANY:
            raise NoMetaqueries
        return qname.derelativize(dns.name.root), kind

    def _asked(self, name):
        return name if isinstance(name, str) else name.to_text(True)

    def _cached(self, name, kind, raise_on_no_answer):
        found = self.cache.get((name, kind)) if self.cache else None
        if found is not None and found.rrset is None and raise_on_no_answer:
            raise NoAnswer(response=found.response)
        return found

    def _limit(self, lifetime):
        return self.lifetime if lifetime is None else lifetime

    def _silent(self, name, kind, limit):
        """How long nobody answers where other servers than the machine's own are asked first."""
        if checking():
            return 0
        if not self.nameservers:
            raise NoNameservers(request=Message(name, kind), errors=[])
        errors, left = [], limit
        servers = [str(getattr(each, "address", each)) for each in self.nameservers]
        while left > 0:
            for server in servers:
                if server == _RESOLVER:
                    return limit - left
                left -= min(self.timeout, left)
                errors.append((f"Do53:{server}@{self.nameserver_ports.get(server, self.port)}", False, self.port,
                               "The DNS operation timed out.", None))
                if left <= 0:
                    break
        self._errors = errors
        return limit

    def _gave_up(self, silence, limit):
        if silence >= limit > 0:
            raise LifetimeTimeout(timeout=limit, errors=self._errors)

    def _answer(self, name, kind, lifetime, raise_on_no_answer, found):
        status, values, canonical, ttl = found
        if status == 1:
            raise NXDOMAIN(qnames=[name], responses={name: Message(name, kind, code=3)})
        server = f"Do53:{_RESOLVER}@53"
        if status == 3:
            raise NoNameservers(request=Message(name, kind), errors=[(server, False, 53, "SERVFAIL", None)])
        if status == 4:
            raise LifetimeTimeout(timeout=lifetime, errors=[
                (server, False, 53, "The DNS operation timed out.", None)])
        target = name if checking() else dns.name.from_text(canonical)
        rrset = RRset(target, kind, ttl, [make(kind, value) for value in values]) if values else None
        response = Message(name, kind, rrset)
        if rrset is None and raise_on_no_answer:
            raise NoAnswer(response=response)
        made = Answer(name, kind, response, rrset, target, _RESOLVER)
        if self.cache:
            self.cache.put((name, kind), made)
        return made


class Resolver(BaseResolver):
    def resolve(self, qname, rdtype="A", rdclass=1, tcp=False, source=None, raise_on_no_answer=True, source_port=0,
                lifetime=None, search=None):
        name, kind = self._question(qname, rdtype)
        found = self._cached(name, kind, raise_on_no_answer)
        if found is not None:
            return found
        limit = self._limit(lifetime)
        silence = self._silent(name, kind, limit)
        if silence:
            time.sleep(silence)
            self._gave_up(silence, limit)
        return self._answer(name, kind, limit, raise_on_no_answer, lookup(self._asked(name), int(kind), limit))

    def query(self, qname, rdtype="A", rdclass=1, tcp=False, source=None, raise_on_no_answer=True, source_port=0,
              lifetime=None):
        return self.resolve(qname, rdtype, rdclass, tcp, source, raise_on_no_answer, source_port, lifetime, True)

    def resolve_address(self, ipaddr, *args, **kwargs):
        return self.resolve(dns.reversename.from_address(ipaddr), "PTR", *args, **kwargs)

    def resolve_name(self, name, family=0, **kwargs):
        kwargs.pop("rdtype", None)
        if family:
            kind = dns.rdatatype.A if family == 2 else dns.rdatatype.AAAA
            return HostAnswers({kind: self.resolve(name, kind, **kwargs)})
        kwargs["raise_on_no_answer"] = False
        v6 = self.resolve(name, dns.rdatatype.AAAA, **kwargs)
        v4 = self.resolve(name, dns.rdatatype.A, **kwargs)
        made = HostAnswers({kind: each for kind, each in ((28, v6), (1, v4)) if each.rrset})
        if not made:
            raise NoAnswer(response=v6.response)
        return made

    def canonical_name(self, name):
        try:
            return self.resolve(name, raise_on_no_answer=False).canonical_name
        except NXDOMAIN as e:
            return e.canonical_name


default_resolver = None


def get_default_resolver():
    global default_resolver
    if default_resolver is None:
        default_resolver = Resolver()
    return default_resolver


def reset_default_resolver():
    global default_resolver
    default_resolver = Resolver()


def resolve(qname, *args, **kwargs):
    return get_default_resolver().resolve(qname, *args, **kwargs)


def query(qname, *args, **kwargs):
    return get_default_resolver().query(qname, *args, **kwargs)


def resolve_address(ipaddr, *args, **kwargs):
    return get_default_resolver().resolve_address(ipaddr, *args, **kwargs)


def resolve_name(name, family=0, **kwargs):
    return get_default_resolver().resolve_name(name, family, **kwargs)


def canonical_name(name):
    return get_default_resolver().canonical_name(name)


def override_system_resolver(resolver=None):
    not_modelled("dns.resolver.override_system_resolver")
