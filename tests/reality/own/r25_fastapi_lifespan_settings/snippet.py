"""Settings from the environment and a file, start-up that calls out, state, shutdown."""
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Annotated, TypedDict

import httpx
from fastapi import Depends, FastAPI, HTTPException, Request
from pydantic import AliasChoices, AnyHttpUrl, BaseModel, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Retry(BaseModel):
    times: int = 2
    pause: float = 0.05


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="SHOP_", env_file=(".env", "prod.env"), env_nested_delimiter="__", extra="ignore", case_sensitive=False)

    directory_url: AnyHttpUrl
    api_key: SecretStr = Field(validation_alias=AliasChoices("SHOP_KEY", "API_KEY"))
    origins: list[str] = ["*"]
    retry: Retry = Retry()
    debug: bool = False
    names: str = "a,b"
    ca: str | None = None

    @field_validator("names")
    @classmethod
    def split(cls, v: str) -> str:
        return "|".join(part.strip() for part in v.split(","))

    @property
    def verify(self) -> bool | str:
        return self.ca or not self.debug


@lru_cache
def settings() -> Settings:
    return Settings()


class State(TypedDict):
    client: httpx.AsyncClient
    services: dict[str, str]


class Strict(BaseSettings):
    port: int
    mode: str = Field(min_length=3)


@asynccontextmanager
async def lifespan(app: FastAPI):
    s = settings()
    async with httpx.AsyncClient(base_url=str(s.directory_url), verify=s.verify, headers={"X-Key": s.api_key.get_secret_value()}) as client:
        try:
            services = (await client.get("/services")).raise_for_status().json()
        except httpx.HTTPError as exc:
            services = {"fallback": f"http://local.acme.example ({type(exc).__name__})"}
        yield {"client": client, "services": services}
    stopped.append(True)


stopped: list[bool] = []
app = FastAPI(lifespan=lifespan)


@app.get("/config")
def config(s: Annotated[Settings, Depends(settings)]):
    return {**s.model_dump(mode="json"), "key": repr(s.api_key), "verify": s.verify, "set": sorted(s.model_fields_set), "url": str(s.directory_url)}


@app.get("/services/{name}")
async def service(name: str, request: Request):
    services = request.state.services
    if name not in services:
        raise HTTPException(404, detail=sorted(services))
    r = await request.state.client.get(services[name], timeout=2)
    return r.json()


@app.get("/strict")
def strict():
    try:
        Strict(mode="x")
    except ValidationError as exc:
        return {"count": exc.error_count(), "title": exc.title, "errors": exc.errors(include_url=False, include_context=False), "text": str(exc).splitlines()[0]}
