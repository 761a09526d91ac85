"""Withdrawals that can be withdrawn, reasons per warning, the audit log, saved mappings; append-only by triggers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_APPEND_ONLY = ("publication", "audit_event")
_IN_THE_WAY = {
    "publication": "id = NEW.id OR (upload_id = NEW.upload_id AND action = 'published' AND NEW.action = 'published')",
    "audit_event": "id = NEW.id OR hash = NEW.hash",
}
_ONCE = sa.text("action = 'published'")


def upgrade() -> None:
    with op.batch_alter_table("publication") as table:
        table.drop_constraint("publication_action", type_="check")
        table.create_check_constraint("publication_action", "action IN ('published', 'withdrawn', 'restored')")
        table.add_column(sa.Column("confirmations", sa.String(), nullable=False, server_default="[]"))
    op.create_index(
        "publication_once", "publication", ["upload_id"], unique=True, sqlite_where=_ONCE, postgresql_where=_ONCE
    )
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False, server_default=""),
        sa.Column("after", sa.String(), nullable=False, server_default=""),
        sa.Column("reason", sa.String(), nullable=False, server_default=""),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False, unique=True),
        sa.CheckConstraint("length(hash) = 64 AND length(previous) = 64", name="audit_event_hashes"),
    )
    op.create_index("ix_audit_event_subject", "audit_event", ["subject"])
    op.create_table(
        "mapping",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False, unique=True),
        sa.Column("headers", sa.String(), nullable=False),
        sa.Column("spec", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
    )
    op.create_index("ix_mapping_headers", "mapping", ["headers"])
    for table_name in _APPEND_ONLY:
        _make_append_only(table_name)


def _make_append_only(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        # INSERT OR REPLACE deletes the row in the way without asking the trigger on DELETE.
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "  # noqa: S608 (our own names)
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {_IN_THE_WAY[table]}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"
    )
