"""A region's place among all: the spine chart and the places with their intervals, one table for both."""

from functools import partial

import polars as pl
import streamlit as st

import charts
from analysis import Comparison, Finding, shown_judgement
from analysis.sentences import (
    benchmark_of,
    benchmarks_of,
    difference_in_words,
    rank_in_words,
    why_not,
)
from analysis.told import told_word
from charts.judgement_words import capital
from charts.region_ranks import region_ranks, region_ranks_in_words
from indicators import NATION, catalogue, period_label
from locales import text
from locales.numbers import format_value
from ui.cache import kept
from ui.figures import drawn, rows_html, tabled
from ui.profile import Profile
from ui.provenance_links import figure_link


def places(profile: Profile) -> None:
    """The spine chart, and the places with their intervals; one table holds the numbers of both."""
    frame, language, key = profile.frame, profile.frame.language, profile.key
    if not kept(("any", *key), lambda: bool(profile.findings.all)):
        return
    st.header(profile.say("spread"), anchor=False)
    drawn(
        frame,
        "spine",
        key,
        lambda: charts.region_spine(_spread(profile), profile.region, language),
        lambda: charts.spine_in_words(_spread(profile), profile.region, language),
    )
    tabled(frame, "standing", key, partial(_standing_html, profile))
    st.header(profile.say("ranks"), anchor=False)
    drawn(
        frame,
        "ranks",
        key,
        lambda: region_ranks(profile.comparisons, profile.region, language),
        lambda: region_ranks_in_words(profile.comparisons, profile.region, language),
    )


def _spread(profile: Profile) -> list[Comparison]:
    """Those with figures for several regions: one alone has no place in a spread."""
    return [one for one in profile.comparisons if one.rows.filter(pl.col("code") != NATION)["value"].count() > 1]


def _standing_html(profile: Profile) -> str:
    rows = [_standing(profile, one) for one in profile.findings.all]
    numbers = [profile.say(f"columns.{name}") for name in ("value", "interval", "benchmark", "difference", "rank")]
    links = [figure_link(profile.frame, one.row) for one in profile.findings.all]
    region = catalogue().regions[profile.region].name
    against = benchmarks_of([one.comparison for one in profile.findings.all], profile.frame.language)
    caption = profile.say("standing", region=region, benchmark=against)
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
        "why": why_not(indicator, row, language) if judgement == "not_assessable" else "",
        "rank": rank_in_words(row, language),
        "evidence": text(f"evidence.{row['evidence']}", language),
        "flags": row["flags"],
    }
    return {profile.say(f"columns.{name}"): cell for name, cell in cells.items()}
