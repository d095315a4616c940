"""A batch importer: CSV in, validation, concurrency bounded, partial results, report as file."""
import asyncio
import csv
import io
import logging
import statistics
from collections import Counter
from contextlib import asynccontextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import AsyncIterator, NamedTuple

import httpx
from fastapi import FastAPI, HTTPException, Request, UploadFile
from fastapi.responses import PlainTextResponse, StreamingResponse

logger = logging.getLogger("import")
app = FastAPI()


class Row(NamedTuple):
    line: int
    sku: str
    price: Decimal
    since: date

    @classmethod
    def parse(cls, line: int, raw: dict[str, str]) -> "Row":
        missing = {"sku", "price", "since"} - {k for k, v in raw.items() if v}
        if missing:
            raise ValueError(f"line {line}: missing {', '.join(sorted(missing))}")
        try:
            price = Decimal(raw["price"].replace(",", "."))
        except InvalidOperation:
            raise ValueError(f"line {line}: bad price {raw['price']!r}") from None
        return cls(line, raw["sku"].strip().upper(), price, date.fromisoformat(raw["since"]))


def parse(text: str) -> tuple[list[Row], list[str]]:
    rows, errors = [], []
    for number, raw in enumerate(csv.DictReader(io.StringIO(text), delimiter=";"), start=2):
        try:
            rows.append(Row.parse(number, raw))
        except ValueError as exc:
            errors.append(str(exc))
    return rows, errors


async def push(client: httpx.AsyncClient, row: Row, limit: asyncio.Semaphore) -> str:
    async with limit:
        response = await client.put(f"/products/{row.sku}", json={"price": str(row.price), "since": row.since.isoformat()}, headers={"X-Line": str(row.line)})
    if response.status_code == httpx.codes.CONFLICT:
        return "conflict"
    response.raise_for_status()
    return "created" if response.status_code == httpx.codes.CREATED else "updated"


@asynccontextmanager
async def pim(token: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url="https://pim.acme.example/api", headers={"Authorization": f"Bearer {token}"}, timeout=httpx.Timeout(2)) as client:
        yield client


@app.post("/import")
async def import_csv(request: Request, dry: bool = False):
    rows, errors = parse((await request.body()).decode("utf-8-sig"))
    if not rows:
        raise HTTPException(400, detail=errors or "empty")
    outcome: Counter[str] = Counter()
    if not dry:
        async with pim("pim-token-58") as client:
            results = await asyncio.gather(*(push(client, row, asyncio.Semaphore(1)) for row in rows[:1]), return_exceptions=True)
            for row in rows[1:]:
                try:
                    results.append(await push(client, row, asyncio.Semaphore(1)))
                except httpx.HTTPStatusError as exc:
                    results.append(exc)
                except httpx.TransportError as exc:
                    results.append(exc)
                    break
        outcome.update(r if isinstance(r, str) else type(r).__name__ for r in results)
    prices = [float(r.price) for r in rows]
    Path("report.txt").write_text("\n".join([f"{r.line:>3} {r.sku:<6} {r.price:>8.2f} {r.since:%d.%m.%Y}" for r in rows]))
    return {"rows": len(rows), "errors": errors, "outcome": outcome, "mean": round(statistics.fmean(prices), 3), "max": max(rows, key=lambda r: r.price).sku}


@app.get("/report", response_class=PlainTextResponse)
def report():
    path = Path("report.txt")
    if not path.exists():
        raise HTTPException(404, "no report")
    return path.read_text()


@app.get("/export")
def export():
    def lines():
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        for row in [("sku", "price"), ("A;1", 1.5), ('B"2', None)]:
            writer.writerow(row)
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate(0)
    return StreamingResponse(lines(), media_type="text/csv")
