"""Who may sign in, and the sign-ins under way. The only personal data in the store: it can be erased.

No password, token or one-time word is stored, only what each can be checked against.
"""

from typing import Final

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

STAFF_ROLES: Final = ("uppgiftslamnare", "publicist", "revisor", "administrator")
"""The roles a person can be given; everybody is a reader."""


def _of_roles() -> str:
    """SQL: what is left of `roles` without the known words is blank."""
    left = "roles"
    for role in (*STAFF_ROLES, " "):
        left = f"replace({left}, '{role}', '')"
    return f"{left} = ''"


class User(SQLModel, table=True):
    """A person who may sign in. `subject` is how the region's own sign-in service names them; a local account has a
    password instead, or an invitation to choose one. Erased: login, name and subject are gone, the id stays for the
    log."""

    __tablename__ = "user_account"
    __table_args__ = (
        CheckConstraint("source IN ('local', 'oidc', 'proxy')", name="user_account_source"),
        CheckConstraint(_of_roles(), name="user_account_roles"),
        CheckConstraint("length(login) BETWEEN 1 AND 200", name="user_account_login"),
        CheckConstraint("(source = 'local') = (subject IS NULL)", name="user_account_subject"),
        CheckConstraint(
            "source = 'local' OR (password_hash = '' AND invitation_hash = '')", name="user_account_password"
        ),
        CheckConstraint("invitation_hash = '' OR length(invitation_hash) = 64", name="user_account_invitation"),
        CheckConstraint("region = '' OR length(region) = 2", name="user_account_region"),
    )
    id: int | None = Field(default=None, primary_key=True)
    login: str = Field(unique=True, description="lower case")
    name: str = ""
    source: str
    subject: str | None = Field(default=None, unique=True)
    roles: str = Field(default="", description="of STAFF_ROLES, in that order, separated by spaces")
    region: str = Field(default="", description="two digits: the region the person answers for; empty: none")
    password_hash: str = Field(default="", description="argon2id, or empty: none chosen")
    invitation_hash: str = Field(default="", description="SHA-256 of a one-time word, or empty")
    invitation_ends_at: str = Field(default="", description="UTC, ISO 8601")
    active: bool = True
    created_at: str = Field(description="UTC, ISO 8601")
    created_by: str = Field(description="access.Actor.key")


class SignIn(SQLModel, table=True):
    """One sign-in: from when, until when at most, last used when. The token is in the person's cookie alone."""

    __tablename__ = "sign_in"
    __table_args__ = (
        CheckConstraint("length(token_hash) = 64", name="sign_in_token"),
        CheckConstraint("source IN ('local', 'oidc', 'proxy')", name="sign_in_source"),
        CheckConstraint("created_at <= last_seen_at AND created_at < ends_at", name="sign_in_order"),
    )
    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, description="SHA-256")
    user_id: int = Field(foreign_key="user_account.id", index=True)
    source: str
    created_at: str = Field(description="UTC, ISO 8601")
    last_seen_at: str = Field(description="UTC, ISO 8601; to the minute")
    ends_at: str = Field(description="UTC, ISO 8601; the absolute limit")
    revoked_at: str | None = Field(default=None, description="UTC, ISO 8601; signed out or revoked")


class Attempt(SQLModel, table=True):
    """Attempts to sign in that have not succeeded, of one login, address or pair of both, see access.limits. Not
    append-only: forgotten within the hour, and in no backup."""

    __table_args__ = (
        CheckConstraint("length(key) = 64", name="attempt_key"),
        CheckConstraint("tries > 0", name="attempt_tries"),
    )
    key: str = Field(primary_key=True, description="SHA-256 of what is counted")
    tries: int
    last_at: float = Field(description="of the latest attempt: seconds since 1970, UTC")
