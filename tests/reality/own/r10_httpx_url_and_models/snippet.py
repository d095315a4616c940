"""URL merging, params, headers, requests and responses as objects."""
import httpx
from fastapi import FastAPI

app = FastAPI()


@app.get("/merge")
def merge():
    out = {}
    for base in ("https://api.acme.example", "https://api.acme.example/v1", "https://api.acme.example/v1/"):
        with httpx.Client(base_url=base, params={"key": "k"}) as c:
            for path in ("users", "/users", "https://other.example/x", "", "?a=1", "../up", "users/1?b=2"):
                out[f"{base} + {path}"] = str(c.build_request("GET", path, params={"p": [1, "zwei", None, True]}).url)
            out[f"base {base}"] = str(c.base_url)
    return out


@app.get("/url")
def url():
    u = httpx.URL("https://User:p%40ss@api.acme.example:8443/a%20b/ü?x=1&x=2&y=#frag")
    return {
        "str": str(u), "repr": repr(u), "host": u.host, "port": u.port, "user": u.username, "password": u.password,
        "path": u.path, "raw": u.raw_path.decode(), "query": u.query.decode(), "params": str(u.params),
        "multi": u.params.get_list("x"), "fragment": u.fragment, "netloc": u.netloc.decode(),
        "copy": str(u.copy_with(host="x.example", port=None, username=None, password=None)),
        "join": str(u.join("../c?d=1")), "add": str(u.copy_add_param("z", "ä")), "set": str(u.copy_set_param("x", 9)),
        "rm": str(u.copy_remove_param("x")), "merge": str(u.copy_merge_params({"y": "2"})),
        "idna": httpx.URL("https://bücher.example/").raw_host.decode(), "eq": httpx.URL("https://a.example:443/") == httpx.URL("https://a.example/"),
        "rel": httpx.URL("/x").is_relative_url, "default": httpx.URL("https://a.example:443/").port,
        "upper": str(httpx.URL("HTTPS://API.Acme.Example/Path")), "ip6": str(httpx.URL("https://[2001:db8::1]:8/x").host),
    }


@app.get("/params")
def params():
    q = httpx.QueryParams({"a": 1, "b": [True, None, "x y"], "c": 1.5})
    return [str(q), dict(q), q.multi_items(), str(q.set("a", "2").add("d", "&").remove("c")), "a" in q, q.get("zz", "none"), len(q),
            str(httpx.QueryParams("a=1&a=2&b=%20+")), repr(q)]


@app.get("/headers")
def headers():
    h = httpx.Headers([("Set-Cookie", "a=1"), ("set-cookie", "b=2"), ("X-Token", "secret"), ("Authorization", "Bearer x")])
    h["x-new"] = "1"
    h.update({"X-New": "2"})
    return [h["SET-COOKIE"], h.get_list("set-cookie"), "x-token" in h, repr(h), list(h), h.multi_items(), dict(h.items())]


@app.get("/request")
def request():
    out = []
    for kwargs in (dict(json={"a": [1, None], "ü": 1.0}), dict(data={"a": "1", "b": ["x", "y"]}), dict(content="text ü"), dict(content=b"\x00\x01"),
                   dict(data={"f": "1"}, files={"up": ("n.txt", b"hello", "text/plain")}), dict(params={"q": "ä b"}), dict(cookies={"c": "v"})):
        r = httpx.Request("POST", "https://api.acme.example/x", **{k: v for k, v in kwargs.items()})
        r.read()
        kind = r.headers.get("content-type", "")
        out.append([repr(r), kind.split("boundary")[0], r.headers.get("content-length"), r.content.decode("latin-1") if "multipart" not in kind else len(r.content), r.headers.get("cookie"), str(r.url)])
    return out


@app.get("/response")
def response():
    r = httpx.Response(404, headers={"Content-Type": "text/html; charset=iso-8859-1"}, content="grüße".encode("latin-1"), request=httpx.Request("GET", "https://api.acme.example/x"))
    try:
        r.raise_for_status()
    except httpx.HTTPStatusError as exc:
        message = str(exc)
    return [repr(r), r.text, r.encoding, r.is_error, r.is_client_error, r.is_success, r.reason_phrase, message, httpx.codes.NOT_FOUND, httpx.codes.is_error(404), httpx.codes.is_success(302),
            int(httpx.codes.TOO_MANY_REQUESTS), httpx.codes.get_reason_phrase(503), httpx.Response(200, json={"a": 1}).json(), httpx.Response(200, text="x").headers["content-type"],
            httpx.Response(200, html="<p>").headers["content-type"], bool(httpx.Response(204).content), r.elapsed.total_seconds() if False else None]
