"""Addresses for who watches over the process: is it alive, may it be sent readers, what has it counted. Without session
and cookie; what they tell is in no page."""

import asyncio
import hmac
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from models import StoreRefused
from models.account_settings import account_settings
from models.migrate import is_current
from ui.server.stopping import WORK
from ui.stores import store

ADDRESSES: Final = ("/healthz", "/readyz", "/metrics")
_PATIENCE: Final = 5.0  # seconds for the store to answer
_FRESH: Final = {"Cache-Control": "no-store"}


async def alive(_request: Request) -> Response:
    """200 as long as the process answers at all."""
    return PlainTextResponse("ok\n", headers=_FRESH)


async def ready(_request: Request) -> Response:
    """200 where readers may be sent here; 503 and why not: stopping, store (out of reach), schema (of another
    release)."""
    why = "stopping" if WORK.stopping else await _trouble()
    answer = {"ready": not why, **({"why": why} if why else {})}
    return JSONResponse(answer, status_code=503 if why else 200, headers=_FRESH)


async def _trouble() -> str:
    try:
        return await asyncio.wait_for(run_in_threadpool(_of_the_store), _PATIENCE)
    except TimeoutError:
        return "store"


def _of_the_store() -> str:
    try:
        opened = store()
        with opened.read():  # another file, or none, in the store's place
            return "" if is_current(opened.engine) else "schema"
    except StoreRefused as refused:
        return "schema" if refused.reason == "newer_release" else "store"
    except SQLAlchemyError:
        return "store"


async def metrics(request: Request) -> Response:
    """What the process has counted, for who knows DASHBOARD_METRICS_TOKEN; 404 where none is set."""
    token = account_settings().metrics_token.get_secret_value()
    if not token:
        return PlainTextResponse("", status_code=404)
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    if kind.casefold() != "bearer" or not hmac.compare_digest(given.encode(), token.encode()):
        return PlainTextResponse("", status_code=401, headers={"WWW-Authenticate": "Bearer", **_FRESH})
    return Response(await run_in_threadpool(generate_latest), media_type=CONTENT_TYPE_LATEST, headers=_FRESH)


ROUTES: Final = [Route(path, answer) for path, answer in zip(ADDRESSES, (alive, ready, metrics), strict=True)]
