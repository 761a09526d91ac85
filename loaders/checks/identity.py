"""Which figure is it? Indicator, period, sex, age and level of every claim, or why it cannot be told."""

from typing import Final

import polars as pl

from analysis.moments import today_in_sweden
from indicators import Catalogue, Indicator, period_of, tidy_name
from loaders.checks.context import Findings, looked_up
from loaders.problems import WARNING
from loaders.tables.periods import FUTURE, UNENDED, not_over, read_period
from loaders.tables.units import unit_agrees
from loaders.tables.vocabulary import names_of

_ALL_AGES: Final = frozenset({"", "-", "alla", "all", "samtliga", "totalt", "alla åldrar", "total"})
_REGION_LEVELS: Final = frozenset({"", "-", "län", "region", "riket", "landsting", "landsting/region", "nation"})
_SEXES: Final = {
    "t": "T", "totalt": "T", "total": "T", "båda könen": "T", "alla": "T", "samtliga": "T",
    "k": "K", "kvinnor": "K", "kvinna": "K", "women": "K", "female": "K",
    "m": "M", "män": "M", "man": "M", "men": "M", "male": "M",
}  # fmt: skip
_ABSENT: Final = ("", "-")


def sex_of(printed: str) -> str | None:
    """T, K or M for a printed sex."""
    return _SEXES.get(tidy_name(printed))


def indicator_titled(known: Catalogue, publisher: str, printed: str) -> Indicator | None:
    """The indicator a title or id means: by the publisher's names, or (publisher "") by anyone's and our own."""
    if publisher:
        return known.indicator_of(publisher, printed)
    tidy = tidy_name(printed)
    if tidy in known.measured:
        return known.measured[tidy]
    candidates = {each.id for each in known.measured.values() if tidy in names_of(each)}
    # Two indicators under one name (another publisher's series of the same title) would be a guess: neither.
    return known.indicators[candidates.pop()] if len(candidates) == 1 else None


def resolve_indicators(frame: pl.DataFrame, findings: Findings) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Claims with `indicator` and `of_unit`, and those outside the catalogue, set aside before any other check."""
    known = findings.known

    def judge(title: str, guid: str) -> tuple[str | None, str | None, str, str, bool]:
        titled = indicator_titled(known, findings.publisher, title) if title else None
        identified = known.indicator_with_guid(guid) if guid not in _ABSENT else None
        shown = f"{title} ({guid})" if title and guid not in _ABSENT else title or guid
        found = titled or identified
        # A known Indikator-Id under a title that is not the catalogue's may be another question: not guessed.
        disagree = identified is not None and bool(title) and identified != titled
        return (
            found.id if found else None,
            found.unit if found else None,
            found.data if found else "",
            shown,
            disagree,
        )

    schema = {
        "indicator": pl.String,
        "of_unit": pl.String,
        "of_data": pl.String,
        "called": pl.String,
        "disagree": pl.Boolean,
    }
    frame = looked_up(frame, ["title", "guid"], judge, schema)
    unknown = frame.filter(pl.col("indicator").is_null())
    if unknown.height:
        unnamed = [block for block, claims in enumerate(findings.claims) if not claims.named]
        aside = unknown.filter(~pl.col("block").is_in(unnamed)).drop("indicator")
        findings.set_aside_with_warning(aside, "unknown_indicator", "title", "called")
        frame = frame.filter(pl.col("indicator").is_not_null())
    disagreeing = frame.filter("disagree").unique("called", maintain_order=True)
    findings.rows(disagreeing, "indicator_disagrees", "guid", "called")
    told = ("disagree", "called", "title", "guid")
    return frame.drop(told), unknown.drop(told).with_columns(of_unit=pl.lit(""))


def set_aside_levels(frame: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """Only figures of regions and Riket, of all ages, are kept; the rest is listed with a warning."""
    for name, rule, kept in (("level", "other_level", _REGION_LEVELS), ("age", "other_age", _ALL_AGES)):
        wanted = looked_up(frame, [name], lambda text, kept=kept: (tidy_name(text) in kept,), {"kept": pl.Boolean})
        if not wanted["kept"].all():
            findings.set_aside_with_warning(wanted.filter(~pl.col("kept")), rule, name, name)
            wanted = wanted.filter("kept")
        frame = wanted.drop("kept", name)
    return frame


def resolve_periods(frame: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """Claims with period key, period_start, period_end, period_kind. One that has not begun is an error; one that has
    not ended, or lies before the survey was first made, is to be confirmed."""
    today = today_in_sweden()

    def judge(printed: str) -> tuple[object, ...]:
        period = read_period(printed)
        if period is None:
            return None, None, None, None, ""
        return period.key, period.start, period.end, period.kind, not_over(period.start, period.end, today)

    schema = {
        "key": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "period_kind": pl.String,
        "not_over": pl.String,
    }
    frame = looked_up(frame, ["period"], judge, schema)
    findings.rows(frame.filter(pl.col("key").is_null()), "unreadable_period", "period")
    findings.rows(frame.filter(pl.col("not_over") == FUTURE), FUTURE, "period")
    once = ["indicator", "key"]
    unended = frame.filter(pl.col("not_over") == UNENDED).unique(once, keep="first", maintain_order=True)
    findings.rows(unended, UNENDED, "period", severity=WARNING)
    surveys = {one.id: findings.known.began(one) for one in findings.known.indicators.values()}
    began = {indicator: period_of(key).start for indicator, key in surveys.items() if key}
    starts = pl.col("indicator").replace_strict(began, default=None, return_dtype=pl.Date)
    told = frame.select(*once, "period_end").with_row_index("at").filter(pl.col("period_end") < starts)
    earliest = told.unique(once, keep="first", maintain_order=True)[
        "at"
    ]  # the other columns are copied for these alone
    early = frame[earliest].with_columns(began=starts.dt.to_string("%Y"))
    findings.rows(early, "before_survey", "period", severity=WARNING, values={"began": "began"})
    # Excel makes a month or a year typed as one into the date of its first day; a state is counted on the last.
    first = (pl.col("period_kind") == "day") & pl.col("key").str.ends_with("-01")
    days = frame.filter(first).unique("indicator", keep="first", maintain_order=True)
    findings.rows(days, "day_period", "period", severity=WARNING)
    return frame.drop("period", "not_over").rename({"key": "period"})


def resolve_sexes(frame: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """Claims with sex T, K or M."""
    frame = looked_up(frame, ["sex"], lambda printed: (sex_of(printed),), {"of_sex": pl.String})
    findings.rows(frame.filter(pl.col("of_sex").is_null()), "unknown_sex", "sex")
    return frame.drop("sex").rename({"of_sex": "sex"})


def check_units(frame: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """The printed unit must be the indicator's, once per indicator and unit."""
    fits = looked_up(
        frame, ["unit", "of_unit"], lambda unit, of_unit: (unit_agrees(unit, of_unit),), {"agrees": pl.Boolean}
    )
    wrong = fits.filter(~pl.col("agrees")).unique(["indicator", "unit"], keep="first", maintain_order=True)
    findings.rows(wrong, "unit_mismatch", "unit", values={"unit": "of_unit"})
    return frame.drop("unit")
