"""On PostgreSQL what grows with time can be spread out by region and period as it lies."""

import pytest
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from models import Store
from models.distribution import DISTRIBUTED, SPREAD_BY

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
