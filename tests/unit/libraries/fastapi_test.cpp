#include <doctest/doctest.h>

#include "app_harness.h"

using wh::test::App;

TEST_CASE("fastapi: path and query parameters, 422, 404, 405") {
    App app(R"(
from typing import Annotated
from fastapi import FastAPI, Query, Path
app = FastAPI()

@app.get("/items/{item_id}")
def item(item_id: int, q: str = "x", flag: bool = False):
    return {"id": item_id, "q": q, "flag": flag}

@app.get("/files/{name:path}")
async def file(name: str):
    return name

@app.get("/n/{n:int}")
async def number(n: int):
    return n

@app.get("/list")
def lists(tag: Annotated[list[str], Query()] = [], size: int = Query(5, ge=1, alias="page-size")):
    return [tag, size]
)");
    CHECK(app.get("/items/7?q=a%20b&flag=1") == R"(200 {"id":7,"q":"a b","flag":true})");
    CHECK(
        app.get("/items/seven") ==
        R"(422 {"detail":[{"type":"int_parsing","loc":["path","item_id"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"seven"}]})");
    CHECK(app.get("/nothing") == R"(404 {"detail":"Not Found"})");
    CHECK(app.show("POST", "/items/7") == R"(405 {"detail":"Method Not Allowed"})");
    CHECK(app.ask("GET", "/items/7/").status == 307);
    CHECK(app.get("/files/a/b.txt") == "200 \"a/b.txt\"");
    CHECK(app.get("/n/12") == "200 12");
    CHECK(app.get("/n/x") == R"(404 {"detail":"Not Found"})");
    CHECK(app.get("/list?tag=a&tag=b&page-size=3") == R"(200 [["a","b"],3])");
    CHECK(
        app.get("/list?page-size=0") ==
        R"(422 {"detail":[{"type":"greater_than_equal","loc":["query","page-size"],"msg":"Input should be greater than or equal to 1","input":"0","ctx":{"ge":1}}]})");
}

TEST_CASE("fastapi: bodies") {
    App app(R"(
from typing import Annotated
from fastapi import FastAPI, Body, Form, Header, Cookie
from pydantic import BaseModel
app = FastAPI()

class Item(BaseModel):
    name: str
    price: float = 1.5

@app.post("/item", status_code=201)
async def item(item: Item) -> Item:
    return item

@app.post("/two")
async def two(item: Item, note: Annotated[str, Body()]):
    return {"name": item.name, "note": note}

@app.post("/any")
async def anything(body: dict):
    return body

@app.post("/form")
async def form(user: Annotated[str, Form()], age: int = Form(3)):
    return [user, age]

@app.get("/head")
async def head(x_token: str | None = Header(default=None), sid: str = Cookie("none")):
    return [x_token, sid]
)");
    CHECK(app.post_json("/item", R"({"name":"a"})") == R"(201 {"name":"a","price":1.5})");
    CHECK(
        app.post_json("/item", R"({"price":2})") ==
        R"(422 {"detail":[{"type":"missing","loc":["body","name"],"msg":"Field required","input":{"price":2}}]})");
    CHECK(
        app.post_json("/item", "{x}") ==
        R"(422 {"detail":[{"type":"json_invalid","loc":["body",1],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting property name enclosed in double quotes"}}]})");
    CHECK(
        app.show("POST", "/item") ==
        R"(422 {"detail":[{"type":"missing","loc":["body"],"msg":"Field required","input":null}]})");
    CHECK(
        app.post_json("/item", R"("text")") ==
        R"(422 {"detail":[{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":"text"}]})");
    CHECK(app.post_json("/two", R"({"item":{"name":"a"},"note":"n"})") ==
          R"(200 {"name":"a","note":"n"})");
    CHECK(
        app.post_json("/two", R"({"item":{"name":"a"}})") ==
        R"(422 {"detail":[{"type":"missing","loc":["body","note"],"msg":"Field required","input":null}]})");
    CHECK(app.post_json("/any", R"({"a":[1,null,"é"]})") == R"(200 {"a":[1,null,"é"]})");
    CHECK(app.show("POST", "/form", "user=ada+l&age=7",
                   {{"content-type", "application/x-www-form-urlencoded"}}) ==
          R"(200 ["ada l",7])");
    CHECK(
        app.show("POST", "/form", "age=7",
                 {{"content-type", "application/x-www-form-urlencoded"}}) ==
        R"(422 {"detail":[{"type":"missing","loc":["body","user"],"msg":"Field required","input":null}]})");
    CHECK(app.get("/head", {{"X-Token", "t"}, {"Cookie", "a=b; sid=9"}}) == R"(200 ["t","9"])");
    CHECK(app.get("/head") == R"(200 [null,"none"])");
}

TEST_CASE("fastapi: dependencies") {
    App app(R"(
from typing import Annotated
from fastapi import FastAPI, Depends, HTTPException, APIRouter, Request
app = FastAPI()
log = []

def common(q: str = "q"):
    log.append("common")
    return q

class Pager:
    def __init__(self, page: int = 1):
        self.page = page

async def resource():
    log.append("open")
    try:
        yield "r"
    except ValueError as exc:
        log.append("threw")
        raise HTTPException(418, "tea") from exc
    finally:
        log.append("close")

def sub(c: str = Depends(common)):
    return c + "!"

@app.get("/a")
async def a(c: Annotated[str, Depends(common)], s: Annotated[str, Depends(sub)],
            pager: Annotated[Pager, Depends()]):
    return [c, s, pager.page]

@app.get("/b")
async def b(r=Depends(resource)):
    raise ValueError("x")

@app.get("/c")
async def c(r=Depends(resource)):
    return r

@app.get("/log")
async def show():
    taken = log[:]
    log.clear()
    return taken

def guard(request: Request):
    if request.headers.get("x-key") != "k":
        raise HTTPException(status_code=401, detail="no", headers={"WWW-Authenticate": "K"})

router = APIRouter(prefix="/r", dependencies=[Depends(guard)])

@router.get("/x")
def x():
    return "x"

app.include_router(router, prefix="/v1")
)");
    CHECK(app.get("/a?q=z&page=4") == R"(200 ["z","z!",4])");
    CHECK(app.get("/log") == R"(200 ["common"])");
    CHECK(app.get("/b") == R"(418 {"detail":"tea"})");
    CHECK(app.get("/c") == R"(200 "r")");
    CHECK(app.get("/log") == R"(200 ["open","threw","close","open","close"])");
    CHECK(app.get("/v1/r/x") == R"(401 {"detail":"no"})");
    CHECK(app.get("/v1/r/x", {{"X-Key", "k"}}) == R"(200 "x")");
}

TEST_CASE("fastapi: errors and handlers") {
    App app(R"(
from fastapi import FastAPI, Request, HTTPException, BackgroundTasks
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel
app = FastAPI()

class Odd(Exception):
    pass

class Name(BaseModel):
    name: str

@app.exception_handler(Odd)
async def odd(request: Request, exc: Odd):
    return JSONResponse({"odd": str(exc), "path": request.url.path}, status_code=409)

@app.exception_handler(RequestValidationError)
def invalid(request, exc):
    return PlainTextResponse(f"{len(exc.errors())} {exc.errors()[0]['loc']}", status_code=400)

@app.get("/odd")
def raises():
    raise Odd("o")

@app.get("/boom")
def boom():
    return 1 / 0

@app.get("/int")
def number(n: int):
    return n

@app.get("/name", response_model=Name)
def name():
    return {"title": "x"}

@app.get("/teapot")
def teapot():
    raise HTTPException(418)

@app.get("/task")
def task(tasks: BackgroundTasks):
    tasks.add_task(boom)
    return "queued"
)");
    CHECK(app.get("/odd") == R"(409 {"odd":"o","path":"/odd"})");
    CHECK(app.get("/boom") == "500 Internal Server Error !ZeroDivisionError: division by zero");
    CHECK(app.get("/int?n=x") == "400 1 ('query', 'n')");
    CHECK(app.get("/name") ==
          "500 Internal Server Error !fastapi.exceptions.ResponseValidationError: 1 validation "
          "errors:\n  {'type': 'missing', 'loc': ('response', 'name'), 'msg': 'Field required', "
          "'input': {'title': 'x'}}\n");
    CHECK(app.get("/teapot") == R"(418 {"detail":"I'm a Teapot"})");
    CHECK(app.get("/task") == "200 \"queued\" !ZeroDivisionError: division by zero");
}

TEST_CASE("fastapi: lifespan, state, middleware, responses") {
    App app(R"(
from contextlib import asynccontextmanager
from fastapi import FastAPI, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import StreamingResponse, RedirectResponse, HTMLResponse

@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.n = 41
    yield {"given": "here"}
    app.state.n = 0

app = FastAPI(lifespan=lifespan)
app.add_middleware(CORSMiddleware, allow_origins=["https://page.example"])

@app.middleware("http")
async def stamp(request: Request, call_next):
    response = await call_next(request)
    response.headers["X-Stamp"] = "1"
    return response

@app.get("/n")
async def n(request: Request):
    request.app.state.n += 1
    return [request.app.state.n, request.state.given, request.client.host]

@app.get("/raw")
async def raw(response: Response):
    response.headers["x-a"] = "b"
    response.status_code = 202
    response.set_cookie("sid", "v", httponly=True)
    return None

@app.get("/html", response_class=HTMLResponse)
async def html():
    return "<p>"

async def parts(fail):
    yield "a"
    if fail:
        raise RuntimeError("cut")
    yield "b"

@app.get("/stream")
async def stream(fail: bool = False):
    return StreamingResponse(parts(fail), media_type="text/plain")

@app.get("/go")
async def go():
    return RedirectResponse("/n")
)");
    CHECK(app.get("/n") == R"(200 [42,"here","127.0.0.1"])");
    const auto raw = app.ask("GET", "/raw");
    CHECK(raw.status == 202);
    CHECK(raw.body == "null");
    std::string headers;
    for (const auto& [name, value] : raw.headers) headers += name + ": " + value + "\n";
    CHECK(headers ==
          "content-length: 4\ncontent-type: application/json\nx-a: b\n"
          "set-cookie: sid=v; HttpOnly; Path=/; SameSite=lax\nx-stamp: 1\n");
    CHECK(app.get("/html") == "200 <p>");
    CHECK(app.get("/stream") == "200 ab");
    CHECK(app.get("/stream?fail=1") == "200 a !RuntimeError: cut");
    CHECK(app.ask("GET", "/go").status == 307);
    const auto cors = app.ask("GET", "/n", "", {{"origin", "https://page.example"}});
    bool allowed = false;
    for (const auto& [name, value] : cors.headers) {
        allowed =
            allowed || (name == "access-control-allow-origin" && value == "https://page.example");
    }
    CHECK(allowed);
}

TEST_CASE("fastapi: security helpers") {
    App app(R"(
from typing import Annotated
from fastapi import FastAPI, Depends, Security
from fastapi.security import (HTTPBearer, HTTPBasic, HTTPBasicCredentials, OAuth2PasswordBearer,
                              OAuth2PasswordRequestForm, APIKeyHeader, HTTPAuthorizationCredentials)
app = FastAPI()
bearer = HTTPBearer()
oauth = OAuth2PasswordBearer(tokenUrl="token")
key = APIKeyHeader(name="X-Key", auto_error=False)

@app.get("/bearer")
def with_bearer(c: HTTPAuthorizationCredentials = Depends(bearer)):
    return [c.scheme, c.credentials]

@app.get("/basic")
def with_basic(c: Annotated[HTTPBasicCredentials, Depends(HTTPBasic())]):
    return [c.username, c.password]

@app.get("/oauth")
def with_oauth(token: str = Depends(oauth)):
    return token

@app.get("/key")
def with_key(k: str | None = Security(key)):
    return k

@app.post("/token")
def token(form: OAuth2PasswordRequestForm = Depends()):
    return [form.username, form.password, form.scopes]
)");
    CHECK(app.get("/bearer") == R"(403 {"detail":"Not authenticated"})");
    CHECK(app.get("/bearer", {{"Authorization", "Bearer abc"}}) == R"(200 ["Bearer","abc"])");
    CHECK(app.get("/basic") == R"(401 {"detail":"Not authenticated"})");
    CHECK(app.get("/basic", {{"Authorization", "Basic YWRhOnB3"}}) == R"(200 ["ada","pw"])");
    CHECK(app.get("/oauth") == R"(401 {"detail":"Not authenticated"})");
    CHECK(app.get("/oauth", {{"Authorization", "Bearer tok"}}) == R"(200 "tok")");
    CHECK(app.get("/key") == "200 null");
    CHECK(app.get("/key", {{"X-Key", "s"}}) == R"(200 "s")");
    CHECK(app.show("POST", "/token", "username=a&password=b&scope=x+y",
                   {{"content-type", "application/x-www-form-urlencoded"}}) ==
          R"(200 ["a","b",["x","y"]])");
}

TEST_CASE("fastapi: what dispatch() dealt with comes again") {
    App app(R"(
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.middleware.base import BaseHTTPMiddleware

class Catch(BaseHTTPMiddleware):
    def __init__(self, app, word):
        super().__init__(app)
        self.word = word
    async def dispatch(self, request, call_next):
        try:
            return await call_next(request)
        except Exception as exc:
            return JSONResponse({self.word: str(exc)}, status_code=502)

class Plain:
    def __init__(self, app):
        self.app = app
    async def __call__(self, scope, receive, send):
        async def add(message):
            if message["type"] == "http.response.start":
                message["headers"].append((b"x-plain", b"1"))
            await send(message)
        await self.app(scope, receive, add)

app = FastAPI()
app.add_middleware(Catch, word="error")
app.add_middleware(Plain)

@app.get("/")
def root():
    raise KeyError("k")

@app.get("/ok")
def ok():
    return 1
)");
    CHECK(app.get("/") == R"(502 {"error":"'k'"} !KeyError: 'k')");
    const auto ok = app.ask("GET", "/ok");
    CHECK(ok.body == "1");
    CHECK(ok.headers.back().first == "x-plain");
}

TEST_CASE("fastapi: routes as the checker and the scenario maker see them") {
    App app(R"(
from fastapi import FastAPI, Depends
from fastapi.security import HTTPBearer
from pydantic import BaseModel
app = FastAPI()

class Pay(BaseModel):
    amount: int
    iban: str

@app.post("/pay/{account}", dependencies=[Depends(HTTPBearer())])
async def pay(account: str, pay: Pay, dry: bool = False):
    return pay
)");
    REQUIRE(app.web);
    const auto routes = app.web->routes(app.vm());
    REQUIRE(routes.size() == 1);
    CHECK(routes[0].path == "/pay/{account}");
    CHECK(routes[0].function == "pay");
    CHECK(routes[0].methods == std::vector<std::string>{"POST"});
    REQUIRE(routes[0].parameters.size() == 4);
    CHECK(routes[0].parameters[0].name == "Authorization");
    CHECK(routes[0].parameters[1].name == "account");
    CHECK(routes[0].parameters[2].name == "dry");
    CHECK(!routes[0].parameters[2].required);
    CHECK(routes[0].body_example_json.find("amount") != std::string::npos);
}

TEST_CASE("fastapi: checking runs endpoints with unknown parameters") {
    App app(R"(
from fastapi import FastAPI, Depends, Request
from fastapi.security import HTTPBearer
app = FastAPI()
seen = []

@app.on_event("startup")
def start():
    app.state.ready = True

@app.get("/x/{a}")
async def x(a: str, request: Request, cred=Depends(HTTPBearer())):
    token = request.headers.get("x-token")
    print(app.state.ready)
    if a:
        print("yes")
    return {"a": a, "t": token, "c": cred.credentials}

@app.exception_handler(ValueError)
async def handler(request, exc):
    print("handler")
)",
            true);
    REQUIRE(app.web);
    app.web->examine(app.vm(), 0);
    CHECK(!app.vm().failed());
    CHECK(app.vm().output().find("True") != std::string::npos);
    CHECK(app.web->handler_count() == 1);
    app.web->examine_handler(app.vm(), 0);
    CHECK(!app.vm().failed());
    CHECK(app.vm().output().find("handler") != std::string::npos);
}
