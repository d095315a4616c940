"""WebSocket routes, the test client used inside, mounted applications."""
from fastapi import APIRouter, Depends, FastAPI, Query, Request, WebSocket, WebSocketDisconnect, WebSocketException, status
from fastapi.testclient import TestClient

app = FastAPI()
sub = FastAPI()


class Manager:
    def __init__(self):
        self.active: list[WebSocket] = []

    async def connect(self, ws: WebSocket):
        await ws.accept()
        self.active.append(ws)

    def disconnect(self, ws: WebSocket):
        self.active.remove(ws)

    async def broadcast(self, message: str):
        for ws in self.active:
            await ws.send_text(message)


manager = Manager()


async def token(ws: WebSocket, token: str | None = Query(None)):
    if token != "t":
        raise WebSocketException(code=status.WS_1008_POLICY_VIOLATION, reason="token")
    return token


@app.websocket("/ws/{room}")
async def room(ws: WebSocket, room: str, tok: str = Depends(token)):
    await manager.connect(ws)
    try:
        while True:
            data = await ws.receive_json()
            if data.get("end"):
                await ws.close(code=4000)
                break
            await manager.broadcast(f"{room}:{data['text']}")
    except WebSocketDisconnect as exc:
        manager.disconnect(ws)
        left.append(exc.code)


left: list[int] = []


@sub.get("/hello")
def hello(request: Request):
    return {"root": request.scope["root_path"], "url": str(request.url)}


app.mount("/sub", sub)


@app.get("/in-process")
def in_process():
    out = []
    with TestClient(app) as client:
        r = client.get("/sub/hello", headers={"X-A": "1"})
        out.append([r.status_code, r.json()])
        r = client.post("/sub/hello")
        out.append([r.status_code, r.json(), r.headers["allow"]])
        r = client.get("/missing", follow_redirects=False)
        out.append([r.status_code, r.text, r.is_success])
    return out + left
