"""The process that checks files for the server: one file at a time, under limits of time and memory."""

import os
import resource
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import IO, Any, Final

import polars as pl
from sqlalchemy.exc import DatabaseError

from analysis import Preview, what_would_change
from indicators import catalogue
from loaders.apart.codec import receive, send
from loaders.check import check_file, check_staged
from loaders.checked import DeskRefused
from loaders.formats import Document, Unreadable, read_document
from loaders.mapping import Proposal, propose
from loaders.surroundings import Excerpt, excerpts
from models import Store, StoreRefused, settings

_ENVIRONMENT: Final = ("DATABASE_URL", "DASHBOARD_")


def _check_file(store: Store | None, name: str, content: bytes, **how: Any) -> object:
    return replace(check_file(store, name, content, **how), content=b"")  # whoever asked has them


def _proposal(_: Store | None, content: bytes) -> tuple[Document, Proposal] | None:
    try:
        document = read_document(content)
    except Unreadable:
        return None
    return document, propose(document, catalogue())


def _preview(store: Store | None, observations: pl.DataFrame, records: dict[str, pl.DataFrame], **how: Any) -> Preview:
    assert store
    return what_would_change(store, observations, records, **how)


def _excerpts(_: Store | None, content: bytes, asked: tuple[tuple[str, str], ...]) -> tuple[Excerpt, ...]:
    return excerpts(content, asked)


WORK: Final[dict[str, Callable[..., object]]] = {
    "check_file": _check_file,
    "check_staged": check_staged,
    "proposal": _proposal,
    "preview": _preview,
    "excerpts": _excerpts,
}
"""What can be asked for."""


def environment() -> dict[str, str]:
    """The settings of whoever asks, which may have been changed since this process began."""
    return {name: value for name, value in os.environ.items() if name.startswith(_ENVIRONMENT)}


def _under(limits: dict[str, str]) -> None:
    for name in environment():
        del os.environ[name]
    os.environ.update(limits)
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + settings().read_seconds + 1
    # The caller's clock stops the work; this one counts every thread's time, and stops what has lost its caller.
    _limit(resource.RLIMIT_CPU, seconds * (os.cpu_count() or 1))
    _limit(resource.RLIMIT_AS, settings().check_memory_mb * 1_000_000)
    _limit(resource.RLIMIT_CORE, 0)


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def serve(asked: IO[bytes], answers: IO[bytes]) -> None:
    """Until the one who asks has gone."""
    while True:
        try:
            request = receive(asked)
        except EOFError:
            return
        _under(request["environment"])
        url = request["store"]
        store = Store(url) if url else None
        send(answers, _answer(request, store))
        if store:
            store.close()


def _answer(request: dict[str, Any], store: Store | None) -> dict[str, object]:
    """{"answer": …}, or what kept the work from being done: a refusal (its words' key and values), or the store's own
    complaint. Anything else ends this process, and is a fault of the file."""
    try:
        return {"answer": WORK[request["work"]](store, *request["given"], **request["how"])}
    except (DeskRefused, StoreRefused) as refused:
        return {"refused": type(refused).__name__, "because": list(refused.args)}
    except DatabaseError as error:
        return {"store": str(error.orig)}


def main() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    catalogue()
    serve(sys.stdin.buffer, answers)
