"""Dependencies: yield, nesting, caching, classes, sub-dependencies, exceptions inside, overrides."""
import contextlib
from typing import Annotated, AsyncIterator, Generator

import httpx
from fastapi import Depends, FastAPI, HTTPException, Request, Security
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBasic, HTTPBasicCredentials, HTTPBearer, OAuth2PasswordBearer, SecurityScopes

app = FastAPI()
events: list[str] = []


class Session:
    def __init__(self, name):
        self.name = name
        self.committed = False

    def commit(self):
        self.committed = True
        events.append(f"commit {self.name}")

    def rollback(self):
        events.append(f"rollback {self.name}")


def get_db() -> Generator[Session, None, None]:
    db = Session("db")
    events.append("open")
    try:
        yield db
        db.commit()
    except HTTPException as exc:
        db.rollback()
        events.append(f"http {exc.status_code}")
        raise
    except ValueError as exc:
        db.rollback()
        raise HTTPException(422, detail=f"value: {exc}")
    finally:
        events.append("close")


counter = {"n": 0}


def number() -> int:
    counter["n"] += 1
    return counter["n"]


class Service:
    def __init__(self, db: Annotated[Session, Depends(get_db)], n: Annotated[int, Depends(number)]):
        self.db = db
        self.n = n

    def __call__(self):
        return self.n


class Checker:
    def __init__(self, role: str):
        self.role = role

    def __call__(self, request: Request, n: int = Depends(number)):
        if request.headers.get("x-role") != self.role:
            raise HTTPException(403, f"needs {self.role}")
        return f"{self.role}:{n}"


@app.get("/cached")
def cached(a: Annotated[int, Depends(number)], b: Annotated[int, Depends(number)], c: Annotated[int, Depends(number, use_cache=False)],
           s: Annotated[Service, Depends()]):
    return [a, b, c, s.n, s.db.name]


@app.get("/role")
def role(r: str = Depends(Checker("admin"))):
    return r


@app.get("/fail/{kind}")
def fail(kind: str, db: Session = Depends(get_db)):
    if kind == "http":
        raise HTTPException(409, "conflict")
    if kind == "value":
        raise ValueError("bad")
    if kind == "key":
        return {}["x"]
    return db.name


async def get_client() -> AsyncIterator[httpx.AsyncClient]:
    async with contextlib.AsyncExitStack() as stack:
        client = await stack.enter_async_context(httpx.AsyncClient(timeout=2))
        stack.callback(events.append, "client closed")
        yield client


@app.get("/call")
async def call(client: httpx.AsyncClient = Depends(get_client), db: Session = Depends(get_db)):
    r = await client.get("https://dep.acme.example/x")
    return r.json()


oauth2 = OAuth2PasswordBearer(tokenUrl="token", scopes={"read": "r", "write": "w"}, auto_error=False)
basic = HTTPBasic()
bearer = HTTPBearer(auto_error=False)
api_key = APIKeyHeader(name="X-Key")


def current_user(scopes: SecurityScopes, token: Annotated[str | None, Depends(oauth2)]):
    if token is None:
        raise HTTPException(401, "no token", headers={"WWW-Authenticate": f'Bearer scope="{scopes.scope_str}"'})
    granted = token.split("-")[1:]
    for scope in scopes.scopes:
        if scope not in granted:
            raise HTTPException(403, f"needs {scope}")
    return {"token": token, "scopes": scopes.scopes}


@app.get("/me")
def me(user: Annotated[dict, Security(current_user, scopes=["read"])]):
    return user


@app.get("/write")
def write(user: Annotated[dict, Security(current_user, scopes=["read", "write"])]):
    return user


@app.get("/basic")
def basic_auth(c: Annotated[HTTPBasicCredentials, Depends(basic)]):
    return {"u": c.username, "p": c.password}


@app.get("/bearer")
def bearer_auth(c: HTTPAuthorizationCredentials | None = Depends(bearer)):
    return c and c.model_dump()


@app.get("/key")
def key(k: str = Security(api_key)):
    return k


def flag():
    return "real"


@app.get("/flag")
def get_flag(f: str = Depends(flag)):
    return f


app.dependency_overrides[flag] = lambda: "overridden"


@app.get("/events")
def show():
    out, events[:] = list(events), []
    return out
