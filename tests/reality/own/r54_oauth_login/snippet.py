"""OAuth2 password form, token issue with own JWT, introspection upstream, role dependencies."""
import base64
import binascii
import hashlib
import hmac
import json
import time
from datetime import datetime, timedelta, timezone
from typing import Annotated

import httpx
from fastapi import Depends, FastAPI, Form, HTTPException, Security, status
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm, SecurityScopes
from pydantic import BaseModel, ValidationError

KEY = b"jwt-key-54"
app = FastAPI()
oauth2_scheme = OAuth2PasswordBearer(tokenUrl="/token", scopes={"me": "Read", "admin": "All"})


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class TokenError(Exception):
    pass


def encode(claims: dict) -> str:
    head = b64(json.dumps({"alg": "HS256", "typ": "JWT"}, separators=(",", ":")).encode())
    body = b64(json.dumps(claims, separators=(",", ":")).encode())
    mac = hmac.new(KEY, f"{head}.{body}".encode(), hashlib.sha256).digest()
    return ".".join((head, body, b64(mac)))


def decode(token: str) -> dict:
    try:
        head, body, mac = token.split(".")
    except ValueError as exc:
        raise TokenError(f"not a token: {exc}") from None
    if not hmac.compare_digest(b64(hmac.new(KEY, f"{head}.{body}".encode(), hashlib.sha256).digest()), mac):
        raise TokenError("bad signature")
    claims = json.loads(unb64(body))
    if claims["exp"] < time.time():
        raise TokenError("expired")
    return claims


class User(BaseModel):
    sub: str
    scopes: list[str] = []
    disabled: bool = False


async def current_user(scopes: SecurityScopes, token: Annotated[str, Depends(oauth2_scheme)]) -> User:
    challenge = f'Bearer scope="{scopes.scope_str}"' if scopes.scopes else "Bearer"
    try:
        user = User.model_validate(decode(token))
    except (TokenError, ValidationError, binascii.Error, json.JSONDecodeError) as exc:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, str(exc).splitlines()[0], {"WWW-Authenticate": challenge})
    missing = [s for s in scopes.scopes if s not in user.scopes]
    if missing:
        raise HTTPException(403, f"missing {', '.join(missing)}")
    return user


async def active_user(user: Annotated[User, Security(current_user, scopes=["me"])]) -> User:
    if user.disabled:
        raise HTTPException(400, "Inactive user")
    return user


@app.post("/token")
async def token(form: Annotated[OAuth2PasswordRequestForm, Depends()]):
    async with httpx.AsyncClient() as client:
        answer = await client.post("https://idp.acme.example/verify", data={"user": form.username, "password": form.password})
    if answer.status_code != 200:
        raise HTTPException(400, "Incorrect username or password")
    claims = {"sub": form.username, "scopes": form.scopes, "exp": int((datetime.now(timezone.utc) + timedelta(minutes=5)).timestamp())}
    made = encode(claims)
    return {"token_type": "bearer", "parts": [len(p) > 0 for p in made.split(".")], "echo": decode(made)["scopes"], "client": form.client_id}


@app.get("/me")
async def me(user: Annotated[User, Depends(active_user)]):
    return user


@app.get("/admin")
async def admin(user: Annotated[User, Security(active_user, scopes=["admin"])]):
    return user.sub
