"""What people state about figures: remarks, numbers of answers, and which regions were audited.

Rows are only added, as in models.goals: the row with the highest id of a key says how things stand, those before it are
the history, and a `withdrawn` one says that the key no longer counts. The database refuses changes (triggers).
"""

from typing import Final

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.tables import SEXES, one_of

EFFECTS: Final = ("note", "not_judged")
"""What a remark does: it stands beside the figures, or it also keeps them out of every judgement."""


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
