from fastapi import FastAPI

app = FastAPI()


@app.get("/invoice/{number}")
async def invoice(number: int):
    return {"number": number, "sum": 12}
