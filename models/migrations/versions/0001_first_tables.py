"""The first tables: upload, observation, publication."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_REASONS = "'missing', 'not_reported', 'not_applicable', 'confidential', 'masked', 'invalid', 'deleted_by_source'"


def upgrade() -> None:
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("layout", sa.String(), nullable=False),
        sa.Column("uploaded_at", sa.String(), nullable=False),
        sa.Column("uploaded_by", sa.String(), nullable=False),
        sa.Column("observations", sa.Integer(), nullable=False),
        sa.Column("ignored", sa.Integer(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("status IN ('staged', 'published', 'withdrawn', 'rejected')", name="upload_status"),
        sa.CheckConstraint("length(sha256) = 64", name="upload_sha256"),
        sa.CheckConstraint("size >= 0 AND observations >= 0 AND ignored >= 0", name="upload_counts"),
    )
    op.create_index("ix_upload_sha256", "upload", ["sha256"])
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("upload_id", sa.Integer(), sa.ForeignKey("upload.id"), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("action IN ('published', 'withdrawn')", name="publication_action"),
    )
    op.create_index("ix_publication_upload_id", "publication", ["upload_id"])
    op.create_index("ix_publication_at", "publication", ["at"])
    op.create_table(
        "observation",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("upload_id", sa.Integer(), sa.ForeignKey("upload.id"), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("care_unit", sa.String(), nullable=False, server_default=""),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("period_kind", sa.String(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False, server_default="T"),
        sa.Column("age", sa.String(), nullable=False, server_default="all"),
        sa.Column("value", sa.Float()),
        sa.Column("numerator", sa.Float()),
        sa.Column("denominator", sa.Float()),
        sa.Column("base_n", sa.Float()),
        sa.Column("ci_low", sa.Float()),
        sa.Column("ci_high", sa.Float()),
        sa.Column("flags", sa.String(), nullable=False, server_default=""),
        sa.Column("reason", sa.String(), nullable=False, server_default=""),
        sa.Column("printed", sa.String(), nullable=False, server_default=""),
        sa.Column("source", sa.String(), nullable=False, server_default=""),
        sa.Column("comment", sa.String(), nullable=False, server_default=""),
        sa.Column("sheet", sa.String(), nullable=False, server_default=""),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("col", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False, server_default=""),
        sa.UniqueConstraint(
            "upload_id", "indicator", "region", "care_unit", "period", "sex", "age", name="observation_key"
        ),
        sa.CheckConstraint("length(region) = 2", name="observation_region"),
        sa.CheckConstraint("sex IN ('T', 'K', 'M')", name="observation_sex"),
        sa.CheckConstraint(
            "period_kind IN ('day', 'week', 'month', 'quarter', 'half_year', 'year')", name="observation_period_kind"
        ),
        sa.CheckConstraint("period_start <= period_end", name="observation_period_order"),
        sa.CheckConstraint(
            f"(value IS NULL) = (reason <> '') AND (reason = '' OR reason IN ({_REASONS}))", name="observation_reason"
        ),
        sa.CheckConstraint("numerator >= 0 AND denominator >= 0 AND base_n >= 0", name="observation_counts"),
        sa.CheckConstraint("ci_low <= ci_high", name="observation_interval"),
        sa.CheckConstraint('"row" >= 1 AND col >= 1', name="observation_cell"),
    )
    op.create_index("observation_lookup", "observation", ["indicator", "period", "region", "value", "base_n"])
