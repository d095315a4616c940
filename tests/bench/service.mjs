// FastAPI services of a wanted length, always the same: what the benchmark measures. A service is a head,
// then blocks of a model, a helper or a dependency, and a route with an outbound call, as people write them.
const HEAD = `import os
import logging
from typing import Optional

import httpx
import requests
from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel, Field

app = FastAPI(title="orders")
log = logging.getLogger(__name__)

API_KEY = os.environ.get("API_KEY", "key-1001")
BASE = os.environ.get("BASE_URL", "https://api.payment-provider.com")
session = requests.Session()
session.headers["X-Api-Key"] = API_KEY


def require_token(authorization: Optional[str] = Header(default="Bearer caller-1001")):
    if not authorization:
        raise HTTPException(status_code=401, detail="token missing")
    return authorization.removeprefix("Bearer ")

`;

function block(n) {
  const call = n % 3;
  const lines = [
    '',
    `class Order${n}(BaseModel):`,
    '    number: int = Field(ge=1)',
    '    currency: str = "EUR"',
    '    lines: list[str] = []',
    '',
    '',
    `def total_${n}(prices: list[float]) -> float:`,
    '    total = 0.0',
    '    for price in prices:',
    '        total += price if price > 0 else 0.0',
    '    return round(total, 2)',
    '',
    '',
  ];
  if (call === 0) {
    lines.push(
      `@app.get("/orders/${n}/{number}")`,
      `async def read_${n}(number: int, token: str = Depends(require_token)):`,
      `    async with httpx.AsyncClient(base_url=BASE, timeout=5.0${n % 6 === 3 ? ', verify=False' : ''}) as client:`,
      '        try:',
      `            answer = await client.get(f"/v1/orders/{number}", headers={"Authorization": f"Bearer {token}"})`,
      '            answer.raise_for_status()',
      '        except httpx.HTTPStatusError as exc:',
      '            raise HTTPException(status_code=exc.response.status_code, detail="upstream")',
      '        except httpx.RequestError:',
      '            return {"error": "unavailable"}',
      `    return {"number": number, "total": total_${n}([1.5, 2.25])}`,
      '');
  } else if (call === 1) {
    lines.push(
      `@app.post("/orders/${n}")`,
      `def create_${n}(order: Order${n}):`,
      '    try:',
      `        answer = session.post(f"{BASE}/v1/orders", json=order.model_dump(), timeout=4)`,
      '    except requests.RequestException as exc:',
      '        log.warning("failed: %s", exc)',
      '        raise HTTPException(status_code=502, detail="payment provider")',
      '    return {"status": answer.status_code, "order": order.number}',
      '');
  } else {
    lines.push(
      `@app.get("/rates/${n}")`,
      `async def rates_${n}(currency: str = "EUR"):`,
      '    async with httpx.AsyncClient() as client:',
      `        answer = await client.get("http${n % 6 === 5 ? '' : 's'}://rates.bank.example/latest", params={"base": currency})`,
      '    data = answer.json()',
      `    return {"base": currency, "rate": data.get("rate"), "total": total_${n}([3.0])}`,
      '');
  }
  return lines.join('\n');
}

/** A service of about so many lines; never without an endpoint. */
export function service(lines) {
  let text = HEAD;
  for (let n = 0; ; n += 1) {
    const more = text + block(n) + '\n';
    if (n > 0 && more.split("\n").length > lines + 1) break;
    text = more;
  }
  return text;
}
