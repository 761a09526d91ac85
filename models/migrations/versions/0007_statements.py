"""Remarks on figures, numbers of answers that staff have typed in, which regions were audited."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _entered(table: str, *own: sa.Column[Any] | sa.CheckConstraint) -> None:
    op.create_table(
        table,
        _text("source"),
        sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("note", sa.String(), nullable=False, server_default=""),
        _text("entered_at"),
        _text("entered_by"),
        sa.Column("id", sa.Integer(), primary_key=True),
        _text("key"),
        *own,
    )
    op.create_index(f"ix_{table}_key", table, ["key"], unique=False)
    _make_append_only(table)


def upgrade() -> None:
    _entered(
        "remark",
        _text("indicator"),
        _text("period"),
        _text("effect"),
        _text("reason"),
        sa.CheckConstraint("effect IN ('note', 'not_judged')", name="remark_effect"),
        sa.CheckConstraint("length(reason) > 0 AND length(source) > 0", name="remark_reason"),
    )
    _entered(
        "typed_base",
        _text("subject"),
        _text("period"),
        _text("region"),
        _text("sex"),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.CheckConstraint("answers > 0 AND length(subject) > 0 AND length(source) > 0", name="typed_base_answers"),
        sa.CheckConstraint("region = '' OR length(region) = 2", name="typed_base_region"),
        sa.CheckConstraint("sex IN ('T', 'K', 'M')", name="typed_base_sex"),
    )
    _entered(
        "audited_group",
        _text("regions"),
        sa.CheckConstraint("length(regions) >= 2 AND length(source) > 0", name="audited_group_regions"),
    )


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
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
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
