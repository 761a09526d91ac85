"""Care units, the e-services they offer, calls by hour, replies; targets, audits; a person's region."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ENTERED = ("target", "audit", "recommendation")
_PERIOD_KINDS = "period_kind IN ('day', 'week', 'month', 'quarter', 'half_year', 'year')"
_UNIT_KINDS = "kind IN ('health_centre', 'clinic', 'branch', 'service_point', 'other')"
_STATUSES = "status IN ('offered', 'not_offered', 'not_applicable', 'unknown')"
_THEMES = "theme IN ('follow_up', 'targets', 'implementation', 'awareness', 'governance', 'minimum_level', 'other')"


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _blank(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default="")


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), primary_key=True),
        _text("audit"),
        _text("region"),
        _text("title"),
        _text("report"),
        _text("auditor"),
        sa.Column("decided", sa.Date(), nullable=True),
        sa.Column("reply_due", sa.Date(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()),
        _blank("note"),
        _blank("source"),
        _text("entered_at"),
        _text("entered_by"),
        sa.CheckConstraint("length(region) = 2 AND length(audit) > 0", name="audit_region"),
    )
    op.create_index("ix_audit_audit", "audit", ["audit"], unique=False)
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Integer(), primary_key=True),
        _text("audit"),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("text"),
        _text("addressed_to"),
        _blank("theme"),
        _blank("indicators"),
        sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()),
        _blank("note"),
        _blank("source"),
        _text("entered_at"),
        _text("entered_by"),
        sa.CheckConstraint(_THEMES, name="recommendation_theme"),
        sa.CheckConstraint("number >= 1 AND length(text) > 0 AND length(audit) > 0", name="recommendation_number"),
    )
    op.create_index("ix_recommendation_audit", "recommendation", ["audit"], unique=False)
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), primary_key=True),
        _text("target"),
        _text("indicator"),
        _blank("region"),
        _text("kind"),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("by_date", sa.Date(), nullable=True),
        _text("body"),
        sa.Column("decided", sa.Date(), nullable=False),
        _text("document"),
        _blank("note"),
        sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()),
        _text("entered_at"),
        _text("entered_by"),
        sa.CheckConstraint("kind IN ('at_least', 'at_most')", name="target_kind"),
        sa.CheckConstraint("region = '' OR length(region) = 2", name="target_region"),
        sa.CheckConstraint("length(body) > 0 AND length(document) > 0", name="target_decision"),
        sa.CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="target_order"),
    )
    op.create_index("ix_target_target", "target", ["target"], unique=False)
    op.create_table(
        "care_unit",
        _blank("sheet"),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("col", sa.Integer(), nullable=False),
        _blank("path"),
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("upload_id", sa.Integer(), sa.ForeignKey("upload.id"), nullable=False),
        _text("unit"),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        _text("name"),
        _text("kind"),
        _blank("kind_printed"),
        _text("region"),
        _blank("municipality"),
        _blank("area"),
        _blank("parent"),
        _blank("merged_into"),
        sa.CheckConstraint(_UNIT_KINDS, name="care_unit_kind"),
        sa.CheckConstraint('"row" >= 1 AND col >= 1', name="care_unit_cell"),
        sa.CheckConstraint("length(region) = 2", name="care_unit_region"),
        sa.CheckConstraint("length(unit) > 0 AND length(name) > 0", name="care_unit_name"),
        sa.CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="care_unit_order"),
        sa.UniqueConstraint("upload_id", "unit", "valid_from", name="care_unit_key"),
    )
    op.create_index("care_unit_lookup", "care_unit", ["region", "unit"], unique=False)
    op.create_table(
        "phone_profile",
        _blank("sheet"),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("col", sa.Integer(), nullable=False),
        _blank("path"),
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("upload_id", sa.Integer(), sa.ForeignKey("upload.id"), nullable=False),
        _text("indicator"),
        _text("region"),
        _text("period"),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        _text("period_kind"),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("numerator", sa.Float(), nullable=True),
        sa.Column("denominator", sa.Float(), nullable=True),
        _blank("printed"),
        sa.CheckConstraint(_PERIOD_KINDS, name="phone_profile_period_kind"),
        sa.CheckConstraint('"row" >= 1 AND col >= 1', name="phone_profile_cell"),
        sa.CheckConstraint("length(region) = 2", name="phone_profile_region"),
        sa.CheckConstraint("numerator >= 0 AND denominator >= 0", name="phone_profile_counts"),
        sa.CheckConstraint("period_start <= period_end", name="phone_profile_period_order"),
        sa.CheckConstraint("weekday > 0 OR hour >= 0", name="phone_profile_part"),
        sa.CheckConstraint("weekday BETWEEN 0 AND 7 AND hour BETWEEN -1 AND 23", name="phone_profile_time"),
        sa.UniqueConstraint("upload_id", "indicator", "region", "period", "weekday", "hour", name="phone_profile_key"),
    )
    op.create_index("phone_profile_lookup", "phone_profile", ["indicator", "period", "region"], unique=False)
    op.create_table(
        "reply",
        _blank("sheet"),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("col", sa.Integer(), nullable=False),
        _blank("path"),
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("upload_id", sa.Integer(), sa.ForeignKey("upload.id"), nullable=False),
        _text("audit"),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("region"),
        _text("status"),
        sa.Column("replied", sa.Date(), nullable=False),
        _blank("measures_taken"),
        _blank("measures_planned"),
        _blank("link"),
        _blank("time_plan"),
        sa.Column("due", sa.Date(), nullable=True),
        _blank("how"),
        _blank("responsible"),
        _blank("reason_none"),
        sa.CheckConstraint("status <> 'rejected' OR length(reason_none) > 0", name="reply_reason"),
        sa.CheckConstraint("status IN ('answered', 'partly', 'implemented', 'rejected')", name="reply_status"),
        sa.CheckConstraint('"row" >= 1 AND col >= 1', name="reply_cell"),
        sa.CheckConstraint("length(region) = 2 AND number >= 1 AND length(audit) > 0", name="reply_recommendation"),
        sa.UniqueConstraint("upload_id", "audit", "number", name="reply_key"),
    )
    op.create_index("reply_lookup", "reply", ["audit", "number"], unique=False)
    op.create_table(
        "service_offer",
        _blank("sheet"),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("col", sa.Integer(), nullable=False),
        _blank("path"),
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("upload_id", sa.Integer(), sa.ForeignKey("upload.id"), nullable=False),
        _text("unit"),
        _text("service"),
        _text("region"),
        _text("period"),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        _text("period_kind"),
        _text("status"),
        sa.Column("cases", sa.Float(), nullable=True),
        _blank("service_printed"),
        _blank("printed"),
        _blank("comment"),
        sa.CheckConstraint(_PERIOD_KINDS, name="service_offer_period_kind"),
        sa.CheckConstraint(_STATUSES, name="service_offer_status"),
        sa.CheckConstraint('"row" >= 1 AND col >= 1', name="service_offer_cell"),
        sa.CheckConstraint("cases >= 0", name="service_offer_cases"),
        sa.CheckConstraint("length(region) = 2", name="service_offer_region"),
        sa.CheckConstraint("length(unit) > 0 AND length(service) > 0", name="service_offer_names"),
        sa.CheckConstraint("period_start <= period_end", name="service_offer_period_order"),
        sa.UniqueConstraint("upload_id", "unit", "service", "period", name="service_offer_key"),
    )
    counted = ["period", "region", "unit", "service", "status", "upload_id"]
    op.create_index("service_offer_lookup", "service_offer", counted, unique=False)
    with op.batch_alter_table("user_account") as table:
        table.add_column(_blank("region"))
        table.create_check_constraint("user_account_region", "region = '' OR length(region) = 2")
    for name in _ENTERED:
        _make_append_only(name)


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
