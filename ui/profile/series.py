"""One region over time in phone and usage: month by month or measurement by measurement, each change tested."""

from functools import partial
from typing import Final

import altair as alt
import polars as pl
import streamlit as st

import charts
from analysis import SeriesChange, TimeSeries, indicators_with_figures
from analysis.change.questions import changes_of_series
from analysis.change.tested import change_of_rows
from analysis.followup.letters import letter_of
from exports import formatted_table
from indicators import Indicator, catalogue, period_label
from ui.cache import kept
from ui.escape import plain
from ui.figure_links import table_links
from ui.figures import drawn, tabled
from ui.notes import bullets
from ui.profile.page import Profile
from ui.profile.words import moved_sentence
from ui.tables import table_html

_USE: Final = ("phone", "uptake")


def use(profile: Profile) -> None:
    """Phone and usage: XmR charts of the monthly series, with the rule that fired; lines for the others."""
    shown = kept(("using", *profile.key), partial(_use, profile))
    if not shown:
        st.info(profile.say("nothing.use"))
    for first in range(0, len(shown), 2):
        for column, indicator in zip(st.columns(2, gap="large"), shown[first : first + 2], strict=False):
            with column:
                _one(profile, catalogue().indicators[indicator])


def _own(profile: Profile, series: TimeSeries) -> pl.DataFrame:
    return series.rows.filter(pl.col("code") == profile.region)


def _change(profile: Profile, indicator: Indicator) -> SeriesChange:
    series = profile.series(indicator.id)
    return change_of_rows(indicator, profile.region, _own(profile, series), series.kind)


def _with_figures(profile: Profile) -> list[Indicator]:
    """The indicators of which the region has at least two figures in its series."""
    known = [catalogue().indicators[used] for used in indicators_with_figures(profile.visit.store, profile.visit.as_of)]
    return [one for one in known if _own(profile, profile.series(one.id))["value"].count() > 1]


def _use(profile: Profile) -> list[str]:
    return [one.id for one in _with_figures(profile) if one.area in _USE]


def _one(profile: Profile, indicator: Indicator) -> None:
    key = (*profile.key, indicator.id)
    made_up, moved, fired = kept(("told", *key), partial(_told, profile, indicator))
    drawn(
        profile.visit,
        "series",
        key,
        lambda: _chart(profile, indicator),
        lambda: _words(profile, indicator),
        synthetic=made_up,
        indicators=(indicator.id,),
    )
    st.markdown(moved)
    bullets(fired)
    tabled(profile.visit, "series", key, lambda: _html(profile, indicator))


def _told(profile: Profile, indicator: Indicator) -> tuple[bool, str, list[str]]:
    """Whether example data are drawn, what has changed, and what is told under the chart; markdown."""
    made_up = profile.rests_on_synthetic(indicator.id)
    return made_up, _moved(profile, indicator), [plain(sentence) for sentence in _fired(profile, indicator)]


def _moved(profile: Profile, indicator: Indicator) -> str:
    """Under its own chart a single series: a change shows the level it holds at."""
    visit = profile.visit
    letter = letter_of(visit.store, profile.region, visit.as_of)
    changes = changes_of_series(profile.series(indicator.id), profile.region, letter)
    synthetic = profile.rests_on_synthetic(indicator.id)
    return moved_sentence(changes, visit.language, synthetic=synthetic, level=95)


def _chart(profile: Profile, indicator: Indicator) -> alt.LayerChart:
    language = profile.visit.language
    change = _change(profile, indicator)
    if change.chart is not None:
        return charts.xmr_lines(change.chart, indicator, profile.region, language)
    return charts.trend_lines(profile.series(indicator.id), language, chosen=[profile.region])


def _words(profile: Profile, indicator: Indicator) -> str:
    language = profile.visit.language
    change = _change(profile, indicator)
    if change.chart is not None:
        return charts.xmr_in_words(change.chart, indicator, profile.region, language)
    return charts.trend_in_words(profile.series(indicator.id), language, chosen=[profile.region])


def _fired(profile: Profile, indicator: Indicator) -> list[str]:
    """Each rule that fired in the series with how often, each break with its reason, and what to compare with care."""
    change = _change(profile, indicator)
    fired = [
        profile.say(
            "fired",
            rule=profile.visit.say(f"judgements.rule.{rule}"),
            count=len(periods),
            latest=period_label(periods[-1], profile.visit.language),
        )
        for rule, periods in change.fired.items()
    ]
    series, language = profile.series(indicator.id), profile.visit.language
    return [*fired, *charts.breaks_in_words(series, language), *charts.comparability_in_words(series, language)]


def _html(profile: Profile, indicator: Indicator) -> str:
    language = profile.visit.language
    rows = profile.series(indicator.id).rows
    shown = formatted_table(rows, indicator, language)
    filled = [name for name in shown.columns if (shown[name] != "").any()]
    links = table_links(profile.visit, rows)
    return table_html(shown.select(filled), indicator.title.in_language(language), links=links)
