"""Accounts: who may sign in, and the sign-ins under way."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ROLES = (
    "replace(replace(replace(replace(replace(roles, 'uppgiftslamnare', ''), 'publicist', ''), 'revisor', ''), "
    "'administrator', ''), ' ', '') = ''"
)


def upgrade() -> None:
    op.create_table(
        "user_account",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("login", sa.String(), nullable=False, unique=True),
        sa.Column("name", sa.String(), nullable=False, server_default=""),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True, unique=True),
        sa.Column("roles", sa.String(), nullable=False, server_default=""),
        sa.Column("password_hash", sa.String(), nullable=False, server_default=""),
        sa.Column("invitation_hash", sa.String(), nullable=False, server_default=""),
        sa.Column("invitation_ends_at", sa.String(), nullable=False, server_default=""),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.CheckConstraint("source IN ('local', 'oidc', 'proxy')", name="user_account_source"),
        sa.CheckConstraint(_ROLES, name="user_account_roles"),
        sa.CheckConstraint("length(login) BETWEEN 1 AND 200", name="user_account_login"),
        sa.CheckConstraint("(source = 'local') = (subject IS NULL)", name="user_account_subject"),
        sa.CheckConstraint(
            "source = 'local' OR (password_hash = '' AND invitation_hash = '')", name="user_account_password"
        ),
        sa.CheckConstraint("invitation_hash = '' OR length(invitation_hash) = 64", name="user_account_invitation"),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("token_hash", sa.String(), nullable=False, unique=True),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("user_account.id"), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("last_seen_at", sa.String(), nullable=False),
        sa.Column("ends_at", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.String(), nullable=True),
        sa.CheckConstraint("length(token_hash) = 64", name="sign_in_token"),
        sa.CheckConstraint("source IN ('local', 'oidc', 'proxy')", name="sign_in_source"),
        sa.CheckConstraint("created_at <= last_seen_at AND created_at < ends_at", name="sign_in_order"),
    )
    op.create_index("ix_sign_in_user_id", "sign_in", ["user_id"])
