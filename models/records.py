"""What an upload can hold besides figures: care units, the e-services they offer, calls by hour, replies to audits.

Records follow the same sequence of publications as figures do (models.publications): the record of a key that counts is
the one in the latest counting upload. `RECORDS` names each table's key and what a reader compares.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables import PERIOD_KINDS, one_of

UNIT_KINDS: Final = ("health_centre", "clinic", "branch", "service_point", "other")
"""Vårdcentral (hälsocentral), mottagning, filial, servicepunkt; `other` is any kind the file names otherwise."""
OFFER_STATUSES: Final = ("offered", "not_offered", "not_applicable", "unknown")
REPLY_STATUSES: Final = ("answered", "partly", "implemented", "rejected")
"""What a board says of a recommendation: besvarad, delvis genomförd, genomförd, avvisad med motivering. One nobody has
answered has no reply."""
ALWAYS: Final = date(1, 1, 1)
"""`valid_from` of a unit whose first day is not known."""


class _Place(SQLModel):
    """Where a record stands in its file, counted from 1."""

    sheet: str = ""
    row: int
    col: int
    path: str = ""


class CareUnit(_Place, table=True):
    """One care unit as one list names it, from a day on: a unit that changes name, kind or place has one row per
    wording. `unit` is its HSA-id, or `name:<region>:<tidied name>` where the file has none."""

    __tablename__ = "care_unit"
    __table_args__ = (
        UniqueConstraint("upload_id", "unit", "valid_from", name="care_unit_key"),
        Index("care_unit_lookup", "region", "unit"),
        CheckConstraint(one_of("kind", UNIT_KINDS), name="care_unit_kind"),
        CheckConstraint("length(region) = 2", name="care_unit_region"),
        CheckConstraint("length(unit) > 0 AND length(name) > 0", name="care_unit_name"),
        CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="care_unit_order"),
        CheckConstraint('"row" >= 1 AND col >= 1', name="care_unit_cell"),
    )
    id: int | None = Field(default=None, primary_key=True)
    upload_id: int = Field(foreign_key="upload.id")
    unit: str
    valid_from: date = ALWAYS
    valid_to: date | None = Field(default=None, description="the last day, where the unit has closed or merged")
    name: str
    kind: str
    kind_printed: str = Field(default="", description="the kind in the file's own word")
    region: str = Field(description="two digits")
    municipality: str = ""
    area: str = Field(default="", description="a part of the region, where the region divides itself")
    parent: str = Field(default="", description="the unit a branch or service point belongs to")
    merged_into: str = Field(default="", description="the unit that goes on after a merger")


class ServiceOffer(_Place, table=True):
    """Whether one unit offered one e-service in one period, as one file says. `service` is an id of
    indicators/eservices.toml, or `?` and the tidied name where the file's name is known to nobody yet."""

    __tablename__ = "service_offer"
    __table_args__ = (
        UniqueConstraint("upload_id", "unit", "service", "period", name="service_offer_key"),
        # The last two let the units' services be counted over all periods without reading a single row.
        Index("service_offer_lookup", "period", "region", "unit", "service", "status", "upload_id"),
        CheckConstraint(one_of("status", OFFER_STATUSES), name="service_offer_status"),
        CheckConstraint("length(region) = 2", name="service_offer_region"),
        CheckConstraint("length(unit) > 0 AND length(service) > 0", name="service_offer_names"),
        CheckConstraint(one_of("period_kind", PERIOD_KINDS), name="service_offer_period_kind"),
        CheckConstraint("period_start <= period_end", name="service_offer_period_order"),
        CheckConstraint("cases >= 0", name="service_offer_cases"),
        CheckConstraint('"row" >= 1 AND col >= 1', name="service_offer_cell"),
    )
    id: int | None = Field(default=None, primary_key=True)
    upload_id: int = Field(foreign_key="upload.id")
    unit: str
    service: str
    region: str
    period: str
    period_start: date
    period_end: date
    period_kind: str
    status: str
    cases: float | None = Field(default=None, description="cases handled in the period, where the file says")
    service_printed: str = Field(default="", description="the service in the file's own words")
    printed: str = Field(default="", description="the status cell's text as the file had it")
    comment: str = ""


class PhoneProfile(_Place, table=True):
    """A figure of one weekday or hour of the day: how a phone indicator spreads over the week. `weekday` 1–7 (Monday
    is 1), 0 for all days; `hour` 0–23 of its start, -1 for the whole day."""

    __tablename__ = "phone_profile"
    __table_args__ = (
        UniqueConstraint("upload_id", "indicator", "region", "period", "weekday", "hour", name="phone_profile_key"),
        Index("phone_profile_lookup", "indicator", "period", "region"),
        CheckConstraint("length(region) = 2", name="phone_profile_region"),
        CheckConstraint(one_of("period_kind", PERIOD_KINDS), name="phone_profile_period_kind"),
        CheckConstraint("period_start <= period_end", name="phone_profile_period_order"),
        CheckConstraint("weekday BETWEEN 0 AND 7 AND hour BETWEEN -1 AND 23", name="phone_profile_time"),
        CheckConstraint("weekday > 0 OR hour >= 0", name="phone_profile_part"),
        CheckConstraint("numerator >= 0 AND denominator >= 0", name="phone_profile_counts"),
        CheckConstraint('"row" >= 1 AND col >= 1', name="phone_profile_cell"),
    )
    id: int | None = Field(default=None, primary_key=True)
    upload_id: int = Field(foreign_key="upload.id")
    indicator: str
    region: str
    period: str
    period_start: date
    period_end: date
    period_kind: str
    weekday: int = 0
    hour: int = -1
    value: float
    numerator: float | None = None
    denominator: float | None = None
    printed: str = ""


class Reply(_Place, table=True):
    """A board's reply to one recommendation, by the form's own fields. The reply that counts is the one published last;
    those before it are the history."""

    __table_args__ = (
        UniqueConstraint("upload_id", "audit", "number", name="reply_key"),
        Index("reply_lookup", "audit", "number"),
        CheckConstraint(one_of("status", REPLY_STATUSES), name="reply_status"),
        CheckConstraint("length(region) = 2 AND number >= 1 AND length(audit) > 0", name="reply_recommendation"),
        CheckConstraint("status <> 'rejected' OR length(reason_none) > 0", name="reply_reason"),
        CheckConstraint('"row" >= 1 AND col >= 1', name="reply_cell"),
    )
    id: int | None = Field(default=None, primary_key=True)
    upload_id: int = Field(foreign_key="upload.id")
    audit: str = Field(description="models.Audit.audit")
    number: int = Field(description="the recommendation's number in its audit")
    region: str
    status: str
    replied: date = Field(description="the day the board replied")
    measures_taken: str = ""
    measures_planned: str = ""
    link: str = Field(default="", description="how the measures answer the recommendation")
    time_plan: str = Field(default="", description="when, in the board's words")
    due: date | None = Field(default=None, description="the day the planned measures are to be done")
    how: str = ""
    responsible: str = Field(default="", description="a function, never a person's name")
    reason_none: str = Field(default="", description="why nothing will be done")
    cells: str = Field(default="", description="where each field stands, `due=B14 how=B15`; row and col: the status")


@dataclass(frozen=True)
class RecordKind:
    """`key`: which records are the same one in two uploads. `told`: what is compared, and so can change."""

    table: type[SQLModel]
    key: tuple[str, ...]
    told: tuple[str, ...]


RECORDS: Final = {
    "care_unit": RecordKind(
        CareUnit,
        ("unit", "valid_from"),
        ("valid_to", "name", "kind", "region", "municipality", "area", "parent", "merged_into"),
    ),
    "service_offer": RecordKind(ServiceOffer, ("unit", "service", "period"), ("status", "cases", "region")),
    "phone_profile": RecordKind(
        PhoneProfile, ("indicator", "region", "period", "weekday", "hour"), ("value", "numerator", "denominator")
    ),
    "reply": RecordKind(
        Reply,
        ("audit", "number"),
        (
            "status",
            "replied",
            "measures_taken",
            "measures_planned",
            "link",
            "time_plan",
            "due",
            "how",
            "responsible",
            "reason_none",
        ),
    ),
}
"""Every kind of record by its table's name."""
