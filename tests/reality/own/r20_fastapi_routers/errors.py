from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse


class DomainError(Exception):
    def __init__(self, message: str, **context):
        super().__init__(message)
        self.context = context


def register(app: FastAPI) -> None:
    @app.exception_handler(DomainError)
    async def handle(request: Request, exc: DomainError):
        return JSONResponse(status_code=409, content={"message": str(exc), "path": request.url.path, **exc.context})

    @app.exception_handler(KeyError)
    async def missing(request: Request, exc: KeyError):
        return JSONResponse({"missing": exc.args[0]}, 404)
