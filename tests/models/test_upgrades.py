"""A store of an earlier release opens in this one, with every row as it was."""

from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from access import LOCAL_CLI
from analysis import compare_regions
from analysis.followup import every_reply, reply_cell
from loaders import withdraw_upload
from models import Store, open_store
from models.migrate import _chain, _config, newest_revision, revision_of
from tests.models.test_store import OBSERVATION, UPLOAD, insert

OLD_PUBLICATION = {
    "upload_id": 1,
    "action": "published",
    "at": "2026-03-01T10:00:00Z",
    "by": "lokal operatör (CLI)",
    "note": "x",
}
COLUMNS = {
    "upload": ", ".join(UPLOAD),
    "observation": ", ".join(f'"{name}"' for name in OBSERVATION),
    "publication": 'upload_id, action, at, "by", note',
}

APPEND_ONLY = (
    "publication",
    "audit_event",
    "target",
    "audit",
    "recommendation",
    "remark",
    "typed_base",
    "audited_group",
    "no_reply",
)


def back_to(store: Store, revision: str) -> None:
    """An empty store as the release with this revision left it."""
    with store.write() as connection:
        for table in reversed(SQLModel.metadata.sorted_tables):
            connection.execute(sql(f"DROP TABLE {table.name}"))
        for name in () if store.is_sqlite else APPEND_ONLY:
            connection.execute(sql(f"DROP FUNCTION {name}_append_only"))
        connection.execute(sql("DELETE FROM alembic_version"))
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def rows(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table: [tuple(row) for row in connection.execute(sql(f"SELECT {names} FROM {table} ORDER BY id"))]
        for table, names in COLUMNS.items()
    }


REPLY = {
    "upload_id": 1,
    "audit": "norrbotten-2021",
    "number": 1,
    "region": "25",
    "status": "answered",
    "replied": "2021-10-04",
    "row": 18,
    "col": 2,
}


@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004", "0005"])
def test_a_store_of_an_earlier_release_keeps_every_row(any_store: Store, revision: str) -> None:
    back_to(any_store, revision)
    with any_store.write() as connection:
        for table, row in (("upload", UPLOAD), ("observation", OBSERVATION), ("publication", OLD_PUBLICATION)):
            insert(connection, table, row)
        if revision >= "0004":
            insert(connection, "reply", REPLY)
        before = rows(connection)
    opened = open_store()
    with opened.read() as connection:
        assert rows(connection) == before
        assert revision_of(connection) == newest_revision()
    assert compare_regions(opened, "trust_overall").rows["value"].to_list() == [62.9]
    # Before 0005 a reply knew the cell of its status only.
    told = [(one["status"], reply_cell(one, "how")) for one in every_reply(opened).to_dicts()]
    assert told == ([("answered", "B18")] if revision >= "0004" else [])
    withdraw_upload(opened, 1, by=LOCAL_CLI, note="prov")
    assert compare_regions(opened, "trust_overall").rows.is_empty()
    opened.close()


def test_the_chain_read_from_the_files_is_alembics_own() -> None:
    """Opening a store of this release asks the files, so as not to wait for Alembic."""
    scripts = ScriptDirectory.from_config(_config())
    assert _chain() == {script.revision: script.down_revision for script in scripts.walk_revisions()}
    assert newest_revision() == scripts.get_current_head()
