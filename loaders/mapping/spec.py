"""A mapping: how a person has said that a file of no known layout is to be read. Plain data, the same to and from JSON.

A column is known by its header's *key*, not by its place: the header's words over one to three rows, with what changes
from file to file put as `{period}`, `{part}` (a month or quarter without its year), `{region}` and `{sex}`. So next
month's file, with a new column or another order, is read by the same mapping.
"""

from typing import Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from loaders.tables.scales import Scale

Role = Literal[
    "region",
    "region_code",
    "care_unit",
    "period",
    "year",
    "part",
    "sex",
    "topic",
    "indicator",
    "unit",
    "source",
    "comment",
]
ROLES: Final = get_args(Role)
Beside = Literal["numerator", "denominator", "base_n", "ci_low", "ci_high", "comment"]
BESIDE: Final = get_args(Beside)
Grain = Literal["as_is", "month", "year"]
GRAINS: Final = get_args(Grain)
UNREAD: Final = ""
"""The indicator of words that are left: listed as ignored, never claimed."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Given(_Part):
    """A fact that is neither in a column nor in a header: written by the person, in a cell above the table, in the
    sheet's name, in a line of its own above its rows (`section`: the text is the key of the column it stands in), or
    in the HSA-id's organisation number."""

    kind: Literal["none", "constant", "cell", "sheet", "section", "care_unit"] = "none"
    text: str = ""
    row: int = 0
    col: int = 0


class Figures(_Part):
    """A column of figures (or all with the same key), and the keys of the columns that belong to its figures.

    `indicator` "" means that each row says it: an indicator column, or what the table itself is about.
    """

    column: str
    indicator: str = ""
    scale: Scale = "as_is"
    numerator: str = ""
    denominator: str = ""
    base_n: str = ""
    ci_low: str = ""
    ci_high: str = ""
    comment: str = ""


class Word(_Part):
    """What a text of the indicator column means. `role` other than value: a figure of the same region and period is
    told something by this row (a base printed on a line of its own); UNREAD indicator and role value: left."""

    indicator: str = UNREAD
    role: Literal["value", "numerator", "denominator", "base_n"] = "value"
    scale: Scale = "as_is"


class TableSpec(_Part):
    """One kind of table. Rows and columns count from 1. `header_rows` 0: there is no header, keys are column letters.

    `sheets`: () means every sheet that has these headers. `title`: where a sheet holds several tables, the line right
    above this one. `columns`: role → header key; `topic` is a column that says what the words of the indicator column
    are about, and stands before them in `words`. `fill`: roles whose cell is printed once for several rows. `regions`:
    printed name → region code, "" for one that is left. `only`: header key → the texts whose rows are read (a
    breakdown's `total`). `skip`: row labels that are not read (totals). `missing`: sign → reason. `decimal`: "" reads
    both comma and point as the decimal sign and refuses what can be both.
    """

    sheets: tuple[str, ...] = ()
    title: str = ""
    header_row: int = Field(default=1, ge=0)
    header_rows: int = Field(default=1, ge=0, le=4)
    first: int = Field(default=2, ge=1)
    last: int | None = None
    columns: dict[Role, str] = Field(default_factory=dict)
    fill: tuple[Role, ...] = ()
    region: Given = Given()
    period: Given = Given()
    sex: Given = Given(kind="constant", text="T")
    indicator: Given = Given()
    grain: Grain = "as_is"
    figures: tuple[Figures, ...] = ()
    words: dict[str, Word] = Field(default_factory=dict)
    regions: dict[str, str] = Field(default_factory=dict)
    only: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    skip: tuple[str, ...] = ()
    missing: dict[str, str] = Field(default_factory=dict)
    decimal: Literal["", ",", "."] = ""


SupplyRole = Literal[
    "unit", "name", "kind", "region", "municipality", "area", "valid_from", "valid_to", "parent", "merged_into",
    "service", "status", "cases", "period", "comment",
]  # fmt: skip
SupplyConstant = Literal["region", "period", "municipality", "kind"]
Status = Literal["offered", "not_offered", "not_applicable", "unknown"]
Kind = Literal["health_centre", "clinic", "branch", "service_point", "other"]
Shape = Literal["wide", "long", "units"]


class SupplySpec(_Part):
    """A table of e-services per care unit (`wide`: a column per service, `long`: a row per service) or of the units
    alone. Rows count from 1. `columns`: role → header key. `constants`: what a person says of the whole file; region
    and period are else looked for in the titles and the sheet's name.

    `services`: header key (wide) or tidied name (long) → the catalogue's id, `?` and a name of its own, or UNREAD.
    `cases`: header key of a service → that of its cases. `statuses`, `kinds`: tidied words → what they mean here.
    """

    sheets: tuple[str, ...] = ()
    shape: Shape = "wide"
    header_row: int = Field(default=1, ge=1)
    header_rows: int = Field(default=1, ge=1, le=4)
    last: int | None = None
    columns: dict[SupplyRole, str] = Field(default_factory=dict)
    constants: dict[SupplyConstant, str] = Field(default_factory=dict)
    services: dict[str, str] = Field(default_factory=dict)
    cases: dict[str, str] = Field(default_factory=dict)
    statuses: dict[str, Status] = Field(default_factory=dict)
    kinds: dict[str, Kind] = Field(default_factory=dict)


class Mapping(_Part):
    """How a whole file is read: one TableSpec per kind of table of figures in it, or its supply of e-services. `name`:
    what it is saved under, "" if not."""

    tables: tuple[TableSpec, ...] = ()
    supply: SupplySpec | None = None
    name: str = ""

    @model_validator(mode="after")
    def _reads_something(self) -> "Mapping":
        if bool(self.tables) == bool(self.supply):
            raise ValueError("a mapping has either tables or supply")
        return self
