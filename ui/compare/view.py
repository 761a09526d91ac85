"""Any indicators, any regions, any benchmark: the reader's own comparison, wholly in the address."""

from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl
import streamlit as st

from analysis import Comparison, TimeSeries, UnknownChoice, compare_regions, series_over_time
from analysis.change.questions import RegionChanges
from analysis.followup.audits import entered_version
from analysis.followup.letters import changes_shown
from analysis.targets.decided import targets_version
from indicators import NATION, catalogue
from ui.against import TARGET
from ui.cache import Key, kept, view_key
from ui.escape import plain
from ui.notes import synthetic_warning
from ui.visit import Visit


@dataclass(frozen=True)
class Compared:
    """A view. `periods`: each indicator's, None where nothing is published; `shown`: region codes in charts and tables.
    The answers are asked for only when something is not ready from before."""

    visit: Visit
    indicators: tuple[str, ...]
    chosen: tuple[str, ...]
    shown: tuple[str, ...]
    benchmark: str
    periods: tuple[str | None, ...]
    level: float
    ranks: str
    synthetic: bool

    @cached_property
    def key(self) -> Key:
        periods = tuple(period or "" for period in self.periods)
        targets = str(targets_version(self.visit.store)) if self.benchmark == TARGET else ""
        letters = str(entered_version(self.visit.store))
        choices = (self.benchmark, targets, letters, str(self.level), self.ranks, str(self.synthetic))
        return view_key(self.visit, "compare", self.indicators, periods, self.chosen, self.shown, *choices)

    @cached_property
    def _asked(self) -> tuple[list[Comparison], list[str]]:
        """The comparisons, and in words why an indicator has none."""
        found, refused = [], []
        for indicator, period in zip(self.indicators, self.periods, strict=True):
            try:
                found.append(self._one(indicator, period))
            except UnknownChoice as unknown:
                title = catalogue().indicators[indicator].title.in_language(self.visit.language)
                refused.append(f"{title}: {unknown.message(self.visit.language)}")
        return found, refused

    def _one(self, indicator: str, period: str | None) -> Comparison:
        return compare_regions(
            self.visit.store,
            indicator,
            period,
            benchmark=self.benchmark,
            ranks=self.ranks,
            level=self.level,
            as_of=self.visit.as_of,
            include_synthetic=self.synthetic,
        )

    @cached_property
    def told(self) -> list[str]:
        """The indicators that have figures to compare."""
        return kept(("found", *self.key), lambda: [one.indicator.id for one in self.whole])

    @property
    def whole(self) -> list[Comparison]:
        """The comparisons that have figures, over all regions: a place is a place among all."""
        return [one for one in self._asked[0] if one.rows.height]

    @property
    def comparisons(self) -> list[Comparison]:
        """The same with the shown regions and Riket only."""
        inside = pl.col("code").is_in([*self.shown, NATION])
        return [replace(one, rows=one.rows.filter(inside)) for one in self.whole]

    @property
    def refused(self) -> list[str]:
        language = self.visit.language
        empty = [one.indicator.title.in_language(language) for one in self._asked[0] if not one.rows.height]
        return [*self._asked[1], *(f"{title}: {self.visit.say('ui.nothing_published')}" for title in empty)]

    @cached_property
    def over_time(self) -> list[TimeSeries]:
        """Each indicator over time, in the kind of period that is compared."""
        return [
            series_over_time(
                self.visit.store,
                one.indicator.id,
                kind=one.period.kind if one.period else None,
                as_of=self.visit.as_of,
                include_synthetic=self.synthetic,
            )
            for one in self.whole
        ]

    @property
    def series(self) -> TimeSeries:
        """The only indicator over time."""
        return self.over_time[0]

    @property
    def changes(self) -> list[RegionChanges]:
        """The changes of the chosen regions in every indicator."""
        shown = [one for one in self.over_time if len(one.measured) > 1]
        return [each for one in shown for each in changes_shown(self.visit.store, one, self.chosen)]

    def say(self, key: str, **values: object) -> str:
        return self.visit.say(f"compare.{key}", **values)


def some(view: Compared) -> bool:
    """Whether anything is left to draw."""
    return bool(view.told)


def warn(view: Compared) -> None:
    """What there is no comparison for, and a warning where a figure is synthetic."""
    refused, synthetic = kept(("about", *view.key), lambda: (view.refused, any(one.synthetic for one in view.whole)))
    if synthetic:
        synthetic_warning(view.visit)
    for sentence in refused:
        st.info(plain(sentence))
