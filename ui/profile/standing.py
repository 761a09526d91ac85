"""Every figure of a region against its benchmark, with all that is known of each: one table for who checks them."""

from collections.abc import Sequence
from functools import partial

from analysis import Finding, shown_judgement
from analysis.told import told_word
from indicators import catalogue, period_label
from locales import text
from locales.numbers import format_value
from ui.cache import kept
from ui.figure_links import figure_link
from ui.figures import rows_html, tabled
from ui.profile.page import Profile
from wording.judgement import capital
from wording.reach import base_in_short, places_by_chance, probability_in_words
from wording.sentences import benchmark_of, benchmarks_of, difference_in_words, rank_in_words, why_not


def standing(profile: Profile) -> None:
    """The table of the figures that say how things stand; older measurements in one of their own below."""
    for older in (False, True):
        if kept(("any", str(older), *profile.key), partial(_any, profile, older)):
            tabled(profile.visit, "standing", (str(older), *profile.key), partial(_standing_html, profile, older))


def by_chance(profile: Profile) -> str:
    """How often chance alone would give the region places like its own, in a sentence; "" where it cannot be told."""
    return kept(("chance", *profile.key), partial(_by_chance, profile))


def _by_chance(profile: Profile) -> str:
    return places_by_chance([one.comparison for one in profile.findings.current], profile.visit.language)


def _any(profile: Profile, older: bool) -> bool:
    return bool(_findings(profile, older))


def _findings(profile: Profile, older: bool) -> Sequence[Finding]:
    return profile.findings.older if older else profile.findings.current


def _standing_html(profile: Profile, older: bool) -> str:
    shown = _findings(profile, older)
    rows = [_standing(profile, one) for one in shown]
    numbers = [profile.say(f"columns.{name}") for name in ("value", "interval", "benchmark", "difference", "rank")]
    links = [figure_link(profile.visit, one.row) for one in shown]
    region = catalogue().regions[profile.region].name
    against = benchmarks_of([one.comparison for one in shown], profile.visit.language)
    caption = profile.say("older_standing" if older else "standing", region=region, benchmark=against)
    return rows_html(rows, caption, numbers, {profile.say("columns.value"): links})


def _standing(profile: Profile, finding: Finding) -> dict[str, str]:
    language, row, indicator = profile.visit.language, finding.row, finding.comparison.indicator

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
