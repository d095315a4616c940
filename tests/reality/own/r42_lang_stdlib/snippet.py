"""The standard library as services use it."""
import base64
import binascii
import bisect
import csv
import fnmatch
import hashlib
import heapq
import hmac
import html
import io
import ipaddress
import json
import logging
import math
import os
import random
import re
import secrets
import statistics
import string
import struct
import textwrap
import time
import zlib
from datetime import date, datetime, time as dtime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from email.utils import formatdate, parseaddr
from fractions import Fraction
from functools import cache, lru_cache, partial, reduce, singledispatch, wraps
from operator import attrgetter, itemgetter
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs, parse_qsl, quote, quote_plus, unquote, urlencode, urljoin, urlparse, urlsplit, urlunparse
from uuid import NAMESPACE_DNS, UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

from fastapi import FastAPI

app = FastAPI()


def attempt(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


@app.get("/ip")
def ip():
    net = ipaddress.ip_network("10.1.0.0/22")
    a = ipaddress.ip_address("10.1.2.3")
    six = ipaddress.ip_address("2001:db8::1")
    return {
        "repr": [repr(net), repr(a), repr(six)], "str": [str(net), str(a), str(six), six.exploded, six.compressed, net.with_netmask], "in": [a in net, ipaddress.ip_address("10.2.0.1") in net],
        "props": [a.is_private, a.is_global, a.is_loopback, ipaddress.ip_address("127.0.0.1").is_loopback, ipaddress.ip_address("169.254.169.254").is_link_local, ipaddress.ip_address("224.0.0.1").is_multicast, ipaddress.ip_address("8.8.8.8").is_global, ipaddress.ip_address("0.0.0.0").is_unspecified, six.is_private, ipaddress.ip_address("::1").is_loopback, ipaddress.ip_address("240.0.0.1").is_reserved],
        "net": [str(net.network_address), str(net.broadcast_address), str(net.netmask), str(net.hostmask), net.num_addresses, net.prefixlen, net.version, [str(s) for s in net.subnets(new_prefix=24)], str(net.supernet()), [str(h) for h in list(ipaddress.ip_network("192.0.2.0/30").hosts())], net.overlaps(ipaddress.ip_network("10.1.3.0/24")), ipaddress.ip_network("10.1.1.0/24").subnet_of(net)],
        "int": [int(a), str(ipaddress.ip_address(3221225985)), str(a + 5), a < ipaddress.ip_address("10.1.2.4"), a.packed.hex(), a.reverse_pointer, hash(a) == hash(ipaddress.ip_address("10.1.2.3"))],
        "errors": [attempt(ipaddress.ip_address, "10.0.0.256"), attempt(ipaddress.ip_address, "host"), attempt(ipaddress.ip_network, "10.0.0.1/8"), str(ipaddress.ip_network("10.0.0.1/8", strict=False)), attempt(ipaddress.IPv4Address, "1.2.3"), attempt(ipaddress.ip_address, "01.2.3.4")],
        "iface": [str(ipaddress.ip_interface("10.0.0.5/24").network), str(ipaddress.ip_interface("10.0.0.5/24").ip)], "mapped": str(ipaddress.ip_address("::ffff:10.0.0.1").ipv4_mapped), "sorted": [str(x) for x in sorted(map(ipaddress.ip_address, ["10.0.0.10", "10.0.0.9"]))],
    }


@app.get("/encoding")
def encoding():
    raw = "päyload/+?".encode()
    token = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    pad = token + "=" * (-len(token) % 4)
    key = hashlib.pbkdf2_hmac("sha256", b"pw", b"salt", 1000).hex()
    return [token, base64.urlsafe_b64decode(pad).decode(), base64.b64encode(raw).decode(), base64.b32encode(b"hi").decode(), base64.b16encode(b"hi").decode(), raw.hex(), raw.hex(":"), bytes.fromhex("c3 a4").decode(), binascii.hexlify(b"ab").decode(), attempt(base64.b64decode, "a"), attempt(base64.b64decode, "!!!!", validate=True),
            hashlib.md5(b"x").hexdigest(), hashlib.sha1(b"x").hexdigest(), hashlib.sha512(b"x").hexdigest()[:20], hashlib.new("sha256", b"x").digest_size, hmac.new(b"k", b"m", "sha256").hexdigest(), hmac.compare_digest("a", "a"), key, zlib.crc32(b"hello"), struct.pack(">HI", 1, 2).hex(), struct.unpack("<h", b"\xff\xff"),
            html.escape("<a href='x'>&"), html.unescape("&lt;&amp;&#x27;"), len(secrets.token_hex(8)), len(secrets.token_urlsafe(16)), attempt(b"\xff".decode), b"\xffa".decode(errors="replace"), "ü".encode("ascii", "ignore").decode(), attempt("ü".encode, "ascii"), "ß".encode("latin-1").hex()]


@app.get("/time")
def times():
    a = datetime(2024, 2, 28, 23, 59, 30, tzinfo=timezone.utc)
    b = a + timedelta(days=1, seconds=45)
    berlin = a.astimezone(ZoneInfo("Europe/Berlin"))
    return {
        "iso": [a.isoformat(), b.isoformat(timespec="minutes"), berlin.isoformat(), datetime.fromisoformat("2024-05-06T07:08:09.123+02:00").isoformat(), datetime.fromisoformat("2024-05-06").isoformat(), date.fromisoformat("2024-02-29").isoformat(), datetime.fromisoformat("2024-05-06T07:08:09Z").isoformat()],
        "fmt": [a.strftime("%Y-%m-%d %H:%M:%S %Z %z %a %A %b %B %d %j %p %I %y %%"), f"{b:%d.%m.%Y}", datetime.strptime("06/May/2024:07:08:09 +0000", "%d/%b/%Y:%H:%M:%S %z").isoformat(), attempt(datetime.strptime, "x", "%Y"), a.ctime(), attempt(datetime.fromisoformat, "nope")],
        "delta": [str(b - a), (b - a).total_seconds(), repr(timedelta(hours=25, minutes=1)), str(timedelta(days=-1, seconds=1)), timedelta(minutes=90) / timedelta(hours=1), timedelta(hours=5) // 2 == timedelta(hours=2, minutes=30), (b - a).days, (b - a).seconds, attempt(lambda: a - datetime(2024, 1, 1))],
        "parts": [a.timestamp(), a.weekday(), a.isoweekday(), tuple(a.isocalendar()), a.date().isoformat(), a.replace(hour=1).time().isoformat(), a.timetuple().tm_yday, datetime.fromtimestamp(0, timezone.utc).isoformat(), date(2024, 12, 31).toordinal(), str(date.max - date(2024, 1, 1)), dtime(3, 4).isoformat(), a < b, repr(a), str(a), repr(date(2024, 1, 2)), str(timezone(timedelta(hours=-3, minutes=-30)))],
        "errors": [attempt(date, 2024, 13, 1), attempt(datetime, 2024, 2, 30), attempt(lambda: datetime(2024, 1, 1) < a)], "mail": formatdate(0, usegmt=True), "addr": parseaddr("Ann <ann@x.example>"), "sleep": time.sleep(0), "gm": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(86400)),
    }


@app.get("/urls")
def urls():
    u = urlparse("https://user:pw@Host.Example:8443/a/b;p?q=1&q=2&e=#f")
    return [list(u), u.hostname, u.port, u.username, u.netloc, u._replace(scheme="http", netloc="n.example").geturl(), parse_qs("a=1&a=2&b=&c=%20", keep_blank_values=True), parse_qsl("a=1&b=x+y"), quote("a b/ü?&"), quote("a/b", safe=""), quote_plus("a b&"), unquote("%C3%BC+"), urlencode({"a": [1, 2], "b": "x y"}, doseq=True), urlencode([("k", "ü&")]),
            [urljoin("https://h.example/a/b?x", p) for p in ("c", "/c", "../c", "?y", "//o.example/z", "https://z.example", "")], urlunparse(("https", "h", "/p", "", "q=1", "")), urlsplit("//h/p").netloc, attempt(lambda: urlsplit("https://h:x/").port), repr(urlsplit("http://h/")), attempt(urlsplit, "http://[::1")]


@app.get("/text")
def text():
    rx = re.compile(r"(?P<user>[\w.]+)@(?P<host>[\w.-]+)(?::(\d+))?", re.I)
    m = rx.search("mail Joe.Doe@mail.example:25 now")
    rows = list(csv.DictReader(io.StringIO("name,qty\n\"Ann, B\",3\nCy,4\n")))
    out = io.StringIO()
    w = csv.writer(out)
    w.writerow(["a", 'b"c', "d,e", 1])
    return {
        "re": [m.groups(), m.groupdict(), m.span("host"), m[0], m.start(), re.sub(r"(\d)(\d)", r"\2\1", "1234 5"), re.sub(r"\w+", lambda k: k[0].title(), "ab cd", count=1), re.split(r"[,;]\s*", "a, b;c"), re.findall(r"(\w)=(\d)", "a=1 b=2"), re.fullmatch(r"\d+", "12a"), [x.group() for x in re.finditer(r"[A-Z]", "aBcD")], re.escape("a.b*c"), bool(re.match(r"^(?!admin)\w+$", "admin1")), attempt(re.compile, "(")],
        "fmt": ["%5.2f|%-6s|%06d|%x|%r|%s%%" % (3.14159, "ab", 42, 255, "q", None), "{:>8}|{:<8}|{:^8}|{:*^9}".format("a", "b", "c", "d"), f"{1234567.891:,.2f} {255:#x} {255:08b} {0.256:.1%} {12:+d} {1e10:g} {'x'!r:>5} {3.0} {1/3:.3e}", "{0[a]} {1.real} {n!s}".format({"a": 1}, 5, n=2), f"{'a':{'>'}{4}}", f"{2 + 2 = }", string.Template("$a ${b}").substitute(a=1, b=2), textwrap.shorten("hello big world", 11), textwrap.dedent("  a\n   b\n"), string.ascii_lowercase[:3]],
        "str": ["Straße".casefold(), "a-b_c".replace("-", "_").split("_"), "abc".center(7, "."), "x=1=2".rpartition("="), " a ".strip(), "xxaxx".strip("x"), "prefix-a".removeprefix("prefix-"), "a\tb".expandtabs(4), "title case".title(), "aB".swapcase(), "a,b,,c".split(",", 2), "l1\nl2\r\nl3".splitlines(), "abc".translate(str.maketrans("ab", "xy", "c")), "é".isalpha(), "12".zfill(5), "%s" % (1,), "a" * 3, "abcdef"[::-2], "b" in "abc", "abc".find("z"), attempt("abc".index, "z"), "x".join(["1", "2"]), "A1".isalnum(), "ab".startswith(("x", "a"))],
        "csv": [rows, out.getvalue()], "fn": [fnmatch.fnmatch("a.txt", "*.txt"), fnmatch.filter(["a.py", "b.txt"], "*.py")],
    }


@app.get("/numbers")
def numbers():
    random.seed(7)
    heap = []
    for n in (5, 1, 3):
        heapq.heappush(heap, n)
    return [heapq.heappop(heap), heapq.nlargest(2, [1, 9, 4]), bisect.bisect([1, 3, 5], 3), bisect.bisect_left([1, 3, 5], 3), statistics.mean([1, 2, 3, 4]), statistics.median([3, 1, 2]), round(statistics.stdev([1, 2, 3, 4]), 4), str(Decimal("2.675").quantize(Decimal("0.01"), ROUND_HALF_UP)), str(Decimal("1.10") + Decimal("2.2")), str(Fraction(1, 3) + Fraction(1, 6)), math.ceil(2.1), math.isclose(0.1 + 0.2, 0.3), math.gcd(12, 18), round(2.5), round(-1.555, 2), 7 // -2, 7 % -2, divmod(-7, 3), 2 ** 40, int("ff", 16), int("0b11", 0), float("1e3"), 0.1 + 0.2, 1e16, 1.0, abs(-3.5), sum([0.1] * 3), max([3, 1], default=0), math.inf > 1, 10 / 4, int(-3.9), bool("False"), hex(255), (255).bit_length(), (5).to_bytes(2, "big").hex(), int.from_bytes(b"\x01\x00", "little"), 1_000_000, reduce(lambda a, b: a + b, [1, 2, 3]), random.choice([7]), len(random.sample(range(100), 5)), 0 <= random.random() < 1]


@lru_cache(maxsize=2)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@singledispatch
def show(x):
    return f"object {x}"


@show.register
def _(x: int):
    return f"int {x}"


@show.register(list)
def _(x):
    return f"list of {len(x)}"


@app.get("/functools")
def functional():
    add = partial(int, base=2)
    rows = [{"n": "b", "v": 2}, {"n": "a", "v": 2}, {"n": "c", "v": 1}]
    return [fib(20), str(fib.cache_info()), add("101"), show(3), show([1]), show("s"), [r["n"] for r in sorted(rows, key=itemgetter("v", "n"))], sorted(["b", "A"], key=str.lower), list(map(attrgetter("real"), [1, 2])), str(uuid5(NAMESPACE_DNS, "x.example")), uuid4().version, str(UUID(int=5)), attempt(UUID, "x"), list(enumerate("ab", 1)), dict(zip("ab", (1, 2))), [*range(3), *"xy"], {**{"a": 1}, "b": 2}, any(x > 2 for x in [1, 3]), all([]), list(reversed([1, 2])), list(filter(None, [0, 1, "", "a"])), sorted({3, 1, 2}, reverse=True), {"a": 1} | {"b": 2}, [1, 2, 3][-2:], list("abc"), isinstance(True, int), callable(len), getattr(3, "nope", None), type(3).__name__, id(None) == id(None), repr("a'b"), ascii("ü"), ord("a"), chr(8364)]


@app.get("/files")
def files():
    p = Path("data") / "in.txt"
    q = PurePosixPath("/etc/app/conf.d/x.tar.gz")
    Path("out").mkdir(exist_ok=True)
    (Path("out") / "o.json").write_text(json.dumps({"a": [1, None, True, 1.5, "ü"]}, indent=2, sort_keys=True))
    with open("data/in.txt") as f:
        lines = [line.rstrip() for line in f]
    return [p.read_text().splitlines(), lines, p.exists(), p.suffix, p.stem, p.name, str(p.parent), q.suffixes, str(q.with_suffix(".bz2")), str(q.with_name("y")), q.parts, str(q.relative_to("/etc")), sorted(x.name for x in Path("data").iterdir()), json.loads(Path("out/o.json").read_text()), Path("out/o.json").read_text(), attempt(Path("none").read_text), os.path.join("a", "b"), os.path.basename("/x/y.z"), os.path.splitext("y.z"), os.path.exists("data"), os.environ.get("HOME"), os.getenv("NOPE", "dflt"), attempt(lambda: os.environ["NOPE"]), sorted(str(x) for x in Path(".").glob("data/*.txt")), p.is_file(), p.stat().st_size]


@app.get("/json")
def jsons():
    return [json.dumps({"b": 1, "a": [1.0, None, "é\n"]}), json.dumps({"b": 1, "a": 2}, sort_keys=True, separators=(",", ":")), json.dumps("ü", ensure_ascii=False), attempt(json.loads, '{"a": }'), attempt(json.loads, ""), attempt(json.dumps, {1, 2}), json.dumps({1: True, None: 2}), json.dumps(datetime(2024, 1, 1), default=str), json.loads('[1, 1.5, true, null, "\\u00fc"]'), json.loads('{"a": 1}', object_hook=lambda d: list(d)), attempt(json.loads, "[1] x"), json.dumps([float("inf")]), json.dumps([], indent=2), json.dumps({"a": {}}, indent=1)]
