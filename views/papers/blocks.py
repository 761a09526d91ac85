"""What a paper is made of: sections of blocks, the same for a PDF, a Word document and slides.

Every word and figure stands in a block as it is printed; a writer (exports/papers) only sets it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from analysis import TimeSeries
from views.area import Area
from views.method import Section as Question
from views.parts import Cell
from views.profile import Lead, Row
from views.reading import Reading


@dataclass(frozen=True)
class Said:
    """A paragraph; `look`: how much it weighs."""

    words: str
    look: Literal["plain", "lead", "note", "small", "strong"] = "plain"


@dataclass(frozen=True)
class Items:
    words: tuple[str, ...]


@dataclass(frozen=True)
class Leads:
    """The cards of the lead measures."""

    caption: str
    cards: tuple[Lead, ...]


@dataclass(frozen=True)
class Measures:
    """A region's measures, each a row; `heads` of all ten columns (HEADS)."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Grid:
    """A table of words and judged cells; the first column names the row. `wide`: the columns' parts of the width."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str | Cell, ...], ...]
    wide: tuple[float, ...]


class Bar(NamedTuple):
    """A region in a chart of all: `value`, `low` and `high` in the unit, rounded as they are printed."""

    name: str
    printed: str
    value: float
    low: float | None
    high: float | None
    chosen: bool
    nation: bool


@dataclass(frozen=True)
class Across:
    """A measure over all regions. `finding`: what the picture shows, in a sentence; `source`: who published."""

    finding: str
    title: str
    said: str
    source: str
    view: Area
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class OnOneScale:
    """Every region in a measure, a row each: drawn on one scale (`across.view`, in the order of its strips) and in the
    words of `reading`."""

    across: Across
    reading: Reading


@dataclass(frozen=True)
class OverTime:
    """A measure over time in a region (its code) beside the nation; as Across. `span`: the lowest and highest value of
    the axis, where several charts share it."""

    finding: str
    title: str
    said: str
    source: str
    region: str
    series: TimeSeries
    span: tuple[float, float] | None = None


@dataclass(frozen=True)
class Recommended:
    """A recommendation word for word, to whom, how it stands, and the reply's own fields with their names."""

    number: int
    heading: str
    said: str
    to: str
    stands: str
    reply: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Asked:
    """The recommendations of an audit."""

    recommendations: tuple[Recommended, ...]


@dataclass(frozen=True)
class Questions:
    """Questions of method with their answers, set small."""

    questions: tuple[Question, ...]


Block = Said | Items | Leads | Measures | Grid | Across | OnOneScale | OverTime | Asked | Questions


@dataclass(frozen=True)
class Section:
    """`page`: begins a new page."""

    title: str
    blocks: tuple[Block, ...]
    page: bool = False


@dataclass(frozen=True, eq=False)
class Paper:
    """`sort`: which paper (a key of papers.toml), `kind`: the same in words; `title`: of the document; `name`: what it
    is about, its first heading; `day`: whose figures it shows; `synthetic`: something on it is made up; `page`: the
    page that tells the same, its name and choices."""

    sort: Literal["report", "short", "measure", "six"]
    language: str
    title: str
    name: str
    kind: str
    day: date
    synthetic: bool
    lead: tuple[str, ...]
    survey: str
    sections: tuple[Section, ...]
    page: tuple[str, Mapping[str, str]]
