"""Stores of every released schema, with rows in all their tables: brought up they hold the same, and a step that fails
leaves them as they were."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, event, inspect
from sqlalchemy import text as sql

from models import Store, open_store
from models.migrate import _chain, _config, newest_revision, revision_of
from models.schema import changed_schema
from tests.models.test_upgrades import back_to

GOLDEN = Path(__file__).with_name("golden.sql").read_text("utf-8")
SHA256 = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"  # of the byte "a"
_INSERT = re.compile(r"INSERT INTO (\w+) \((.*?)\) VALUES.*?;\n", re.DOTALL)


def in_order() -> list[str]:
    following = {before: revision for revision, before in _chain().items()}
    found, at = [], following.get(None)
    while at:
        found.append(at)
        at = following.get(at)
    return found


REVISIONS = in_order()


def golden(store: Store, revision: str) -> dict[str, str]:
    """An earlier release's store with its rows; each table's columns that were filled in."""
    back_to(store, revision)
    columns: dict[str, str] = {}
    byte = "X'61'" if store.is_sqlite else r"'\x61'"
    with store.write() as connection:
        for part in GOLDEN.split("-- since ")[1:]:
            if REVISIONS.index(part[:4]) <= REVISIONS.index(revision):
                for insert in _INSERT.finditer(part):
                    written = insert[0].format(bytes=byte, sha256=SHA256, zeros="0" * 64)
                    connection.exec_driver_sql(written.replace("%", "%%"))
                    columns[insert[1]] = insert[2]
    return columns


def rows(connection: Connection, columns: dict[str, str]) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table: [tuple(row) for row in connection.execute(sql(f"SELECT {names} FROM {table} ORDER BY 1"))]
        for table, names in columns.items()
    }


def as_it_is(store: Store, columns: dict[str, str]) -> dict[str, Any]:
    """All that a migration could have changed: rows, and the tables as the database tells of them."""
    with store.read() as connection:
        told = inspect(connection)
        ways = (told.get_columns, told.get_indexes, told.get_check_constraints, told.get_unique_constraints)
        tables = sorted(told.get_table_names())
        schema = {
            (table, way.__name__): re.sub(" at 0x[0-9a-f]+", "", repr(way(table)))
            for way in (*ways, told.get_pk_constraint)
            for table in tables
        }
        return {"rows": rows(connection, columns), "schema": schema, "revision": revision_of(connection)}


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_store_of_every_release_holds_the_same_when_it_has_been_brought_up(store: Store, revision: str) -> None:
    columns = golden(store, revision)
    with store.read() as connection:
        before = rows(connection, columns)
    opened = open_store()
    with opened.read() as connection:
        after = rows(connection, columns)
        assert (revision_of(connection), changed_schema(connection, is_sqlite=store.is_sqlite)) == (
            newest_revision(),
            [],
        )
    opened.close()
    sealed = after.get("audit_event", [])[len(before.get("audit_event", [])) :]
    assert {row[2] for row in sealed} <= {"upload.sealed"}
    after["audit_event"] = after.get("audit_event", [])[: len(before.get("audit_event", []))]
    before.setdefault("audit_event", [])
    assert after == before


class Broken(Exception):
    """What a disk or a server says in the middle of a migration."""


@contextmanager
def broken_at(engine: Engine, step: int) -> Iterator[list[int]]:
    """The statement of this number that changes anything fails; how many there were."""
    count = [0]

    def counted(*given: Any) -> None:
        if not re.match(r"\s*(SELECT|PRAGMA)\b", given[2], re.IGNORECASE):
            count[0] += 1
            if count[0] == step:
                raise Broken

    event.listen(engine, "before_cursor_execute", counted)
    try:
        yield count
    finally:
        event.remove(engine, "before_cursor_execute", counted)


def step_up(store: Store, revision: str) -> None:
    with store.write(rebuild=True) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


@pytest.mark.parametrize(("revision", "following"), list(pairwise(REVISIONS)))
def test_a_migration_that_fails_at_any_step_leaves_the_store_as_it_was(
    store: Store, revision: str, following: str
) -> None:
    columns = golden(store, revision)
    before = as_it_is(store, columns)
    step = 0
    while True:
        step += 1
        with broken_at(store.engine, step) as steps:
            try:
                step_up(store, following)
            except Broken:
                assert as_it_is(store, columns) == before
                continue
            break
    assert steps[0] == step - 1 > 0
    with store.read() as connection:
        assert (revision_of(connection), rows(connection, columns)) == (following, before["rows"])
