from functools import lru_cache
from typing import Annotated, Optional
from pydantic import BaseModel, Field, SecretStr, AliasChoices, ValidationError, HttpUrl
from pydantic_settings import BaseSettings, SettingsConfigDict
def t(f, *a, **k):
    try:
        print(repr(f(*a, **k)))
    except Exception as e:
        print(type(e).__name__, str(e))
class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file="settings.env", extra="ignore")
    docs_url: str = "https://docs.partner.example"
    docs_token: SecretStr
    verify_tls: bool = True
    timeout: float = Field(10.0, gt=0)
    quoted: str = ""
    single: str = ""
    plain: str = ""
    exported: int = 0
    interp: str = ""
@lru_cache
def get_settings() -> Settings:
    return Settings()
print(get_settings(), get_settings().model_dump(mode="json"), get_settings().docs_token.get_secret_value())
class DB(BaseModel):
    host: str = "h"
    port: int = 1
class S2(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_", env_nested_delimiter="__")
    debug: bool = False
    db: DB = DB()
    tags: list[str] = []
    key: str = Field("k", validation_alias=AliasChoices("MY_KEY", "OTHER"))
    url: Optional[HttpUrl] = None
t(S2); t(S2, debug="yes", db={"port": 9})
class S3(BaseSettings):
    api_key: str
    port: int
t(S3); t(S3, api_key="x", port="q"); t(S3, api_key="x", port=1, nope=2)
class S4(BaseSettings):
    model_config = SettingsConfigDict(env_file="settings.env")
    docs_token: str
t(S4)
class S5(BaseSettings):
    tags: list[str]
    class Config:
        env_prefix = "BAD_"
t(S5)
