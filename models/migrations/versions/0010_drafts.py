"""Drafts of the upload desk."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), primary_key=True),
        _text("owner"),
        _text("sha256"),
        _text("file"),
        _text("reading"),
        _text("mapping"),
        _text("answers"),
        _text("created_at"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("owner", "sha256", name="draft_of_owner"),
        sa.CheckConstraint("length(owner) > 0", name="draft_owner"),
        sa.CheckConstraint("length(sha256) = 64", name="draft_sha256"),
    )
