#include <doctest/doctest.h>

#include "app_harness.h"

using wh::test::App;

TEST_CASE("fastapi: parameter models, uploads, overrides, mounts") {
    App app(R"(
from __future__ import annotations
from typing import Annotated, Optional
from fastapi import FastAPI, Query, Header, Depends, UploadFile, File, Form, Request, WebSocket, status
from fastapi.encoders import jsonable_encoder
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel, Field

app = FastAPI(title="t", docs_url=None)
sub = FastAPI()

class Filter(BaseModel):
    limit: int = Field(10, le=100)
    tags: list[str] = []

class Common(BaseModel):
    host: str
    save_data: bool = False

class Login(BaseModel):
    user: str
    password: str

@app.get("/filter")
def by_model(f: Annotated[Filter, Query()]):
    return f

@app.get("/headers")
def headers(h: Annotated[Common, Header()]):
    return h

@app.post("/login")
def login(data: Annotated[Login, Form()]):
    return data.user

@app.post("/upload")
async def upload(file: UploadFile, note: Annotated[str, Form()] = "-"):
    content = await file.read()
    return {"name": file.filename, "size": len(content), "type": file.content_type, "note": note}

@app.post("/bytes")
def read_bytes(file: bytes = File()):
    return len(file)

def real():
    return "real"

@app.get("/dep")
def dep(d: str = Depends(real)):
    return d

app.dependency_overrides[real] = lambda: "override"

class Checker:
    def __init__(self, word):
        self.word = word
    async def __call__(self, q: Optional[str] = None):
        return q == self.word

@app.get("/call")
async def call(ok: bool = Depends(Checker("yes"))):
    return ok

@app.get("/user/{name}", name="profile", status_code=status.HTTP_203_NON_AUTHORITATIVE_INFORMATION)
def user(request: Request, name: str):
    return str(request.url_for("profile", name="bob"))

@sub.get("/inner")
def inner(request: Request):
    return [request.url.path, request.scope["root_path"]]

@app.websocket("/ws")
async def ws(websocket: WebSocket):
    await websocket.accept()

app.mount("/sub", sub)
app.mount("/static", StaticFiles(directory="static"), name="static")

@app.get("/only", response_model=Login, response_model_include={"user"})
def only():
    return Login(user="u", password="p")

@app.get("/unset", response_model=Filter, response_model_exclude_unset=True)
def unset():
    return {"tags": ["a"]}

@app.delete("/gone", status_code=204)
def gone():
    return None

@app.api_route("/both", methods=["GET", "POST"])
def both(request: Request):
    return request.method
)");
    CHECK(app.get("/filter?limit=5&tags=a&tags=b") == R"(200 {"limit":5,"tags":["a","b"]})");
    CHECK(
        app.get("/filter?limit=500") ==
        R"(422 {"detail":[{"type":"less_than_equal","loc":["query","limit"],"msg":"Input should be less than or equal to 100","input":"500","ctx":{"le":100}}]})");
    CHECK(app.get("/headers", {{"save-data", "1"}}) ==
          R"(200 {"host":"app.lab.example","save_data":true})");
    CHECK(
        app.show("POST", "/login", "user=a",
                 {{"content-type", "application/x-www-form-urlencoded"}}) ==
        R"(422 {"detail":[{"type":"missing","loc":["body","password"],"msg":"Field required","input":{"user":"a"}}]})");
    const std::string multipart =
        "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
        "Content-Type: text/plain\r\n\r\nhello\r\n--XX\r\n"
        "Content-Disposition: form-data; name=\"note\"\r\n\r\nn\r\n--XX--\r\n";
    CHECK(app.show("POST", "/upload", multipart,
                   {{"content-type", "multipart/form-data; boundary=XX"}}) ==
          R"(200 {"name":"a.txt","size":5,"type":"text/plain","note":"n"})");
    CHECK(app.show("POST", "/bytes", multipart,
                   {{"content-type", "multipart/form-data; boundary=XX"}}) == "200 5");
    CHECK(app.get("/dep") == R"(200 "override")");
    CHECK(app.get("/call?q=yes") == "200 true");
    CHECK(app.get("/user/ada") == R"(203 "http://app.lab.example/user/bob")");
    CHECK(app.get("/sub/inner") == R"(200 ["/sub/inner","/sub"])");
    CHECK(app.get("/only") == R"(200 {"user":"u"})");
    CHECK(app.get("/unset") == R"(200 {"tags":["a"]})");
    CHECK(app.show("DELETE", "/gone") == "204 ");
    CHECK(app.show("POST", "/both") == R"(200 "POST")");
    CHECK(app.show("HEAD", "/both") == "405 ");
}

TEST_CASE("fastapi: yield dependencies and who sees the exception") {
    App app(R"(
from fastapi import FastAPI, Depends, HTTPException
from fastapi.responses import JSONResponse
app = FastAPI()
log = []

def outer():
    log.append("outer in")
    yield 1
    log.append("outer out")

async def inner(o=Depends(outer)):
    try:
        yield o + 1
    except HTTPException as exc:
        log.append(f"inner {exc}")
        raise
    finally:
        log.append("inner out")

def swallow():
    try:
        yield
    except Exception:
        pass

@app.get("/http")
async def http(i=Depends(inner)):
    raise HTTPException(409, {"i": i})

@app.get("/fine")
async def fine(i=Depends(inner)):
    return i

@app.get("/swallow", dependencies=[Depends(swallow)])
async def swallowed():
    raise ValueError("gone")

@app.get("/log")
def show():
    return log

@app.exception_handler(404)
async def missing(request, exc):
    return JSONResponse({"where": request.url.path}, 404)

@app.exception_handler(Exception)
async def anything(request, exc):
    return JSONResponse({"error": type(exc).__name__}, 500)

@app.get("/raise")
def raises():
    raise LookupError("l")
)");
    CHECK(app.get("/http") == R"(409 {"detail":{"i":2}})");
    CHECK(app.get("/fine") == "200 2");
    CHECK(
        app.get("/log") ==
        R"(200 ["outer in","inner 409: {'i': 2}","inner out","outer in","inner out","outer out"])");
    CHECK(app.get("/x") == R"(404 {"where":"/x"})");
    CHECK(app.get("/raise") == R"(500 {"error":"LookupError"} !LookupError: l)");
    const std::string swallowed = app.get("/swallow");
    CHECK(swallowed.find("fastapi.exceptions.FastAPIError: No response object was returned.") !=
          std::string::npos);
}

TEST_CASE("fastapi: start-up that fails, routers with events, test client") {
    App broken(R"(
from fastapi import FastAPI
app = FastAPI()
@app.on_event("startup")
async def start():
    raise RuntimeError("no")
)");
    CHECK(broken.problem == "RuntimeError: no");
    App app(R"(
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
router = APIRouter(tags=["a"])
count = []

@router.on_event("startup")
def start():
    count.append(1)

@router.get("/count")
def show():
    return len(count)

app = FastAPI()
app.include_router(router)
client = TestClient(app)

def use():
    response = client.get("/count")
    return [response.status_code, response.json()]

@app.get("/use")
def used():
    return use()

if __name__ == "__main__":
    import uvicorn
    uvicorn.run(app, host="0.0.0.0", port=8000)
)");
    // As in FastAPI, an included router's handlers run for the application and for the router.
    CHECK(app.get("/count") == "200 2");
    CHECK(app.get("/use") == "200 [200,2]");
}

TEST_CASE("starlette: an application of its own") {
    App app(R"(
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Mount, Route

async def home(request):
    return JSONResponse({"q": request.query_params.get("q", "-"), "id": request.path_params["id"]})

app = Starlette(
    routes=[Route("/h/{id:int}", home), Mount("/m", routes=[Route("/{id}", home)])],
    middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["*.lab.example"])],
)
)");
    CHECK(app.get("/h/3?q=a") == R"(200 {"q":"a","id":3})");
    CHECK(app.get("/m/x") == R"(200 {"q":"-","id":"x"})");
    CHECK(app.get("/none") == "404 Not Found");
    CHECK(app.show("GET", "/h/3", "", {{"host", "evil.test"}}) == "400 Invalid host header");
}
