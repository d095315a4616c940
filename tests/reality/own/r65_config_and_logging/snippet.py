"""Configuration from files and the environment, logging captured, feature flags fetched and cached."""
import functools
import json
import logging
import logging.config
import os
import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import SimpleNamespace

import httpx
from fastapi import Depends, FastAPI, HTTPException

records: list[str] = []


class Keep(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        records.append(self.format(record))


logger = logging.getLogger("app.flags")
handler = Keep(level=logging.INFO)
handler.setFormatter(logging.Formatter("{levelname}:{name}:{message}", style="{"))
logging.getLogger("app").addHandler(handler)
logging.getLogger("app").setLevel(logging.DEBUG)


@dataclass
class Config:
    flags_url: str
    timeout: float = 1.0
    verify: bool | str = True
    tags: list[str] = field(default_factory=list)

    @classmethod
    def load(cls, path: str = "config.json") -> "Config":
        raw = json.loads(Path(path).read_text(encoding="utf-8"))
        for f in fields(cls):
            env = os.environ.get(f"APP_{f.name.upper()}")
            if env is not None:
                raw[f.name] = cls.convert(f.name, env)
        unknown = raw.keys() - {f.name for f in fields(cls)}
        if unknown:
            logger.warning("unknown settings: %s", ", ".join(sorted(unknown)))
        return cls(**{k: v for k, v in raw.items() if k not in unknown})

    @staticmethod
    def convert(name: str, text: str):
        if re.fullmatch(r"\d+(\.\d+)?", text):
            return float(text)
        return {"true": True, "false": False}.get(text.lower(), text)


@functools.cache
def config() -> Config:
    return Config.load()


flags = SimpleNamespace(values={}, etag=None)
app = FastAPI()


def refresh(cfg: Config = Depends(config)) -> dict:
    headers = {"If-None-Match": flags.etag} if flags.etag else {}
    try:
        with httpx.Client(timeout=cfg.timeout, verify=cfg.verify) as client:
            r = client.get(cfg.flags_url, headers=headers)
        if r.status_code == httpx.codes.NOT_MODIFIED:
            logger.debug("not modified")
        else:
            flags.values, flags.etag = r.raise_for_status().json(), r.headers.get("ETag")
            logger.info("loaded %d flags", len(flags.values), extra={"x": 1})
    except httpx.HTTPError as exc:
        logger.error("flags: %s", type(exc).__name__)
        if not flags.values:
            raise HTTPException(503, "no flags")
    except ValueError:
        logger.exception("bad flags")
        raise HTTPException(502)
    return flags.values


@app.get("/flag/{name}")
def flag(name: str, values: dict = Depends(refresh)):
    match values.get(name):
        case None:
            raise HTTPException(404, name)
        case bool(on):
            return {"on": on}
        case {"percent": int(p) | float(p)}:
            return {"on": p >= 50, "percent": p}
        case other:
            return {"raw": other}


@app.get("/state")
def state():
    return {"config": vars(config()), "records": [r.splitlines()[0] for r in records], "etag": flags.etag, "effective": logger.getEffectiveLevel(), "parent": logger.parent.name, "cache": config.cache_info().hits > 0}
