"""The domain's words as types: Indicator, Region, RegionGroup, SurveyWave, SeriesBreak, EService.

Each is read from a file that a domain expert edits (TOML, CSV), judged once by pydantic with `extra="forbid"`, and is
then the object the code uses. Fields ending in `_sv`/`_en` are texts for readers.
"""

import re
from datetime import date
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from locales import text

Area = Literal["trust", "satisfaction", "uptake", "phone", "supply"]
AREAS: tuple[Area, ...] = get_args(Area)
"""In the order of a reader's interest."""
Unit = Literal["percent", "index", "count", "seconds"]
Direction = Literal["higher_is_better", "lower_is_better", "none"]
Data = Literal["survey", "complete_count", "mean", "none"]
RegionCode = Annotated[str, Field(pattern=r"^\d\d$")]


class _Definition(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Words(_Definition):
    """One text in both languages."""

    sv: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.sv


class PublisherIds(_Definition):
    """What each publisher calls the indicator, character for character as printed (stripped)."""

    kolada: tuple[str, ...] = ()
    vardenisiffror: tuple[str, ...] = ()
    skr: tuple[str, ...] = ()


class Predecessor(_Definition):
    """The indicator this one replaced, and why the two are never one line."""

    id: str
    reason: Words


class Margin(_Definition):
    """The largest difference that does not matter: inside it two values may be called equivalent (methods §9)."""

    points: float = Field(gt=0)
    reason: Words
    decided: date


class Heard(_Definition):
    """Words that mean an indicator in a file where nobody uses its name, as regular expressions over tidied text.

    words: every one is found in the header or cell; no: is not found there. near: is found there or in what stands
    around (titles, other headers); unless: is not. limited: also where words limit what is counted (within a time).
    """

    words: tuple[str, ...] = Field(min_length=1)
    no: str = ""
    near: str = ""
    unless: str = ""
    limited: bool = False

    @model_validator(mode="after")
    def _readable(self) -> Self:
        for pattern in (*self.words, self.no, self.near, self.unless):
            re.compile(pattern)
        return self


class Counted(_Definition):
    """What a share's counts are called beside it, and what is none of them, as regular expressions."""

    numerator: str
    denominator: str
    no: str


class Indicator(_Definition):
    """One measured thing: what was asked, of whom, in which unit, and which way is better.

    `data` says what kind of evidence a figure has: answers to a survey (a sampling interval), a complete count (every
    call of a month), a mean (an index), or none that carries an interval. `survey` names the waves it belongs to.
    `half_year`: what a half-year's figure is, a measurement of about a month (part of no sum) or the half-year's total.
    `bounded` is the range a published value can have (0–100 for per cent and NKI). `synonyms`: what files of no
    publisher (a contact centre's report, a region's own table) call it; `heard`: words that mean it there; `counted`:
    what a share's counts are called; `service_words`: of the index of a whole service, what names the service.
    """

    id: str
    area: Area
    unit: Unit
    direction: Direction
    decimals: int = Field(ge=0, le=3)
    data: Data
    title: Words
    short_title: Words
    question_sv: str = Field(min_length=1)
    numerator_sv: str | None = None
    denominator_sv: str | None = None
    source: str
    survey: str | None = None
    half_year: Literal["measurement", "total"] = "measurement"
    design_effect: float = Field(default=1.0, ge=1)
    design_effect_reason: Words | None = None
    publisher_ids: PublisherIds = PublisherIds()
    guids: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    heard: tuple[Heard, ...] = ()
    counted: Counted | None = None
    service_words: str = ""
    caveats: tuple[Words, ...] = ()
    predecessor: Predecessor | None = None
    owner: str
    reviewed: date
    next_review: date
    margin: Margin | None = None
    headline: bool = False
    computed: bool = Field(default=False, description="made here out of records; no file holds its figures")

    @property
    def bounds(self) -> tuple[float, float | None]:
        """Lowest and highest value that can be true, in the indicator's unit."""
        return (0.0, 100.0) if self.unit in ("percent", "index") else (0.0, None)

    @property
    def margin_points(self) -> float | None:
        """The margin of equivalence in the indicator's unit (shares: percentage points); None where none is decided."""
        return self.margin.points if self.margin else None


class Region(_Definition):
    """A Swedish region, or Riket (code `00`). `population` is people on 31 December of each year (SCB)."""

    code: RegionCode
    kolada_id: str
    name: str
    short_name: str
    synonyms: tuple[str, ...] = ()
    population: dict[int, int] = Field(default_factory=dict)

    @property
    def is_nation(self) -> bool:
        return self.code == NATION

    def population_at(self, year: int) -> int | None:
        """People in the latest counted year not after `year`; None before the first."""
        years = [counted for counted in self.population if counted <= year]
        return self.population[max(years)] if years else None


NATION = "00"


class RegionGroup(_Definition):
    """A named set of regions to compare; `note` says what the choice rests on."""

    id: str
    title: Words
    regions: tuple[RegionCode, ...] = Field(min_length=1)
    default: bool = False
    note: Words | None = None


class Survey(_Definition):
    """A survey, and the period in which it was first made."""

    id: str
    began: str
    source: Words


class SurveyWave(_Definition):
    """One round of a survey: when it was in the field, how many answered in the nation, and what is assumed where no
    base per region is published. `comparability` is a note printed beside the figure (flag `d`), not a break.
    `fieldwork_ended`: its last day, where it is known. `valid_from`: the day the assumption was made, where it replaced
    another. `carried_from`: the wave whose assumption this is, where nothing is known of this one."""

    survey: str
    period: str
    fieldwork: Words
    fieldwork_ended: date | None = None
    national_answers: int | None = None
    assumed_base: int | None = None
    design_effect: float = Field(default=1.0, ge=1)
    reason: Words
    source: str
    comparability: Words | None = None
    valid_from: date = date.min
    carried_from: str = ""

    def carried_to(self, period: str) -> "SurveyWave":
        """A wave nobody has described, with this one's assumption, named so."""
        told = {"period": self.period, "next": period}
        return SurveyWave(
            survey=self.survey,
            period=period,
            fieldwork=_said("waves.fieldwork_unknown"),
            assumed_base=self.assumed_base,
            design_effect=self.design_effect,
            reason=_said("waves.carried", reason=self.reason, **told),
            source=self.source,
            valid_from=self.valid_from,
            carried_from=self.period,
        )

    def with_typed_base(self, answers: int, source: str) -> "SurveyWave":
        """The wave with a number of answers that staff have stated in place of the catalogue's assumption."""
        reason = _said("waves.typed", source=source)
        return self.model_copy(update={"assumed_base": answers, "reason": reason, "carried_from": ""})


def _said(key: str, *, reason: Words | None = None, **values: str) -> Words:
    said = {
        language: text(key, language, **values, **({"reason": reason.in_language(language)} if reason else {}))
        for language in ("sv", "en")
    }
    return Words(**said)


class SeriesBreak(_Definition):
    """A change that ends every window and splits every line: the first period of the new series, and why."""

    indicators: tuple[str, ...] = ()
    survey: str | None = None
    region: RegionCode | None = None
    period: str
    kind: Literal["definition", "question", "mode", "organisation"]
    reason: Words
    source: Words | None = None


class ComparabilityNote(_Definition):
    """What to beware of when figures are compared that is no break: printed beside the regions and in the time it
    touches. No `regions`: all of them. `first` and `last`: period keys, both included; none: always."""

    id: str
    indicators: tuple[str, ...] = Field(min_length=1)
    regions: tuple[RegionCode, ...] = ()
    first: str | None = None
    last: str | None = None
    text: Words
    source: Words


class FigureRemark(_Definition):
    """A remark on an indicator's figures of one period, known from `valid_from` on. `effect`: `note` (it stands beside
    them) or `not_judged` (they are shown, and enter no test, rank or count)."""

    indicator: str
    period: str
    effect: Literal["note", "not_judged"]
    valid_from: date
    reason: Words
    source: Words

    @property
    def key(self) -> str:
        """What it is withdrawn by; a person's remarks have a number after it."""
        return f"{self.indicator}-{self.period}"


class EService(_Definition):
    """An e-service a care unit can offer, with the names met in files."""

    id: str
    title: Words
    synonyms: tuple[str, ...] = ()
    minimum_from: date | None = None
