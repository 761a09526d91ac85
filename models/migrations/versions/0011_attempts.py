"""Attempts to sign in, counted by all processes together."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.Float(), nullable=False),
        sa.CheckConstraint("length(key) = 64", name="attempt_key"),
        sa.CheckConstraint("tries > 0", name="attempt_tries"),
    )
