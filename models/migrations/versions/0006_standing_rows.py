"""Which row stands: whether a publication's rows stand with less evidence, and how exact the table of a figure is.

Of figures stored before it the decimals are counted from their values: the most of the same upload, indicator and
period, or of the upload's indicator where the period has fewer than five values.
"""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0007"
branch_labels = None
depends_on = None

_ENOUGH = 5
_MOST = 6
_AT_A_TIME = 10_000


def upgrade() -> None:
    op.add_column("publication", sa.Column("replace_evidence", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("observation", sa.Column("decimals", sa.Integer(), nullable=False, server_default="0"))
    connection = op.get_bind()
    for upload in connection.execute(sa.text("SELECT id FROM upload ORDER BY id")).scalars().all():
        _count_decimals(connection, upload)


def _count_decimals(connection: sa.Connection, upload: int) -> None:
    query = sa.text("SELECT id, indicator, period, value FROM observation WHERE upload_id = :upload")
    rows = connection.execute(query, {"upload": upload}).all()
    most: defaultdict[tuple[str, str], int] = defaultdict(int)
    values: defaultdict[tuple[str, str], int] = defaultdict(int)
    for _, indicator, period, value in rows:
        if value is not None:
            values[indicator, period] += 1
            for table in ((indicator, period), (indicator, "")):
                most[table] = max(most[table], _decimals(value))
    told = []
    for row, indicator, period, _ in rows:
        enough = values[indicator, period] >= _ENOUGH
        told.append({"id": row, "decimals": most[(indicator, period) if enough else (indicator, "")]})
    update = sa.text("UPDATE observation SET decimals = :decimals WHERE id = :id")
    exact = [row for row in told if row["decimals"]]
    for start in range(0, len(exact), _AT_A_TIME):
        connection.execute(update, exact[start : start + _AT_A_TIME])


def _decimals(value: float) -> int:
    written = f"{value:.{_MOST}f}".rstrip("0")
    return len(written.partition(".")[2])
