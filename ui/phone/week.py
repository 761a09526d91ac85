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
from ui.address import link, pick
from ui.cache import view_key
from ui.escape import plain
from ui.figure_links import record_link
from ui.figures import drawn, rows_html, tabled
from ui.frame import Frame
from ui.parts import card_head
from ui.pickers import Choice
from ui.show import download, file_name


def profile(frame: Frame, choice: Choice, *, warned: bool, include_synthetic: bool) -> None:
    """The heat map of the chosen indicator, its table and its workbook. Without one: which indicators have it.
    `warned`: the page says already that it shows synthetic figures."""
    with st.container(border=True, key="card week"):
        st.html(card_head(frame.say("phone.profile.heading")))
        _told(frame, choice, warned=warned, include_synthetic=include_synthetic)


def _told(frame: Frame, choice: Choice, *, warned: bool, include_synthetic: bool) -> None:
    there = profiles_published(frame.store, frame.as_of, include_synthetic=include_synthetic)
    own = there.filter(pl.col("indicator") == choice.indicator.id)
    if own.is_empty():
        made_up = not include_synthetic and profiles_published(frame.store, frame.as_of).height > there.height
        st.markdown(frame.say("ui.asked_synthetic") if made_up else _nothing(frame, choice, there))
        return
    asked = _asked(frame, choice, own)
    if asked.synthetic and not warned:
        st.warning(frame.say("ui.synthetic"))
    key = view_key(frame, "week profile", asked.indicator.id, asked.region, asked.period.key)
    drawn(
        frame,
        "week",
        key,
        lambda: charts.week_profile_map(asked, frame.language),
        lambda: charts.week_profile_in_words(asked, frame.language),
    )
    tabled(frame, "week", key, partial(_table, frame, asked))
    _workbook(frame, asked)


def _nothing(frame: Frame, choice: Choice, there: pl.DataFrame) -> str:
    title = choice.indicator.title.in_language(frame.language)
    if there.is_empty():
        return plain(frame.say("phone.profile.none"))
    known = catalogue().indicators
    others = sorted({known[each].short_title.in_language(frame.language) for each in there["indicator"]})
    return plain(frame.say("phone.profile.not_of_this", title=title, others=", ".join(others)))


def _asked(frame: Frame, choice: Choice, own: pl.DataFrame) -> WeekProfile:
    """The region and the period the reader chooses among those with a profile: the chosen regions first."""
    regions = catalogue().regions
    found = own["region"].unique().to_list()
    codes = [code for code in choice.chosen if code in found]
    codes += sorted(code for code in found if code not in codes)
    left, right = st.columns(2)
    with left:
        label = frame.say("phone.profile.region")
        region = pick(frame, "week_region", codes, label=label, shown=lambda code: regions[code].name)
    periods = own.filter(pl.col("region") == region)["period"].to_list()
    with right:
        label, language = frame.say("ui.period"), frame.language
        period = pick(frame, "week", periods, label=label, shown=lambda key: period_label(key, language))
    return week_profile(frame.store, choice.indicator.id, region, period, frame.as_of)


def _table(frame: Frame, asked: WeekProfile) -> str:
    rows = [_row(frame, asked, row) for row in asked.rows.to_dicts()]
    value = frame.say("exports.columns.value")
    numbers = [value, *(frame.say(f"exports.columns.{name}") for name in ("numerator", "denominator"))]
    links = [record_link(frame, row["upload"], row["sheet"], row["cell"]) for row in asked.rows.to_dicts()]
    return rows_html(rows, asked.indicator.title.in_language(frame.language), numbers, {value: links})


def _row(frame: Frame, asked: WeekProfile, row: dict[str, Any]) -> dict[str, str]:
    def count(name: str) -> str:
        return "" if row[name] is None else format_number(row[name], 0, frame.language)

    cells = {
        "when": charts.part_of_week(row, frame.language),
        "value": format_value(row["value"], asked.indicator.unit, asked.indicator.decimals, frame.language),
        "numerator": count("numerator"),
        "denominator": count("denominator"),
        "flags": "x" if row["synthetic"] else "",
        "file": row["file"],
        "cell": row["cell"],
    }
    return {
        frame.say("phone.profile.when" if name == "when" else f"exports.columns.{name}"): cell
        for name, cell in cells.items()
    }


def _workbook(frame: Frame, asked: WeekProfile) -> None:
    """The profile as a workbook; it is made when it is asked for, not at every run."""
    address = link(frame)

    def workbook() -> bytes:
        version = frame.store.data_version()
        return profile_workbook(asked, language=frame.language, data_version=version, as_of=frame.as_of, link=address)

    name = file_name(frame, f"{asked.indicator.id}_{asked.region}_{asked.period.key}_{frame.say('phone.profile.file')}")
    download(frame.say("phone.profile.excel"), workbook, name, key="week profile")
