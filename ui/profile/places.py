"""A region's place among all: the spine chart and the places with their intervals, one table for both."""

from collections.abc import Sequence
from functools import partial

import polars as pl
import streamlit as st

import charts
from analysis import Comparison, Finding, shown_judgement
from analysis.told import told_word
from charts.region_ranks import region_ranks, region_ranks_in_words
from indicators import NATION, catalogue, period_label
from locales import text
from locales.numbers import format_value
from ui.cache import kept
from ui.escape import plain
from ui.figure_links import figure_link
from ui.figures import drawn, rows_html, tabled
from ui.profile.page import Profile
from wording.judgement import capital
from wording.reach import base_in_short, places_by_chance, probability_in_words
from wording.sentences import benchmark_of, benchmarks_of, difference_in_words, rank_in_words, why_not


def places(profile: Profile) -> None:
    """The spine chart, and the places with their intervals; one table holds the numbers of both. Older measurements
    stand in a block of their own below."""
    for older in (False, True):
        if kept(("any", str(older), *profile.key), partial(_any, profile, older)):
            _block(profile, older)


def _any(profile: Profile, older: bool) -> bool:
    return bool(_findings(profile, older))


def _block(profile: Profile, older: bool) -> None:
    frame, language, region = profile.frame, profile.frame.language, profile.region
    key = (str(older), *profile.key)

    def compared() -> list[Comparison]:
        return [one.comparison for one in _findings(profile, older)]

    made_up = kept(("made up", *key), lambda: any(one.synthetic for one in compared()))
    shown = kept(("indicators", *key), lambda: tuple(one.indicator.id for one in compared()))
    st.header(profile.say("older_spread" if older else "spread"), anchor=False)
    drawn(
        frame,
        "spine",
        key,
        lambda: charts.region_spine(_spread(compared()), region, language),
        lambda: charts.spine_in_words(_spread(compared()), region, language),
        synthetic=made_up,
        indicators=shown,
    )
    tabled(frame, "standing", key, partial(_standing_html, profile, older))
    st.header(profile.say("older_ranks" if older else "ranks"), anchor=False)
    drawn(
        frame,
        "ranks",
        key,
        lambda: region_ranks(compared(), region, language),
        lambda: region_ranks_in_words(compared(), region, language),
        synthetic=made_up,
        indicators=shown,
    )
    if chance := kept(("chance", *key), lambda: places_by_chance(compared(), language)):
        st.markdown(plain(chance))


def _findings(profile: Profile, older: bool) -> Sequence[Finding]:
    return profile.findings.older if older else profile.findings.current


def _spread(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """Those with figures for several regions: one alone has no place in a spread."""
    return [one for one in comparisons if one.rows.filter(pl.col("code") != NATION)["value"].count() > 1]


def _standing_html(profile: Profile, older: bool) -> str:
    shown = _findings(profile, older)
    rows = [_standing(profile, one) for one in shown]
    numbers = [profile.say(f"columns.{name}") for name in ("value", "interval", "benchmark", "difference", "rank")]
    links = [figure_link(profile.frame, one.row) for one in shown]
    region = catalogue().regions[profile.region].name
    against = benchmarks_of([one.comparison for one in shown], profile.frame.language)
    caption = profile.say("older_standing" if older else "standing", region=region, benchmark=against)
    return rows_html(rows, caption, numbers, {profile.say("columns.value"): links})


def _standing(profile: Profile, finding: Finding) -> dict[str, str]:
    language, row, indicator = profile.frame.language, finding.row, finding.comparison.indicator

    def value(name: str) -> str:
        shown = row[name]
        return "" if shown is None else format_value(shown, indicator.unit, indicator.decimals, language)

    def points(name: str) -> str:
        return "" if row[name] is None else difference_in_words(row[name], indicator, language)

    judgement = shown_judgement(row)
    cells = {
        "indicator": indicator.title.in_language(language),
        "period": period_label(row["period"], language),
        "value": value("value"),
        "interval": f"{value('ci_low')}–{value('ci_high')}" if row["ci_low"] is not None else "",
        "against": capital(benchmark_of(finding.comparison, language)),
        "benchmark": value("benchmark_value"),
        "difference": points("difference"),
        "between": f"{points('diff_low')}; {points('diff_high')}" if row["diff_low"] is not None else "",
        "judgement": told_word(row, language),
        "reach": capital(base_in_short(row, language)),
        "detectable": points("detectable"),
        "lowest_three": probability_in_words(row["lowest_three"], language),
        "why": why_not(indicator, row, language) if judgement == "not_assessable" else "",
        "rank": rank_in_words(row, language),
        "evidence": text(f"evidence.{row['evidence']}", language),
        "flags": row["flags"],
    }
    return {profile.say(f"columns.{name}"): cell for name, cell in cells.items()}
