"""Does it still hold? Figures as they were on a day beside those in force: which stand, which have been corrected, when
and to what. For who holds a paper, a picture or a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

import polars as pl

from analysis import indicators_with_figures, publication_log, told_changes
from analysis.choices import chosen_indicator, chosen_period, chosen_regions, chosen_sex
from analysis.comparison import periods_available
from analysis.figures import figures_of
from analysis.moments import today_in_sweden
from analysis.secrecy import secret_places
from indicators import NATION, Indicator, catalogue, parse_period, period_label
from locales import text
from locales.numbers import format_date, format_number, format_value
from models import settings
from views.changes import shown_value
from views.parts import Reader

State = Literal["holds", "corrected", "none", "other"]
_KEY: Final = ("code", "period", "sex")
_A_FIGURE: Final = "figure"
_OF_A_REGION: Final = (_A_FIGURE, "profile", "since-audit")
"""Pages that are about the region in their address."""


@dataclass(frozen=True)
class Question:
    """Which figures: of these indicators (none: of all), regions (none: all and Riket), one period or all, one sex or
    all; as they were on `as_of`. `value`: the number that stands on the paper, in the indicator's unit, of a single
    figure."""

    indicators: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    period: str | None = None
    sex: str | None = None
    as_of: date | None = None
    value: float | None = None


@dataclass(frozen=True)
class Corrected:
    """A figure that is another today, or is not shown: when that was published ("" where it cannot be told), and where
    its own page is."""

    title: str
    region: str
    period: str
    sex: str
    old: str
    new: str
    day: str
    address: str

    def named(self, *, title: bool = True) -> str:
        """Which figure it is, with the measure's title or without."""
        return ", ".join(filter(None, (self.title if title else "", self.region, self.period, self.sex)))


@dataclass(frozen=True)
class Checked:
    """The answer. `state`: all hold, some are corrected, there are none to check, or the number on the paper is not the
    one we showed (`other`). `said`: the same in a sentence; `about`: what was checked; `count`: figures that were shown
    then; `hides`: the day shows only what today shows as well; `synthetic`: some are made up."""

    state: State
    said: str
    about: str
    count: int
    corrected: tuple[Corrected, ...] = ()
    hides: bool = False
    synthetic: bool = False

    def notes(self, language: str) -> tuple[str, ...]:
        """What to know of the answer."""
        known = (("checking.hidden", self.hides), ("ui.synthetic", self.synthetic))
        return tuple(text(key, language) for key, holds in known if holds)


def checked(reader: Reader, asked: Question) -> Checked:
    """The answer to a question. UnknownChoice for an indicator, region, period or sex that does not exist."""
    names = asked.indicators or indicators_with_figures(reader.store, asked.as_of)
    indicators = [chosen_indicator(name) for name in names]
    pairs = {one.id: _beside(reader, one, asked) for one in indicators}
    shown = {name: both.filter(pl.col("value").is_not_null()) for name, both in pairs.items()}
    count = sum(both.height for both in shown.values())
    changed = {name: both.filter(pl.col("value").ne_missing(pl.col("new"))) for name, both in shown.items()}
    corrected = tuple(
        _corrected(reader, catalogue().indicators[name], row, days)
        for name, rows in changed.items()
        if rows.height
        for days in [_days(reader, name, asked.as_of)]
        for row in rows.iter_rows(named=True)
    )
    state: State = "none" if count == 0 else "corrected" if corrected else "holds"
    printed = ""
    if asked.value is not None and count == 1:
        indicator = indicators[0]
        printed = format_value(asked.value, indicator.unit, indicator.decimals, reader.language)
        if not _is_printed(asked.value, shown[indicator.id]["value"][0], indicator):
            state, corrected = "other", ()
    said = _sentence(reader, state, count, corrected, printed, asked.as_of)
    hides = _hides(reader, indicators, asked.as_of)
    made_up = any(bool(both["old_synthetic"].any()) for both in shown.values())
    return Checked(state, said, _about(reader, indicators, asked), count, corrected, hides, made_up)


def _beside(reader: Reader, indicator: Indicator, asked: Question) -> pl.DataFrame:
    """The asked figures as they were and, beside each, as they are (`new`, `new_reason`, `new_synthetic`)."""
    then, now = (figures_of(reader.store, indicator, day) for day in (asked.as_of, None))
    found = then.filter(**_wanted(reader, indicator, asked))
    if asked.regions:
        nation = [NATION] if NATION in asked.regions else []
        codes = [*chosen_regions([one for one in asked.regions if one != NATION]), *nation]
        found = found.filter(pl.col("code").is_in(codes))
    made_up = pl.col("flags").str.contains("x")
    today = now.select(*_KEY, new="value", new_reason="reason", new_synthetic=made_up)
    return found.with_columns(old_synthetic=made_up).join(today, on=list(_KEY), how="left", maintain_order="left")


def _wanted(reader: Reader, indicator: Indicator, asked: Question) -> dict[str, Any]:
    wanted = {"sex": chosen_sex(asked.sex)} if asked.sex else {}
    if asked.period and len(asked.indicators) == 1:
        available = periods_available(reader.store, indicator.id, sex=asked.sex or "T", as_of=asked.as_of)
        wanted["period"] = chosen_period(asked.period, available).key
    elif asked.period and (period := parse_period(asked.period)):  # not every one of several has it
        wanted["period"] = period.key
    return wanted


def _days(reader: Reader, indicator: str, as_of: date | None) -> dict[tuple[str, ...], str]:
    """Figure → the day it last became another after `as_of`."""
    found: dict[tuple[str, ...], str] = {}
    for event in publication_log(reader.store, indicator=indicator, since=as_of).iter_rows(named=True):
        day = format_date(today_in_sweden(datetime.fromisoformat(event["at"])), reader.language)
        for row in told_changes(reader.store, event["event"], indicator=indicator).select(_KEY).iter_rows():
            found.setdefault(row, day)  # the newest event comes first
    return found


def _corrected(
    reader: Reader, indicator: Indicator, row: Mapping[str, Any], days: Mapping[tuple[str, ...], str]
) -> Corrected:
    language = reader.language
    sides = {**row, "old": row["value"], "old_reason": row["reason"]}
    return Corrected(
        indicator.title.in_language(language),
        row["region"],
        period_label(row["period"], language),
        "" if row["sex"] == "T" else text(f"sexes.{row['sex']}", language),
        shown_value(sides, "old", indicator, language),
        shown_value(sides, "new", indicator, language),
        days.get((row["code"], row["period"], row["sex"]), ""),
        Reader(language, reader.store).figure(row),
    )


def _is_printed(printed: float, value: float, indicator: Indicator) -> bool:
    """Whether a value is printed as this number."""
    return abs(printed - value) <= 0.5 * 10.0**-indicator.decimals + 1e-9


def _hides(reader: Reader, indicators: Sequence[Indicator], as_of: date | None) -> bool:
    """Whether an earlier day shows only what today shows, for some of these."""
    hide_below = settings().hide_below
    return as_of is not None and any(secret_places(reader.store, one.id, hide_below).height for one in indicators)


def _sentence(
    reader: Reader, state: State, count: int, corrected: Sequence[Corrected], printed: str, as_of: date | None
) -> str:
    language = reader.language
    if state == "corrected" and count == 1:
        one = corrected[0]
        key = "corrected_one" if one.day else "corrected_sometime"
        return text(f"checking.{key}", language, day=one.day, old=one.old, new=one.new)
    named = {"count": format_number(count, 0, language), "changed": format_number(len(corrected), 0, language)}
    one_only = "_one" if count == 1 and state == "holds" else ""
    if as_of is None:
        return text(f"checking.{state}{one_only}_now", language, printed=printed, **named)
    day = format_date(as_of, language)
    return text(f"checking.{state}{one_only}", language, day=day, printed=printed, **named)


def _about(reader: Reader, indicators: Sequence[Indicator], asked: Question) -> str:
    """What was checked: measure, regions, period, sex, day."""
    language = reader.language
    known = catalogue().regions
    measure = (
        indicators[0].title.in_language(language)
        if len(indicators) == 1
        else text("checking.measures", language, count=len(indicators))
    )
    codes = asked.regions
    regions = (
        ", ".join(known[code].name for code in codes if code in known)
        if 0 < len(codes) <= 3
        else text("checking.regions", language, count=len(codes) or len(known) - 1)
    )
    period = period_label(asked.period, language) if asked.period else text("checking.periods", language)
    day = [text("checking.as_of", language, day=format_date(asked.as_of, language))] if asked.as_of else []
    return ", ".join([measure, regions, period, *([text(f"sexes.{asked.sex}", language)] if asked.sex else []), *day])


def question_of(page: str, choices: Mapping[str, str], as_of: date | None) -> Question:
    """The figures that a page with these choices (parameter → value of its address) shows. A region is what the page is
    about, or only stands out among all."""
    known = catalogue()
    indicators = choices.get("indicator", choices.get("indicators", ""))
    only = choices.get("region", "") if page in _OF_A_REGION else choices.get("regions", "")
    regions = tuple(code for code in only.split("-") if code in known.regions)
    return Question(
        tuple(one for one in indicators.split("-") if one in known.indicators),
        (*regions, NATION) if regions and page != _A_FIGURE else regions,
        choices.get("period") or None,
        choices.get("sex") if choices.get("sex") in ("T", "K", "M") else None,
        as_of,
    )
