"""On PostgreSQL what grows with time can be spread out by region and period as it lies."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from access import LOCAL_CLI
from loaders import check_file, publish_file
from models import Store
from models.digests import stored_digest
from models.distribution import DISTRIBUTED, SPREAD_BY
from models.seals import seals
from models.transfer import contents
from tests.commands.conftest import Ran

pytestmark = pytest.mark.postgresql

_KEYS = """
SELECT t.relname, i.indisprimary, array_agg(a.attname ORDER BY k.place)
FROM pg_index i
JOIN pg_class t ON t.oid = i.indrelid
CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
WHERE i.indisunique AND t.relnamespace = current_schema()::regnamespace AND NOT t.relispartition
GROUP BY t.relname, i.indexrelid, i.indisprimary
"""
_REFERRED_TO = """
SELECT DISTINCT confrelid::regclass::text FROM pg_constraint
WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND conparentid = 0
"""


def test_every_key_of_a_table_that_is_spread_out_holds_region_and_period(store: Store) -> None:
    with store.read() as connection:
        keys = connection.execute(sql(_KEYS)).all()
        referred_to = set(connection.execute(sql(_REFERRED_TO)).scalars())
    primary = {table: columns for table, is_primary, columns in keys if is_primary}
    assert {table for table in primary if set(SPREAD_BY) <= set(primary[table])} == set(DISTRIBUTED)
    assert [primary[table] for table in DISTRIBUTED] == [[*SPREAD_BY, "id"]] * len(DISTRIBUTED)
    assert [columns for table, _, columns in keys if table in DISTRIBUTED and not set(SPREAD_BY) <= set(columns)] == []
    # What is not spread out is whole everywhere: it alone may be referred to.
    assert referred_to
    assert not referred_to & set(DISTRIBUTED)
    grows = {name for name, table in SQLModel.metadata.tables.items() if set(SPREAD_BY) <= set(table.columns.keys())}
    assert grows == set(DISTRIBUTED)


def plan(store: Store, query: str) -> str:
    with store.read() as connection:
        return "\n".join(connection.exec_driver_sql(f"EXPLAIN {query}").scalars())


def test_partitioned_by_year_as_documented_the_store_says_the_same_and_reads_one_year(
    own_sample_store: Store, run: Callable[..., Ran], project: Path
) -> None:
    store = own_sample_store
    (steps,) = re.findall(r"```sql\n(.*?)```", (project / "docs" / "operations.md").read_text("utf-8"), re.DOTALL)
    with store.read() as connection:
        held = contents(connection)
    shown = run("compare", "trust_overall", "--json").out
    with store.write() as connection:
        connection.exec_driver_sql(steps.replace("%", "%%"))
    with store.read() as connection:
        assert contents(connection) == held
        keys = connection.execute(sql(_KEYS)).all()
    assert {tuple(columns)[:2] for table, primary, columns in keys if table == "observation" and primary} == {SPREAD_BY}
    one_year = plan(
        store, "SELECT * FROM observation WHERE indicator = 'trust_overall' AND period_start = '2020-01-01'"
    )
    assert set(re.findall(r"observation_(\d{4}|other)", one_year)) == {"2020"}
    every = plan(store, "SELECT * FROM observation WHERE indicator = 'trust_overall'")
    assert {"2009", "2020", "other"} <= set(re.findall(r"on observation_(\d{4}|other)", every))
    assert (run("compare", "trust_overall", "--json").out, run("doctor").code) == (shown, 0)
    row = "Indikator;Region;Period;Värde\nlogins;Norrbotten;2025-01;5\n".encode()
    published = publish_file(store, check_file(store, "b.csv", row), by=LOCAL_CLI, accept_warnings=True, note="ny")
    with store.read() as connection:
        assert stored_digest(connection, published.upload_id) in str(seals(connection)[published.upload_id])
