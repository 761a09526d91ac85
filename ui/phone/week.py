"""When in the week people call and wait: the profile of one region by weekday and hour, where a file has it."""

from functools import partial
from typing import Any

import polars as pl
import streamlit as st

import charts
from analysis.phone.week import WeekProfile, profiles_published, week_profile
from exports.phone import profile_workbook
from indicators import catalogue, period_label
from locales.numbers import format_number, format_value
from ui.address import pick
from ui.cache import view_key
from ui.escape import plain
from ui.figure_links import record_link
from ui.figures import drawn, rows_html, tabled
from ui.notes import synthetic_warning
from ui.parts import card_head
from ui.pickers import Choice
from ui.sharing import short_link
from ui.show import download, file_name
from ui.visit import Visit


def profile(visit: Visit, choice: Choice, *, warned: bool, include_synthetic: bool) -> None:
    """The heat map of the chosen indicator, its table and its workbook. Without one: which indicators have it.
    `warned`: the page says already that it shows synthetic figures."""
    with st.container(border=True, key="card week"):
        st.html(card_head(visit.say("phone.profile.heading")))
        _told(visit, choice, warned=warned, include_synthetic=include_synthetic)


def _told(visit: Visit, choice: Choice, *, warned: bool, include_synthetic: bool) -> None:
    there = profiles_published(visit.store, visit.as_of, include_synthetic=include_synthetic)
    own = there.filter(pl.col("indicator") == choice.indicator.id)
    if own.is_empty():
        made_up = not include_synthetic and profiles_published(visit.store, visit.as_of).height > there.height
        st.markdown(visit.say("ui.asked_synthetic") if made_up else _nothing(visit, choice, there))
        return
    asked = _asked(visit, choice, own)
    if asked.synthetic and not warned:
        synthetic_warning(visit)
    key = view_key(visit, "week profile", asked.indicator.id, asked.region, asked.period.key)
    drawn(
        visit,
        "week",
        key,
        lambda: charts.week_profile_map(asked, visit.language),
        lambda: charts.week_profile_in_words(asked, visit.language),
    )
    tabled(visit, "week", key, partial(_table, visit, asked))
    _workbook(visit, asked)


def _nothing(visit: Visit, choice: Choice, there: pl.DataFrame) -> str:
    title = choice.indicator.title.in_language(visit.language)
    if there.is_empty():
        return plain(visit.say("phone.profile.none"))
    known = catalogue().indicators
    others = sorted({known[each].short_title.in_language(visit.language) for each in there["indicator"]})
    return plain(visit.say("phone.profile.not_of_this", title=title, others=", ".join(others)))


def _asked(visit: Visit, choice: Choice, own: pl.DataFrame) -> WeekProfile:
    """The region and the period the reader chooses among those with a profile: the chosen regions first."""
    regions = catalogue().regions
    found = own["region"].unique().to_list()
    codes = [code for code in choice.chosen if code in found]
    codes += sorted(code for code in found if code not in codes)
    left, right = st.columns(2)
    with left:
        label = visit.say("phone.profile.region")
        region = pick(visit, "week_region", codes, label=label, shown=lambda code: regions[code].name)
    periods = own.filter(pl.col("region") == region)["period"].to_list()
    with right:
        label, language = visit.say("ui.period"), visit.language
        period = pick(visit, "week", periods, label=label, shown=lambda key: period_label(key, language))
    return week_profile(visit.store, choice.indicator.id, region, period, visit.as_of)


def _table(visit: Visit, asked: WeekProfile) -> str:
    rows = [_row(visit, asked, row) for row in asked.rows.to_dicts()]
    value = visit.say("exports.columns.value")
    numbers = [value, *(visit.say(f"exports.columns.{name}") for name in ("numerator", "denominator"))]
    links = [record_link(visit, row["upload"], row["sheet"], row["cell"]) for row in asked.rows.to_dicts()]
    return rows_html(rows, asked.indicator.title.in_language(visit.language), numbers, {value: links})


def _row(visit: Visit, asked: WeekProfile, row: dict[str, Any]) -> dict[str, str]:
    def count(name: str) -> str:
        return "" if row[name] is None else format_number(row[name], 0, visit.language)

    cells = {
        "when": charts.part_of_week(row, visit.language),
        "value": format_value(row["value"], asked.indicator.unit, asked.indicator.decimals, visit.language),
        "numerator": count("numerator"),
        "denominator": count("denominator"),
        "flags": "x" if row["synthetic"] else "",
        "file": row["file"],
        "cell": row["cell"],
    }
    return {
        visit.say("phone.profile.when" if name == "when" else f"exports.columns.{name}"): cell
        for name, cell in cells.items()
    }


def _workbook(visit: Visit, asked: WeekProfile) -> None:
    """The profile as a workbook; it is made when it is asked for, not at every run."""
    address = short_link(visit)

    def workbook() -> bytes:
        version = visit.store.data_version()
        return profile_workbook(asked, language=visit.language, data_version=version, as_of=visit.as_of, link=address)

    name = file_name(visit, f"{asked.indicator.id}_{asked.region}_{asked.period.key}_{visit.say('phone.profile.file')}")
    download(visit.say("phone.profile.excel"), workbook, name, key="week profile")
