"""Before the port answers anyone: run the frame once, then freeze what is in memory.

Trap 1 of design §6: with `pages/` beside the script, the first request to a fresh server, if a deep link, runs the page
file alone, until someone opened the root. Running the script once makes Streamlit forget the folder.
Trap of stack.md: Streamlit runs a full garbage collection after every run; frozen objects are left out of it, which
took 20 sessions from 8 to 47 reruns a second.
"""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Final

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.types import Message, Scope

from access import bootstrap, sessions
from loaders import apart
from loaders.drafts import forget_old_drafts
from locales import text
from locales.on_demand import import_everything
from models import Store, StoreRefused, settings
from models.account_settings import account_settings
from ui.server.gate import FIRST_RUN
from ui.server.logs import said
from ui.server.stopping import stop_gently
from ui.stores import store

_CHECK: Final[Scope] = {
    "type": "http",
    "asgi": {"version": "3.0"},
    "http_version": "1.1",
    "method": "GET",
    "scheme": "http",
    "path": "/_stcore/script-health-check",
    "root_path": "",
    "query_string": b"",
    "headers": [(b"host", b"127.0.0.1")],
    "client": ("127.0.0.1", 0),
    "server": ("127.0.0.1", 0),
    FIRST_RUN: True,
}

_TURN: Final = 10.0  # seconds
_HOURLY: Final = 360  # turns
_ON_DEMAND: Final = ("models", "access", "analysis", "charts", "exports", "exports.papers", "opendata")
"""Packages that hand out their names on demand; here all of it is imported before anyone waits, and frozen."""


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """The server's life. RuntimeError, and no server, when the frame cannot be drawn."""
    for package in _ON_DEMAND:
        import_everything(package)
    await first_run(app)
    await run_in_threadpool(apart.begin)
    await run_in_threadpool(prepare_accounts)
    tidying = asyncio.create_task(tidy())
    gc.collect()
    gc.freeze()
    stop_gently()
    try:
        yield
    finally:
        tidying.cancel()
        apart.end()


async def tidy() -> None:
    """What nobody waits for: sign-outs that the store could not be told of are told it, and drafts that have had their
    days are deleted, whose owners may never come back."""
    for turn in count():
        await _tried(sessions.end_unwritten)
        if turn % _HOURLY == 0:
            await _tried(forget_old_drafts)
        await asyncio.sleep(_TURN)


async def _tried(work: Callable[[Store], object]) -> None:
    with suppress(StoreRefused):  # every page says so; the next turn tries again
        await run_in_threadpool(lambda: work(store()))


async def first_run(app: st.App) -> None:
    """One request to the script's health check, handed to the app itself: the port is not open yet."""
    answered: list[Message] = []

    async def ask() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def hear(message: Message) -> None:
        answered.append(message)

    await app(dict(_CHECK), ask, hear)
    answer = b"".join(message.get("body", b"") for message in answered)
    if answer != b"ok":
        raise RuntimeError(f"script-health-check: {answer.decode()}")


def prepare_accounts() -> None:
    """Erase the records of old sign-ins; with local accounts and no administrator yet, write the one-time word for
    creating the first one to the log."""
    accounts = account_settings().accounts
    if not accounts:
        return
    try:
        opened = store()
        word = bootstrap.offer(opened) if "local" in accounts else None
        sessions.forget_old(opened)
    except StoreRefused as refused:
        said(refused.message(settings().language))
        return
    if word:
        said(text("accounts.first.logged", settings().language, word=word))
