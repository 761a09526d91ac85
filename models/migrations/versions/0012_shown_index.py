"""Figures are looked up among those the pages show: care units' by the million are left out of the index."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_SHOWN = sa.text("care_unit = '' AND age = 'all'")


def upgrade() -> None:
    op.drop_index("observation_lookup", "observation")
    op.create_index(
        "observation_lookup",
        "observation",
        ["indicator", "period", "region", "sex", "upload_id"],
        sqlite_where=_SHOWN,
        postgresql_where=_SHOWN,
    )
