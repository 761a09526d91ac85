"""On PostgreSQL the keys of what grows with time hold region and period, so that it can be spread out by them. SQLite
stays as it is.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_UNIQUE = {
    "observation": ("upload_id", "indicator", "region", "care_unit", "period", "sex", "age", "period_start"),
    "service_offer": ("upload_id", "unit", "service", "period", "region", "period_start"),
    "phone_profile": ("upload_id", "indicator", "region", "period", "weekday", "hour", "period_start"),
}


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    for table, columns in _UNIQUE.items():
        op.execute(
            f"ALTER TABLE {table} DROP CONSTRAINT {table}_pkey, DROP CONSTRAINT {table}_key, "
            f"ADD CONSTRAINT {table}_pkey PRIMARY KEY (region, period_start, id), "
            f"ADD CONSTRAINT {table}_key UNIQUE ({', '.join(columns)})"
        )
