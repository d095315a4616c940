"""What requests look like on the wire."""
import io
import json

import aiohttp
from fastapi import FastAPI

app = FastAPI()
API = "http://intake.forms.example"

def told(error, depth=0):
    kind = type(error)
    found = [f"{kind.__module__}.{kind.__qualname__}: {error}"]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found + (told(cause, depth + 1) if cause is not None and depth < 4 else [])


async def slowly():
    yield b"first,"
    yield b"second"


def form():
    made = aiohttp.FormData()
    made.add_field("note", "two words", content_type="text/plain")
    made.add_field("report", io.BytesIO(b"a;b"), filename="my report.csv", content_type="text/csv")
    made.add_field("raw", b"bytes", filename="raw.bin")
    return made


BODIES = {
    "form": lambda: {"data": {"name": "Ann Lee", "n": "1", "mark": "ä&="}},
    "pairs": lambda: {"data": [("a", "1"), ("a", "2")]},
    "number": lambda: {"data": {"n": 5}},
    "bytes": lambda: {"data": b"raw bytes"},
    "text": lambda: {"data": "some text ä"},
    "json": lambda: {"json": {"card": "4242", "ok": True, "none": None, "mark": "ä"}},
    "empty-json": lambda: {"json": {}},
    "file": lambda: {"data": io.BytesIO(b"from memory")},
    "string-file": lambda: {"data": io.StringIO("from text")},
    "multipart": lambda: {"data": form()},
    "file-field": lambda: {"data": {"file": io.BytesIO(b"in a form"), "x": "1"}},
    "generator": lambda: {"data": slowly()},
    "both": lambda: {"data": b"x", "json": {}},
    "chunked": lambda: {"data": b"piece by piece", "chunked": True},
    "none": lambda: {},
    "own-type": lambda: {"data": b"<x/>", "headers": {"content-type": "application/xml"}},
    "skip": lambda: {"data": b"x", "skip_auto_headers": ["User-Agent", "Content-Type", "Accept"]},
    "bad-header": lambda: {"headers": {"X-Note": "one\r\nX-Two: 2"}},
    "form-in-form": lambda: {"data": aiohttp.FormData({"a": "b c"})},
    "int-part": lambda: {"data": aiohttp.FormData([("n", 5)], default_to_multipart=True)},
    "strange": lambda: {"data": 5},
}


@app.get("/send/{kind}")
async def send(kind: str, method: str = "POST"):
    try:
        dumps = (lambda value: json.dumps(value, separators=(",", ":"))) if kind == "empty-json" else json.dumps
        async with aiohttp.ClientSession(json_serialize=dumps, timeout=aiohttp.ClientTimeout(total=4)) as session:
            async with session.request(method, f"{API}/in", **BODIES[kind]()) as response:
                return [response.status, await response.text()]
    except Exception as error:
        return {"told": told(error)}


QUERIES = {
    "dict": {"q": "a b&c", "n": 3, "f": 1.5, "list": ["x", "y"]}, "pairs": [("a", "1"), ("a", "2")],
    "text": "already=encoded&x=%20y z", "bool": {"flag": True}, "none": {"x": None}, "unicode": {"ä": "ö/?:@!$'()*,;"},
}


@app.get("/query/{kind}")
async def query(kind: str):
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=4)) as session:
            async with session.get(f"{API}/find?old=1", params=QUERIES[kind]) as response:
                return [response.status, str(response.url)]
    except Exception as error:
        return {"told": told(error)}
