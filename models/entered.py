"""What people decide, enter and state: targets, audits and recommendations; remarks on figures, numbers of answers,
and which regions were audited. Not what files measure.

Rows are only added: the row with the highest id of a key says how things stand, those before it are the history, and
a `withdrawn` one says that the key no longer counts. The database refuses changes (triggers).
"""

from datetime import date
from typing import Final

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.tables import SEXES, one_of

TARGET_KINDS: Final = ("at_least", "at_most")
THEMES: Final = ("follow_up", "targets", "implementation", "awareness", "governance", "minimum_level", "other")
"""What a recommendation asks for, so that those of several audits can be read side by side."""

EFFECTS: Final = ("note", "not_judged")
"""What a remark does: it stands beside the figures, or it also keeps them out of every judgement."""


def last_of(table: str, *key: str) -> str:
    """A subquery with the id of each key's last row entered before `:until`: the one that says how things stand."""
    return f"(SELECT max(id) AS id FROM {table} WHERE entered_at < :until GROUP BY {', '.join(key)})"  # noqa: S608


class Target(SQLModel, table=True):
    """A decided target for one indicator: who decided it, when and where it is written."""

    __table_args__ = (
        CheckConstraint("kind IN ('at_least', 'at_most')", name="target_kind"),
        CheckConstraint("region = '' OR length(region) = 2", name="target_region"),
        CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="target_order"),
        CheckConstraint("length(body) > 0 AND length(document) > 0", name="target_decision"),
    )
    id: int | None = Field(default=None, primary_key=True)
    target: str = Field(index=True, description="the target's key, the same in every version")
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


class _Entered(SQLModel):
    """`source` says where the statement can be checked; `note` why the row replaced or withdrew the one before."""

    source: str
    withdrawn: bool = False
    note: str = ""
    entered_at: str = Field(description="UTC, ISO 8601")
    entered_by: str = Field(description="access.Actor.key")


class Remark(_Entered, table=True):
    """A remark on one indicator in one period, whoever's figures they are."""

    __table_args__ = (
        CheckConstraint(one_of("effect", EFFECTS), name="remark_effect"),
        CheckConstraint("length(reason) > 0 AND length(source) > 0", name="remark_reason"),
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(index=True, description="the remark's key, the same in every version")
    indicator: str
    period: str = Field(description="period key, see indicators.periods")
    effect: str
    reason: str


class TypedBase(_Entered, table=True):
    """How many answered, where no file says so. `subject`: an indicator's id or a survey's; `region`: two digits, or
    empty: the same number for every region."""

    __tablename__ = "typed_base"
    __table_args__ = (
        CheckConstraint("answers > 0 AND length(subject) > 0 AND length(source) > 0", name="typed_base_answers"),
        CheckConstraint("region = '' OR length(region) = 2", name="typed_base_region"),
        CheckConstraint(one_of("sex", SEXES), name="typed_base_sex"),
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(index=True, description="the same in every version")
    subject: str
    period: str
    region: str = ""
    sex: str = "T"
    answers: int


class AuditedGroup(_Entered, table=True):
    """Which regions the audit covered, as a person has stated it: region codes with blanks between."""

    __tablename__ = "audited_group"
    __table_args__ = (CheckConstraint("length(regions) >= 2 AND length(source) > 0", name="audited_group_regions"),)
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(index=True, description="the group's id in indicators/groups.toml")
    regions: str
