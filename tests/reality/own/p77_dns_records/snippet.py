import dns.asyncresolver
import dns.exception
import dns.name
import dns.rdatatype
import dns.resolver
import dns.reversename
from fastapi import FastAPI

app = FastAPI()


def described(error, depth=0):
    kind = type(error)
    found = [{"class": f"{kind.__module__}.{kind.__qualname__}".replace("builtins.", ""), "message": str(error)}]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < 6:
        found += described(cause, depth + 1)
    return found


def record(rdata):
    found = {"text": rdata.to_text(), "type": rdata.rdtype.name, "str": str(rdata)}
    for name in ("address", "target", "port", "priority", "weight", "exchange", "preference"):
        if hasattr(rdata, name):
            found[name] = str(getattr(rdata, name))
    if hasattr(rdata, "strings"):
        found["strings"] = [part.decode() for part in rdata.strings]
    return found


@app.get("/records")
def records(name: str, kind: str = "A"):
    try:
        answer = dns.resolver.resolve(name, kind)
        return {"records": [record(one) for one in answer], "name": str(answer.qname), "canonical": str(answer.canonical_name),
                "rrset": answer.rrset.to_text().split()[2:], "owner": str(answer.rrset.name), "length": len(answer), "first": str(answer[0]),
                "server": answer.nameserver, "type": dns.rdatatype.to_text(answer.rdtype), "question": str(answer.response.question[0])}
    except dns.resolver.NXDOMAIN as error:
        return {"nxdomain": described(error), "names": [str(name) for name in error.qnames()]}
    except dns.exception.DNSException as error:
        return {"chain": described(error), "timeout": isinstance(error, dns.exception.Timeout)}


@app.get("/more")
async def more():
    found = []
    found.append([str(one) for one in await dns.asyncresolver.resolve("stock.mesh.example", "A")])
    found.append(str(dns.reversename.from_address("192.0.2.90")))
    found.append(str(dns.reversename.to_address(dns.name.from_text("90.2.0.192.in-addr.arpa."))))
    found.append([str(one) for one in await dns.asyncresolver.resolve_address("192.0.2.90")])
    found.append(list((await dns.asyncresolver.resolve_name("stock.mesh.example")).addresses()))
    resolver = dns.asyncresolver.Resolver()
    resolver.lifetime = 2
    try:
        await resolver.resolve("absent.mesh.example", "A")
    except dns.resolver.NXDOMAIN as error:
        found.append(str(error))
    try:
        await resolver.resolve("stock.mesh.example", dns.rdatatype.SRV)
    except dns.resolver.NoAnswer as error:
        found.append(str(error))
    empty = await resolver.resolve("stock.mesh.example", "SRV", raise_on_no_answer=False)
    found.append([len(list(empty)), empty.rrset is None])
    name = dns.name.from_text("A.mesh.example")
    found.append([name.to_text(), name.to_text(omit_final_dot=True), len(name.labels), name.is_absolute(), str(name.parent()),
                  name == dns.name.from_text("a.MESH.example.")])
    found.append(str(dns.resolver.canonical_name("other.mesh.example")))
    return found


@app.get("/wrong")
def wrong(way: str):
    try:
        if way == "label":
            dns.resolver.resolve("a..b.example", "A")
        if way == "long":
            dns.resolver.resolve("a" * 64 + ".example", "A")
        if way == "type":
            dns.resolver.resolve("shop.mesh.example", "NOPE")
        if way == "any":
            dns.resolver.resolve("shop.mesh.example", "ANY")
        resolver = dns.resolver.Resolver(configure=False)
        if way == "elsewhere":
            resolver.nameservers = ["8.8.8.8"]
            resolver.lifetime = 1
        if way == "own":
            resolver.nameservers = ["198.51.100.253"]
        return [str(one) for one in resolver.resolve("shop.mesh.example", "A")]
    except Exception as error:
        return {"chain": described(error)}
