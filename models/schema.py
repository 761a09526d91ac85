"""The triggers and indexes of a store, against what the migrations of this release make.

A trigger that is gone lets the log be rewritten; one that is only disabled, or an index of another kind, looks whole
from afar.
"""

from typing import Final

from sqlalchemy import Connection, create_engine
from sqlalchemy import text as sql

from models.migrate import upgrade

_MADE: Final = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'index') AND sql IS NOT NULL"
_NO_UPDATE: Final = "_no_update"
"""How SQLite's triggers against changes are named; PostgreSQL has one for all, `<table>_append_only`."""
_PG_INDEXES: Final = "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()"
_PG_TRIGGERS: Final = """
SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
 AND t.tgenabled IN ('O', 'A') AND p.prosrc LIKE '%RAISE EXCEPTION%append-only%'
"""


def changed_schema(connection: Connection, *, is_sqlite: bool) -> list[str]:
    """The triggers and indexes that are missing, of another kind, or nobody's, by name."""
    wanted = _wanted()
    if is_sqlite:
        found = _of_sqlite(connection)
        return sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    triggers = {name.removesuffix(_NO_UPDATE) + "_append_only" for name in wanted if name.endswith(_NO_UPDATE)}
    indexes = {name for name, (kind, _) in wanted.items() if kind == "index"}
    there = {*connection.execute(sql(_PG_INDEXES)).scalars(), *connection.execute(sql(_PG_TRIGGERS)).scalars()}
    return sorted((triggers | indexes) - there)


def _wanted() -> dict[str, tuple[str, str]]:
    """Name → kind and definition, as a new store has them."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        upgrade(connection)
        made = _of_sqlite(connection)
    engine.dispose()
    return made


def _of_sqlite(connection: Connection) -> dict[str, tuple[str, str]]:
    return {name: (kind, " ".join(made.split())) for kind, name, made in connection.execute(sql(_MADE))}
