"""Targets, audits and recommendations: what people decide and enter, not what files measure.

Rows are only added: the row with the highest id of a key says how things stand, those before it are the history, and
a `withdrawn` one says that the key no longer counts. The database refuses changes (triggers).
"""

from datetime import date
from typing import Final

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

TARGET_KINDS: Final = ("at_least", "at_most")
THEMES: Final = ("follow_up", "targets", "implementation", "awareness", "governance", "minimum_level", "other")
"""What a recommendation asks for, so that those of several audits can be read side by side."""


class Target(SQLModel, table=True):
    """A decided goal for one indicator: who decided it, when and where it is written."""

    __table_args__ = (
        CheckConstraint("kind IN ('at_least', 'at_most')", name="target_kind"),
        CheckConstraint("region = '' OR length(region) = 2", name="target_region"),
        CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="target_order"),
        CheckConstraint("length(body) > 0 AND length(document) > 0", name="target_decision"),
    )
    id: int | None = Field(default=None, primary_key=True)
    target: str = Field(index=True, description="the goal's key, the same in every version")
    indicator: str
    region: str = Field(default="", description="two digits, or empty: every region")
    kind: str
    value: float = Field(description="in the indicator's unit")
    valid_from: date
    valid_to: date | None = None
    by_date: date | None = Field(default=None, description="the day by which it is to be reached, where one is decided")
    body: str = Field(description="who decided: regionfullmäktige, regionstyrelsen …")
    decided: date
    document: str = Field(description="document reference, § or diary number")
    note: str = ""
    withdrawn: bool = False
    entered_at: str = Field(description="UTC, ISO 8601")
    entered_by: str = Field(description="access.Actor.key")


class Audit(SQLModel, table=True):
    """One audit of one region. `report` and `auditor` as the letter names them; no person's name."""

    __table_args__ = (CheckConstraint("length(region) = 2 AND length(audit) > 0", name="audit_region"),)
    id: int | None = Field(default=None, primary_key=True)
    audit: str = Field(index=True, description="the audit's key, the same in every version: norrbotten-2021")
    region: str
    title: str
    report: str = Field(description="report number or name")
    auditor: str
    decided: date | None = Field(default=None, description="the day of the auditors' letter, where it is known")
    reply_due: date | None = None
    withdrawn: bool = False
    note: str = ""
    source: str = Field(default="", description="file and cell the entry was read from, or empty: typed in")
    entered_at: str = Field(description="UTC, ISO 8601")
    entered_by: str = Field(description="access.Actor.key")


class Recommendation(SQLModel, table=True):
    """One recommendation, word for word, and the body it is addressed to."""

    __table_args__ = (
        CheckConstraint("number >= 1 AND length(text) > 0 AND length(audit) > 0", name="recommendation_number"),
        CheckConstraint(
            "theme IN ('follow_up', 'targets', 'implementation', 'awareness', 'governance', 'minimum_level', 'other')",
            name="recommendation_theme",
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    audit: str = Field(index=True)
    number: int
    text: str = Field(description="verbatim, in the letter's language")
    addressed_to: str
    theme: str = "other"
    indicators: str = Field(default="", description="ids of the indicators that show what happened, by spaces")
    withdrawn: bool = False
    note: str = ""
    source: str = ""
    entered_at: str = Field(description="UTC, ISO 8601")
    entered_by: str = Field(description="access.Actor.key")


class NoReply(SQLModel, table=True):
    """That no reply to a recommendation had come by a day, as somebody responsible states it, and where that can be
    checked. Without it nothing is known of a reply that is not loaded."""

    __tablename__ = "no_reply"
    __table_args__ = (
        CheckConstraint("number >= 1 AND length(audit) > 0 AND length(source) > 0", name="no_reply_source"),
    )
    id: int | None = Field(default=None, primary_key=True)
    audit: str = Field(index=True)
    number: int
    known_on: date
    source: str
    withdrawn: bool = False
    note: str = ""
    entered_at: str = Field(description="UTC, ISO 8601")
    entered_by: str = Field(description="access.Actor.key")
