"""What has been entered in a store, as numbers that change with every entry: the keys of everything that is kept.

A page asks dozens of times. During one of its runs they are read once, and again after a write through the same store
(what another process writes meanwhile is seen by the next run); whoever decides something asks the store anew.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, NamedTuple

from sqlalchemy import Connection
from sqlalchemy import text as sql

_NEWEST: Final = ("publication", "remark", "typed_base", "audited_group", "target", "upload")
_COUNTED: Final = ("audit", "no_reply", "recommendation")
_EACH: Final = [f"coalesce(max(id), 0) FROM {one}" for one in _NEWEST] + [f"count(*) FROM {one}" for one in _COUNTED]
_ASKED: Final = sql("SELECT " + ", ".join(f"(SELECT {one})" for one in _EACH))


class Versions(NamedTuple):
    """`data` grows with everything that changes a figure or its judgement; `publication`: the latest publication,
    withdrawal or restoration, 0 before the first; `targets` grows with every target entered, corrected or withdrawn;
    one of `entered` with every audit, missing reply and recommendation; `upload` with every file that came in."""

    data: int
    publication: int
    targets: int
    entered: tuple[int, int]
    upload: int


def versions_in(connection: Connection) -> Versions:
    """The versions as this connection sees them."""
    counted = connection.execute(_ASKED).one()
    publication, remark, base, group, target, upload, audits, missing, recommendations = counted
    entered = (audits + missing, recommendations)
    return Versions(publication + remark + base + group, publication, target, entered, upload)


_READ: ContextVar[dict[int, tuple[int, Versions]] | None] = ContextVar("versions read in this run", default=None)


@contextmanager
def one_run() -> Iterator[None]:
    """The time of one run of a page that shows what is published."""
    token = _READ.set({})
    try:
        yield
    finally:
        _READ.reset(token)


def read_once(store: int, writes: int, ask: Callable[[], Versions]) -> Versions:
    """The versions of the store (its identity) that this run has read since its `writes`th write, else what `ask` says
    now."""
    read = _READ.get()
    if read is None:
        return ask()
    if store not in read or read[store][0] != writes:
        read[store] = (writes, ask())
    return read[store][1]
