"""Drafts: a file and what its owner has chosen and written about it on the desk, until it is handed in.

Only of a file that passed the preflight and the check for person-level data (`CheckedFile.screened`), and given to its
owner alone. Gone with the file's hand-in, on the owner's word, and DAYS after it was first kept.
"""

import json
from collections.abc import Mapping as Words
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update

from access import Actor, require
from access.tables import DRAFTS, after
from loaders.checked import CheckedFile, DeskRefused
from loaders.mapping.spec import Mapping
from models import Store, now

DAYS: Final = 7
MOST: Final = 5
"""Drafts one owner has at most: nobody fills the store with what may never be handed in."""
MOST_MB: Final = 20
"""The drop zone's limit; a fetched file may be larger."""
_SMALL: Final = ("sha256", "file", "reading", "mapping", "answers", "created_at")


@dataclass(frozen=True)
class OwnDraft:
    """A draft as its owner sees it. `reading`: a layout's key, `mapped`, or "" for as recognised. `answers`: what
    `write_answers` was given. `created_at`: UTC, ISO 8601."""

    sha256: str
    file: str
    reading: str
    mapping: Mapping | None
    answers: dict[str, Any]
    created_at: str

    @property
    def ends_at(self) -> str:
        """The moment from which it is shown to nobody: UTC, ISO 8601."""
        return after(self.created_at, days=DAYS)


def own_drafts(store: Store, owner: Actor) -> list[OwnDraft]:
    """The owner's drafts, oldest first. Raises Forbidden without the permission `upload`."""
    require(owner, "upload")
    columns = [DRAFTS.c[name] for name in _SMALL]
    query = select(*columns).where(DRAFTS.c.owner == owner.key, _in_time()).order_by(DRAFTS.c.id)
    with store.read() as connection:
        rows = connection.execute(query).mappings().all()
    return [
        OwnDraft(**{**row, "mapping": _mapping(row["mapping"]), "answers": json.loads(row["answers"])}) for row in rows
    ]


def draft_content(store: Store, owner: Actor, sha256: str) -> bytes | None:
    """The file of a draft of the owner's; None where there is none any longer."""
    require(owner, "upload")
    with store.read() as connection:
        found = connection.execute(select(DRAFTS.c.content).where(_own(owner, sha256), _in_time())).scalar_one_or_none()
    return None if found is None else bytes(found)


def keep_draft(
    store: Store,
    owner: Actor,
    checked: CheckedFile,
    before: OwnDraft | None,
    *,
    reading: str = "",
    mapping: Mapping | None = None,
) -> bool:
    """Keep a checked file as a draft, read as its owner wants it; whether it is kept. `before`: what is kept of it now.

    A file found to hold person-level data, or to be in the store already, is kept no longer either; one whose check
    came to no end stays as it was. Raises DeskRefused (too many drafts, too large a file), StoreRefused, Forbidden; the
    drafts are then as before."""
    require(owner, "upload")
    if checked.repeat or any(problem.rule == "person_data" for problem in checked.problems):
        if before:
            discard_draft(store, owner, checked.sha256)
        return False
    if not checked.screened:
        return before is not None
    if before and (before.file, before.reading, before.mapping) == (checked.file, reading, mapping):
        return True
    told = {"file": checked.file, "reading": reading, "mapping": mapping.model_dump_json() if mapping else ""}
    with store.write() as connection:
        connection.execute(delete(DRAFTS).where(~_in_time()))
        if not connection.execute(update(DRAFTS).where(_own(owner, checked.sha256)).values(told)).rowcount:
            _refuse_more(connection, owner, checked)
            connection.execute(
                insert(DRAFTS).values(
                    owner=owner.key,
                    sha256=checked.sha256,
                    **told,
                    answers="{}",
                    created_at=now(),
                    content=checked.content,
                )
            )
    return True


def write_answers(store: Store, owner: Actor, sha256: str, answers: Words[str, object]) -> None:
    """Put what the owner has written in their draft of the file, if there is one."""
    require(owner, "upload")
    told = json.dumps(answers, ensure_ascii=False)
    with store.write() as connection:
        connection.execute(update(DRAFTS).where(_own(owner, sha256)).values(answers=told))


def discard_draft(store: Store, owner: Actor, sha256: str) -> None:
    """Delete the owner's draft of the file: nothing of it is left in the store."""
    require(owner, "upload")
    with store.write() as connection:
        connection.execute(delete(DRAFTS).where(_own(owner, sha256)))


def drop_drafts(connection: Connection, sha256: str) -> None:
    """The file is handed in: nobody's draft of it is needed. Inside the caller's transaction."""
    connection.execute(delete(DRAFTS).where(DRAFTS.c.sha256 == sha256))


def forget_old_drafts(store: Store) -> int:
    """Delete everybody's drafts that have had their days; how many there were."""
    with store.read() as connection:
        if not connection.execute(select(func.count()).where(~_in_time())).scalar_one():
            return 0  # nobody has to wait for a writer
    with store.write() as connection:
        return connection.execute(delete(DRAFTS).where(~_in_time())).rowcount


def _in_time() -> ColumnElement[bool]:
    return DRAFTS.c.created_at > after(now(), days=-DAYS)


def _own(owner: Actor, sha256: str) -> ColumnElement[bool]:
    return and_(DRAFTS.c.owner == owner.key, DRAFTS.c.sha256 == sha256)


def _mapping(written: str) -> Mapping | None:
    try:
        return Mapping.model_validate_json(written) if written else None
    except ValueError:  # of another release: the owner makes it anew
        return None


def _refuse_more(connection: Connection, owner: Actor, checked: CheckedFile) -> None:
    if checked.size > MOST_MB * 1_000_000:
        raise DeskRefused("draft_too_large", limit=MOST_MB)
    held = select(func.count()).select_from(DRAFTS).where(DRAFTS.c.owner == owner.key)
    if connection.execute(held).scalar_one() >= MOST:
        raise DeskRefused("too_many_drafts", count=MOST)
