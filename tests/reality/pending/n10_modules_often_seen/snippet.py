import argparse
import array
import atexit
import calendar
import codecs
import configparser
import difflib
import errno
import gc
import getpass
import glob
import gzip
import importlib
import keyword
import locale
import mimetypes
import os
import pickle
import platform
import pprint
import reprlib
import shlex
import shutil
import signal
import stat
import string
import subprocess
import sys
import tempfile
import timeit
import tomllib
import unicodedata
from email.message import EmailMessage
from graphlib import CycleError, TopologicalSorter
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

from fastapi import FastAPI

app = FastAPI()


def attempt(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


@app.get("/config")
def config():
    c = configparser.ConfigParser()
    c.read_string("[db]\nhost = h.example\nport=5432\nurl = https://%(host)s:%(port)s/\n; comment\n[tls]\nverify = no\nlist =\n  a\n  b\n")
    t = tomllib.loads('title = "x"\nnums = [1, 2.5]\n[server]\nhost = "h"\nport = 1_000\nok = true\n[[users]]\nname = "a"\n[[users]]\nname = "b"\nwhen = 2024-05-06T07:08:09Z\n')
    p = argparse.ArgumentParser(prog="x")
    p.add_argument("--host", default="h")
    p.add_argument("-n", "--num", type=int, default=1)
    p.add_argument("--flag", action="store_true")
    ns = p.parse_args(["--host", "z", "-n", "5", "--flag"])
    return [c.sections(), c["db"]["host"], c.getint("db", "port"), c["db"]["url"], c.getboolean("tls", "verify"), c.get("tls", "nope", fallback="f"), "db" in c, c["tls"]["list"], attempt(c.get, "nope", "x"), attempt(c.get, "db", "x"), dict(c["db"]), t, attempt(tomllib.loads, "a ="), vars(ns)]


@app.get("/text")
def text():
    return [unicodedata.normalize("NFKD", "caf\u00e9").encode("ascii", "ignore").decode(), unicodedata.category("a"), unicodedata.name("\u00e9"), codecs.encode("abc", "rot13"), codecs.lookup("utf8").name, codecs.decode(b"616263", "hex").decode(), difflib.get_close_matches("appel", ["ape", "apple", "peach"]), round(difflib.SequenceMatcher(None, "abcd", "bcde").ratio(), 3), list(difflib.unified_diff(["a", "b"], ["a", "c"], lineterm="")), shlex.split("a 'b c' d\\ e"), shlex.quote("a b"), shlex.join(["a", "b c"]), pprint.pformat({"b": 1, "a": [1, 2]}), reprlib.repr("x" * 50), keyword.iskeyword("class"), mimetypes.guess_type("a.json"), mimetypes.guess_type("a.tar.gz"), mimetypes.guess_extension("text/html"), string.capwords("a b")]


@app.get("/time")
def time_():
    return [calendar.monthrange(2024, 2), calendar.isleap(2023), calendar.month_name[3], calendar.day_abbr[0], calendar.timegm((2024, 1, 1, 0, 0, 0)), errno.ECONNREFUSED, errno.errorcode[2], os.strerror(13), signal.SIGTERM.name, int(signal.SIGINT), stat.S_ISDIR(os.stat(".").st_mode), array.array("i", [1, 2]).tolist(), timeit.default_timer() > 0, platform.system(), platform.python_version_tuple()[:2], sys.version_info >= (3, 11), sys.platform, sys.maxsize, sys.byteorder, gc.collect() >= 0, getpass.getuser() != ""]


@app.get("/files")
def files():
    with tempfile.TemporaryDirectory(prefix="x") as d:
        p = Path(d) / "a" / "b.txt"
        p.parent.mkdir(parents=True)
        p.write_text("one\ntwo\n")
        shutil.copy(p, Path(d) / "c.txt")
        with gzip.open(Path(d) / "z.gz", "wt") as z:
            z.write("zipped")
        names = sorted(Path(x).name for x in glob.glob(d + "/*"))
        with gzip.open(Path(d) / "z.gz", "rt") as z:
            back = z.read()
        shutil.rmtree(Path(d) / "a")
        left = sorted(x.name for x in Path(d).rglob("*"))
    with tempfile.NamedTemporaryFile("w+", suffix=".txt") as f:
        f.write("hello")
        f.flush()
        f.seek(0)
        content = f.read()
    return [names, back, left, os.path.exists(d), content, f.name.endswith(".txt"), shutil.which("no-such-program"), pickle.loads(pickle.dumps({"a": [1, (2, 3)]})), gzip.decompress(gzip.compress(b"abc")).decode()]


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.text = [], []

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.links.append(dict(attrs).get("href"))

    def handle_data(self, data):
        if data.strip():
            self.text.append(data.strip())


@app.get("/markup")
def markup():
    root = ET.fromstring("<feed v='1'><item id='1'><title>A &amp; B</title></item><item id='2'/><!-- c --></feed>")
    p = Links()
    p.feed("<p>Hi <a href='/x'>there</a> &lt;b&gt;<br/><a>no</a></p>")
    e = ET.Element("r", {"k": "v"})
    ET.SubElement(e, "c").text = "t<"
    m = EmailMessage()
    m["Subject"] = "Hi"
    m["To"] = "a@b.example"
    m.set_content("Body\n")
    ts = TopologicalSorter({"d": {"b", "c"}, "b": {"a"}, "c": {"a"}})
    return [root.tag, root.attrib, [i.get("id") for i in root.findall("item")], root.find("item/title").text, root.findtext("item/title"), [c.tag for c in root.iter()], attempt(ET.fromstring, "<a>"), ET.tostring(e).decode(), p.links, p.text, m["subject"], m.get_content(), m.get_content_type(), list(ts.static_order())[0], attempt(lambda: list(TopologicalSorter({"a": ["b"], "b": ["a"]}).static_order()))[:10]]


@app.get("/import")
def imports():
    m = importlib.import_module("json")
    try:
        import orjson
    except ImportError as e:
        orjson = None
        text = [type(e).__name__, str(e), e.name]
    try:
        from fastapi import nothing_like_this
    except ImportError as e:
        text.append(str(e)[:60])
    return [m.dumps([1]), orjson, text, attempt(importlib.import_module, "not_there")]
