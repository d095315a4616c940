import ssl

from fastapi import FastAPI
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

app = FastAPI()


def described(error, depth=0):
    kind = type(error)
    found = [{"class": f"{kind.__module__}.{kind.__qualname__}".replace("builtins.", ""), "message": str(error)}]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < 6:
        found += described(cause, depth + 1)
    return found


def loose():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


@app.get("/ask")
def ask(url: str, way: str = "plain"):
    options = {"loose": {"ssl": loose()}, "name": {"server_hostname": "attacker-owned.example"}}.get(way, {})
    try:
        with connect(url, additional_headers={"X-Ask": "ask-key-4"}, open_timeout=1.5, **options) as socket:
            socket.send("question")
            return {"got": socket.recv(), "protocol": socket.subprotocol}
    except InvalidStatus as error:
        return {"status": error.response.status_code, "text": str(error)}
    except Exception as error:
        return {"chain": described(error)}


@app.get("/talk")
def talk():
    found = []
    with connect("wss://oracle.sync.example/talk") as socket:
        for text in ("one", "two"):
            socket.send(text)
        found.append(socket.recv(timeout=1))
        for message in socket:
            found.append(message)
            break
        try:
            socket.recv(timeout=0.25)
        except TimeoutError as error:
            found.append(str(error))
        socket.close()
        try:
            socket.send("late")
        except ConnectionClosed as error:
            found.append([type(error).__name__, str(error)])
        try:
            socket.recv()
        except ConnectionClosed as error:
            found.append([type(error).__name__, str(error)])
    return found
