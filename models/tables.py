"""What is stored. The rules stand in the database too (CHECK, UNIQUE, FOREIGN KEY): SQLModel tables do not validate.

A publication is never changed and an observation never rewritten: what is current follows from the sequence of
publications. Moments are UTC, ISO 8601 text with `Z`, so that SQLite and PostgreSQL sort and compare them alike.
"""

from datetime import date
from typing import Final

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Column, Field, SQLModel

UPLOAD_STATUSES: Final = ("staged", "published", "withdrawn", "rejected")
ACTIONS: Final = ("published", "withdrawn", "restored")
PERIOD_KINDS: Final = ("day", "week", "month", "quarter", "half_year", "year")
SEXES: Final = ("T", "K", "M")
REASONS: Final = ("missing", "not_reported", "not_applicable", "confidential", "masked", "invalid", "deleted_by_source")
"""Why a figure has no value. Three kinds of "-" stay three: Kolada's `-` is not_reported, `.` not_applicable,
`..` confidential; Vården i siffror's UNK is missing, MSK masked, INV invalid."""


SHOWN: Final = {"care_unit": "", "age": "all"}
"""Of whom the observations are that the pages show: a whole region's people of all ages."""
_SHOWN: Final = tuple(f"{name} = '{value}'" for name, value in SHOWN.items())
SHOWN_ROWS: Final = " AND ".join(f"o.{one}" for one in _SHOWN)
"""The same as SQL over the table `o`."""
COUNTS: Final = ("numerator", "denominator", "base_n")
LIMITS: Final = ("ci_low", "ci_high")
"""What can stand beside an observation's value: the numbers behind it, and its interval."""


def one_of(column: str, allowed: tuple[str, ...]) -> str:
    """The SQL of a column that holds one of these words."""
    return f"{column} IN ({', '.join(repr(word) for word in allowed)})"


class Upload(SQLModel, table=True):
    """One file as it came, with its bytes, so that an auditor can fetch the very file."""

    __table_args__ = (
        CheckConstraint(one_of("status", UPLOAD_STATUSES), name="upload_status"),
        CheckConstraint("length(sha256) = 64", name="upload_sha256"),
        CheckConstraint("size >= 0 AND observations >= 0 AND ignored >= 0", name="upload_counts"),
    )
    id: int | None = Field(default=None, primary_key=True)
    file: str = Field(description="file name as uploaded, without any folder")
    sha256: str = Field(index=True, description="hex digest of content")
    size: int = Field(description="bytes")
    layout: str = Field(description="a key of indicators.file_layouts.FILE_LAYOUTS")
    uploaded_at: str = Field(description="UTC, ISO 8601")
    uploaded_by: str
    observations: int = Field(description="figures and records stored")
    ignored: int = Field(description="cells or ranges read but not used, as listed by the check")
    report: str = Field(description="the check's report as JSON: problems, ignored ranges")
    synthetic: bool = False
    status: str
    # Last, because SQLite builds a blob in memory when other columns follow it (608 MB against 17 for a 312 MB file).
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Observation(SQLModel, table=True):
    """One figure as one file printed it, and where it stood. Value and interval as published, never recomputed.

    Units are the indicator's (per cent 0–100). `row` and `col` count from 1 in `sheet`; `path` is the JSON path where
    the file is JSON. `printed` is the value cell's text. `reason` says why `value` is empty.
    """

    __table_args__ = (
        UniqueConstraint(
            "upload_id", "indicator", "region", "care_unit", "period", "sex", "age", name="observation_key"
        ),
        Index(
            "observation_lookup",
            *("indicator", "period", "region", "sex", "upload_id"),
            sqlite_where=sql(" AND ".join(_SHOWN)),
            postgresql_where=sql(" AND ".join(_SHOWN)),
        ),
        CheckConstraint("length(region) = 2", name="observation_region"),
        CheckConstraint(one_of("sex", SEXES), name="observation_sex"),
        CheckConstraint(one_of("period_kind", PERIOD_KINDS), name="observation_period_kind"),
        CheckConstraint("period_start <= period_end", name="observation_period_order"),
        CheckConstraint(
            f"(value IS NULL) = (reason <> '') AND (reason = '' OR {one_of('reason', REASONS)})",
            name="observation_reason",
        ),
        CheckConstraint("numerator >= 0 AND denominator >= 0 AND base_n >= 0", name="observation_counts"),
        CheckConstraint("ci_low <= ci_high", name="observation_interval"),
        CheckConstraint('"row" >= 1 AND col >= 1', name="observation_cell"),
    )
    id: int | None = Field(default=None, primary_key=True)
    upload_id: int = Field(foreign_key="upload.id")
    indicator: str
    region: str = Field(description="two digits; 00 is Riket")
    care_unit: str = ""
    period: str = Field(description="period key, see indicators.periods")
    period_start: date
    period_end: date
    period_kind: str
    sex: str = "T"
    age: str = "all"
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    base_n: float | None = Field(default=None, description="answers behind a survey estimate")
    ci_low: float | None = None
    ci_high: float | None = None
    flags: str = Field(default="", description="SDMX letters the source itself gave, see analysis.flags")
    reason: str = ""
    printed: str = Field(default="", description="the value cell's text as the file had it")
    decimals: int = Field(
        default=0,
        sa_column_kwargs={"server_default": sql("0")},
        description="how exact the table it stood in is, see analysis.current",
    )
    source: str = Field(default="", description="the row's own source, where the file names one")
    comment: str = Field(default="", description="the row's own comment, where the file has one")
    sheet: str = ""
    row: int
    col: int
    path: str = ""


class Publication(SQLModel, table=True):
    """An append-only sequence: upload published, withdrawn or restored, by whom, when, why. An upload is published
    once, and that place in the sequence is its rank for good; its latest event says whether it counts."""

    __table_args__ = (
        CheckConstraint(one_of("action", ACTIONS), name="publication_action"),
        Index(
            "publication_once",
            "upload_id",
            unique=True,
            sqlite_where=sql("action = 'published'"),
            postgresql_where=sql("action = 'published'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    upload_id: int = Field(foreign_key="upload.id", index=True)
    action: str
    at: str = Field(description="UTC, ISO 8601", index=True)
    by: str = Field(description="access.Actor.key")
    note: str = ""
    confirmations: str = Field(default="[]", description="JSON: each warning confirmed, and the reason given")
    replace_evidence: bool = Field(
        default=False,
        sa_column_kwargs={"server_default": sql("false")},
        description="its rows stand instead of ones with the same value and more evidence",
    )


class Mapping(SQLModel, table=True):
    """How to read a file of no known layout, saved under a name and recognised by the file's headers."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    headers: str = Field(index=True, description="signature of the headers, see loaders.mapping")
    spec: str = Field(description="JSON, see loaders.mapping.Mapping")
    created_at: str = Field(description="UTC, ISO 8601")
    created_by: str = Field(description="access.Actor.key")
