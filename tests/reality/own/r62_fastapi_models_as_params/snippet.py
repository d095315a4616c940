"""Parameter models for query, header, cookie and form; global dependencies; custom route class; state."""
from typing import Annotated, Any, Callable

from fastapi import APIRouter, Cookie, Depends, FastAPI, Form, Header, HTTPException, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field, field_validator


class Log(APIRoute):
    def get_route_handler(self) -> Callable:
        original = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                response = await original(request)
            except RequestValidationError as exc:
                raise HTTPException(status_code=422, detail={"count": len(exc.errors()), "body": str(exc.body)})
            response.headers["X-Route"] = self.path
            seen.append((self.path, response.status_code))
            return response

        return handler


seen: list[tuple[str, int]] = []


async def tenant(request: Request, x_tenant: Annotated[str | None, Header()] = None):
    if x_tenant == "banned":
        raise HTTPException(403, "tenant")
    request.state.tenant = x_tenant or "public"


class Common(BaseModel):
    model_config = ConfigDict(extra="forbid")
    x_request_id: str | None = None
    accept_language: str = "en"
    x_tags: list[str] = []


class Session(BaseModel):
    session_id: str
    theme: str = "light"


class Login(BaseModel):
    username: str = Field(min_length=2)
    password: str
    remember: bool = False
    scopes: list[str] = []

    @field_validator("username")
    @classmethod
    def no_spaces(cls, v):
        if " " in v:
            raise ValueError("no spaces, please")
        return v.lower()


class Search(BaseModel):
    q: str
    page: int = Field(1, ge=1)
    sort: list[str] = Field(default_factory=lambda: ["name"])


app = FastAPI(dependencies=[Depends(tenant)])
router = APIRouter(route_class=Log, prefix="/log")


@app.get("/search")
def search(params: Annotated[Search, Query()], request: Request):
    return {**params.model_dump(), "tenant": request.state.tenant}


@app.get("/session")
def session(cookies: Annotated[Session, Cookie()]):
    return cookies


@app.post("/login")
def login(data: Annotated[Login, Form()]):
    return data.model_dump(exclude={"password"})


@router.post("/items/{n}")
def items(n: int, body: dict[str, Any]):
    return {"n": n, "keys": sorted(body)}


@router.get("/none", status_code=204)
def none():
    return None


app.include_router(router)


@app.get("/seen")
def show():
    return seen


@app.put("/multi/{a}")
def multi(a: int, b: Annotated[int, Query(deprecated=True)], c: Annotated[list[int], Query(alias="c[]")] = [], d: bool | None = None, e: Annotated[str, Header(alias="X-E")] = "e"):
    return [a, b, c, d, e]
