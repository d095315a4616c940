"""SSL_CERT_FILE for the internal CA; verify as path, as context, as bool."""
import ssl

import httpx
from fastapi import FastAPI

app = FastAPI()
INTERNAL = "https://vault.acme.example/v1/secret"
PUBLIC = "https://api.public.example/v1"


def get(url, **options):
    try:
        with httpx.Client(**options) as c:
            return c.get(url).json()
    except httpx.ConnectError as exc:
        return f"ConnectError: {exc}"
    except (OSError, TypeError, ValueError) as exc:
        return f"{type(exc).__name__}: {exc}"


@app.get("/env")
def env():
    return {"internal": get(INTERNAL), "public": get(PUBLIC), "no env": get(INTERNAL, trust_env=False),
            "public, no env": get(PUBLIC, trust_env=False)}


@app.get("/context")
async def context():
    ctx = ssl.create_default_context(cafile="certs/internal-ca.pem")
    loose = ssl.create_default_context()
    loose.check_hostname = False
    loose.verify_mode = ssl.CERT_NONE
    client_ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client_ctx.load_verify_locations("certs/internal-ca.pem")
    out = {}
    for name, value in {"ca": ctx, "loose": loose, "client": client_ctx}.items():
        async with httpx.AsyncClient(verify=value, headers={"X-Vault-Token": "hvs.ssl-7"}) as c:
            try:
                out[name] = (await c.get(INTERNAL)).json()
            except httpx.ConnectError as exc:
                out[name] = str(exc).split(":")[-1].strip()
    return out


@app.get("/path")
def path():
    return {"path": get(INTERNAL, verify="certs/internal-ca.pem"), "missing": get(INTERNAL, verify="certs/none.pem")}


@app.get("/cert")
def cert():
    ctx = ssl.create_default_context(cafile="certs/internal-ca.pem")
    ctx.load_cert_chain("certs/client.pem", "certs/client-key.pem")
    return {"with": get("https://mtls.acme.example/whoami", verify=ctx),
            "cert=": get("https://mtls.acme.example/whoami", verify="certs/internal-ca.pem", cert=("certs/client.pem", "certs/client-key.pem"))}


@app.get("/mode")
def mode():
    ctx = httpx.create_ssl_context()
    off = httpx.create_ssl_context(verify=False)
    return [ctx.verify_mode == ssl.CERT_REQUIRED, ctx.check_hostname, int(off.verify_mode), off.check_hostname]
