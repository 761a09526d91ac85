"""Alembic from the first table: bring a store of any earlier release to this one, in one transaction.

Alembic itself is imported when there is something to bring up: a store of this release is opened without it, by what
the migrations' files and the store's own table say.
"""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy import text as sql

from models.troubles import StoreRefused

if TYPE_CHECKING:
    from alembic.config import Config

_SCRIPTS: Final = Path(__file__).parent / "migrations"
_TABLE: Final = "alembic_version"
_REVISION: Final = re.compile(r'^revision = "(\w+)"$', re.MULTILINE)
MOVING: Final = "moving:"
"""How the revision begins of a place that a store is being copied to (models.transfer)."""
_DOWN: Final = re.compile(r'^down_revision = "(\w+)"$', re.MULTILINE)


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config


@cache
def _chain() -> dict[str, str | None]:
    """Each revision and the one before it, as the files say."""
    found: dict[str, str | None] = {}
    for file in sorted((_SCRIPTS / "versions").glob("*.py")):
        written = file.read_text(encoding="utf-8")
        before = _DOWN.search(written)
        if revision := _REVISION.search(written):
            found[revision[1]] = before[1] if before else None
    return found


def newest_revision() -> str:
    (newest,) = _chain().keys() - _chain().values()
    return newest


def revision_of(connection: Connection) -> str | None:
    """The revision a store stands at; None for one without our tables."""
    if not inspect(connection).has_table(_TABLE):
        return None
    found = connection.execute(sql(f"SELECT version_num FROM {_TABLE}")).scalar()  # noqa: S608 (our own name)
    return None if found is None else str(found)


def set_revision(connection: Connection, revision: str) -> None:
    connection.execute(sql(f"UPDATE {_TABLE} SET version_num = :revision"), {"revision": revision})  # noqa: S608


def is_current(engine: Engine) -> bool:
    """Whether the store is at this release. One of a later release, or that is still being copied to, raises
    StoreRefused."""
    with engine.connect() as connection:
        found = revision_of(connection)
    if found is None:
        return False
    if found.startswith(MOVING):
        raise StoreRefused("half_moved", path=engine.url.database)
    if found not in _chain():
        raise StoreRefused("newer_release", revision=found)
    return found == newest_revision()


def upgrade(connection: Connection) -> None:
    """Run every missing migration on an open connection, inside its transaction."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
