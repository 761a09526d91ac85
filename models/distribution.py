"""Which tables a distributed PostgreSQL spreads out, and by what: Citus by region, PostgreSQL itself by period.

Both ask that every key of such a table holds what it is spread by; every other table is a reference table, whole
wherever it is read (docs/operations.md). SQLite keeps its rowid and the shorter keys.
"""

from typing import Final

DISTRIBUTED: Final = ("observation", "service_offer", "phone_profile")
"""The tables with a row per region and period: all that grows with time."""
SPREAD_BY: Final = ("region", "period_start")
"""The columns in every key of theirs. `id` stays unique by its one sequence."""
