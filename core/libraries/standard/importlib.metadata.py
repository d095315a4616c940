# importlib.metadata (Python 3.13 library reference): versions of what the simulation models.
_VERSIONS = {"fastapi": "0.115.11", "starlette": "0.46.1", "pydantic": "2.10.6", "httpx": "0.28.1", "httpcore": "1.0.7",
             "requests": "2.32.3", "urllib3": "2.3.0", "aiohttp": "3.11.16", "uvicorn": "0.32.0", "websockets": "15.0.1",
             "dnspython": "2.7.0", "certifi": "2025.1.31", "pydantic-settings": "2.8.1", "anyio": "4.8.0"}


class PackageNotFoundError(ModuleNotFoundError):
    def __str__(self):
        return f"No package metadata was found for {self.args[0]}"


def version(distribution_name):
    name = distribution_name.lower().replace("_", "-")
    if name not in _VERSIONS:
        raise PackageNotFoundError(distribution_name)
    return _VERSIONS[name]


def entry_points(**params):
    return ()
