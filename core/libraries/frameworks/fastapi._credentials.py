# fastapi 0.115.11 security/http.py: what the utilities give to the endpoint.
from pydantic import BaseModel


class HTTPBasicCredentials(BaseModel):
    username: str
    password: str


class HTTPAuthorizationCredentials(BaseModel):
    scheme: str
    credentials: str
