"""How many answers are behind a survey share that no file gives a base for? (methods §1)

Typed in by staff for one region (computed) or for a whole wave (still assumed: the same number for every region), else
the wave's assumption in the catalogue, else the survey's latest one carried on.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

import polars as pl

from analysis.moments import until
from analysis.same_frame import SameFrame
from indicators import NATION, Indicator, SurveyWave, catalogue
from models import Store
from models.entered import last_of

TYPED_COLUMNS: Final = {
    "key": pl.String,
    "subject": pl.String,
    "period": pl.String,
    "region": pl.String,
    "sex": pl.String,
    "answers": pl.Int64,
    "source": pl.String,
    "entered_at": pl.String,
    "entered_by": pl.String,
}
"""A number of answers that stands, as models.TypedBase."""
ONE_SEX: Final = 0.5
"""Of a total's base, what is assumed to be women, or men."""
_STORED: Final = f"""
SELECT key, subject, period, region, sex, answers, source, entered_at, entered_by FROM typed_base
WHERE NOT withdrawn AND id IN {last_of("typed_base", "key")} ORDER BY id
"""  # noqa: S608 (our own subquery)


class Base(NamedTuple):
    """`assumed`: answers taken for granted, or None; `typed`: answers stated for this very region, or None. `origin`:
    typed (for this very figure), typed_wider, wave or ""; `source`: where a typed number can be checked."""

    assumed: float | None = None
    typed: float | None = None
    origin: str = ""
    source: str = ""


def typed_bases(store: Store, as_of: date | None = None) -> pl.DataFrame:
    """Every number of answers that stands at the end of the day (TYPED_COLUMNS)."""
    return _typed(store, store.data_version(), as_of)


@lru_cache(maxsize=64)
def _typed(store: Store, _version: int, as_of: date | None) -> pl.DataFrame:
    return store.frame(_STORED, TYPED_COLUMNS, until=until(as_of))


def typed_for(store: Store, indicator: Indicator, as_of: date | None = None) -> pl.DataFrame:
    """The typed numbers that touch an indicator: its own, and those of its survey (TYPED_COLUMNS)."""
    return _touching(SameFrame(typed_bases(store, as_of)), (indicator.id, indicator.survey or indicator.id))


@lru_cache(maxsize=256)
def _touching(of: SameFrame, subjects: tuple[str, ...]) -> pl.DataFrame:
    assert of.frame is not None
    return of.frame.filter(pl.col("subject").is_in(subjects))


def wave_behind(store: Store, indicator: Indicator, period: str, as_of: date | None = None) -> SurveyWave | None:
    """The wave of a figure as it is taken to be: described or carried on, with a number typed for the wave in place of
    the catalogue's assumption."""
    wave = catalogue().wave(indicator, period, as_of)
    stated = base_of(typed_for(store, indicator, as_of).to_dicts(), indicator, wave, period, "", "T")
    if wave is None or stated.origin != "typed_wider" or stated.assumed is None:
        return wave
    return wave.with_typed_base(int(stated.assumed), stated.source)


def base_of(
    typed: Iterable[dict[str, object]], indicator: Indicator, wave: SurveyWave | None, period: str, code: str, sex: str
) -> Base:
    """The base of one figure. `typed`: rows of typed_for. For one sex of which nothing is known half of the total's is
    assumed, whatever the total's rests on; Riket's own number is printed and not used."""
    if code == NATION:
        return Base()
    own = [row for row in typed if row["period"] == period and row["region"] in (code, "")]
    # The region before the wave, the indicator before its survey.
    ordered = sorted(own, key=lambda row: (row["region"] != code, row["subject"] != indicator.id))
    for row in (row for row in ordered if row["sex"] == sex):
        return _stated(row, code)
    share = 1.0 if sex == "T" else ONE_SEX
    for row in (row for row in ordered if row["sex"] == "T"):
        return Base(assumed=share * float(str(row["answers"])), origin="typed_wider", source=str(row["source"]))
    if wave is None or wave.assumed_base is None:
        return Base()
    return Base(assumed=share * wave.assumed_base, origin="wave")


def _stated(row: dict[str, object], code: str) -> Base:
    answers, source = float(str(row["answers"])), str(row["source"])
    if code and row["region"] == code:
        return Base(typed=answers, origin="typed", source=source)
    return Base(assumed=answers, origin="typed_wider", source=source)
