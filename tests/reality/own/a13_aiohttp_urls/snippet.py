"""URLs that are wrong, joined, or built with yarl."""
import aiohttp
from fastapi import FastAPI
from yarl import URL

app = FastAPI()

def told(error, depth=0):
    kind = type(error)
    found = [f"{kind.__module__}.{kind.__qualname__}: {error}"]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found + (told(cause, depth + 1) if cause is not None and depth < 4 else [])


@app.get("/open")
async def open_url(url: str, base: str = ""):
    try:
        async with aiohttp.ClientSession(base or None, timeout=aiohttp.ClientTimeout(total=4)) as session:
            async with session.get(url) as response:
                return [response.status, str(response.url), await response.text()]
    except BaseException as error:
        return {"told": told(error), "bases": [each.__name__ for each in type(error).__mro__][:4]}


@app.get("/yarl")
async def yarl():
    u = URL("https://user:pa%20ss@Parts.Example:8443/a%20b/ü/../c?x=1&y=a+b&x=2#frag ment")
    return [str(u), u.scheme, u.host, u.port, u.explicit_port, u.path, u.raw_path, u.query_string, u.raw_query_string,
            dict(u.query), u.query.getall("x"), u.fragment, u.user, u.password, u.name, u.parts, str(u.parent),
            str(u.origin()), str(u.with_query({"k": "v w"})), str(u.update_query(x="9")), str(u.with_path("/n w")),
            str(u / "more" / "x y"), str(u.with_host("other.example").with_port(None)), str(u.with_user(None)),
            str(u.join(URL("../z?q"))), str(URL("http://h.example:80/")), str(URL("http://h.example")),
            repr(URL("/rel?x=ä")), URL("http://a.example") == URL("http://a.example/"), u.is_absolute(),
            str(URL.build(scheme="https", host="b.example", path="/p q", query={"a": "1", "b": "2"})),
            str(u % {"n": 1}), u.suffix, str(u.with_fragment(None)), str(u.with_scheme("http")), str(u.relative()),
            str(URL("http://t.example/a/b").joinpath("c", "d")), u.human_repr(), str(URL("HTTP://UP.example/%7euser/%2f"))]
