"""The regions side by side: the share at the minimum level judged, and how all units divide."""

from functools import partial
from typing import Any

import streamlit as st

import charts
from analysis import marked_count
from analysis.supply import shares
from charts.supply.parts import part_key, parts_in_words, supply_parts
from exports.cover import Line
from exports.supply.sheets import Tables, regions_tables
from indicators import catalogue
from locales.numbers import format_value
from ui import certainty
from ui.cache import kept
from ui.figures import drawn, tabled
from ui.notes import bullets, flag_sentences, reasons
from ui.supply.tables import shares_html, signed_points, tables_button
from ui.supply.view import Supply
from wording.judgement import verdict_of
from wording.sentences import benchmarks_of


def draw(view: Supply) -> None:
    """Judged dots, the parts of each region, the map, one table for all, and the workbook."""
    frame, language = view.frame, view.frame.language
    st.header(view.say("headings.regions"), anchor=False)
    drawn(
        frame,
        "judged",
        view.key,
        lambda: charts.judged_dots(view.comparison, language, chosen=view.chosen),
        lambda: charts.judged_in_words(view.comparison, language, chosen=view.chosen),
    )
    marks = kept(("marked", *view.key), lambda: marked_count([view.comparison]))
    against = kept(("against", *view.key), lambda: benchmarks_of([view.comparison], language))
    certainty.how_sure_of(frame, marks, against, view.level)
    bullets(kept(("evidence", *view.key), partial(_evidence, view)))
    left, right = st.columns([3, 2], gap="large")
    with left:
        _parts(view)
    with right:
        st.header(frame.say("compare.map"), anchor=False)
        drawn(
            frame,
            "map",
            view.key,
            lambda: charts.judged_tiles(view.comparison, language),
            lambda: charts.tiles_in_words(view.comparison, language),
        )
    tabled(frame, "regions", view.key, partial(_table, view))
    title = f"{view.say('headings.regions')}, {view.when}, {frame.say('judged_charts.against', benchmark=against)}"
    codes = [code for code in view.with_data if view.others or code in view.chosen]
    tables_button(view, "regions", title, codes, lambda: _sheets(view), lambda: _told(view, against))


def _parts(view: Supply) -> None:
    st.header(view.say("headings.parts"), anchor=False)
    title, subtitle = view.say("chart.parts", when=view.when), view.marked(part_key(view.frame.language))
    language = view.frame.language
    drawn(
        view.frame,
        "parts",
        view.key,
        lambda: supply_parts(view.region_rows(), title, subtitle, language, chosen=view.chosen),
        lambda: parts_in_words(view.region_rows(), title, subtitle, language),
    )


def _evidence(view: Supply) -> list[str]:
    return [*reasons(view.frame, view.comparison), *flag_sentences(view.frame, view.comparison.rows)]


def _table(view: Supply) -> str:
    """Shares and parts of each region, and what the test says of it."""
    judged = {row["code"]: row for row in view.comparison.rows.to_dicts()}
    rows = [{**row, "name": catalogue().regions[row["code"]].name} for row in view.region_rows()]
    whole = shares(view.units, ()).row(0, named=True)
    caption = view.say("captions.regions", when=view.when, rule=view.rule_words)
    return shares_html(
        view,
        [*rows, {**whole, "name": view.say("every_with_data")}],
        view.say("columns.region"),
        caption,
        [*(_judged_cells(view, judged[row["code"]]) for row in rows), _judged_cells(view, None)],
    )


def _judged_cells(view: Supply, row: dict[str, Any] | None) -> dict[str, str]:
    """What the test says of a region; nothing of all of them together."""
    symbol, word = verdict_of(row, view.frame.language) if row else ("", "")
    points = row["difference"] if row else None
    cells = {
        "judgement": f"{symbol} {word}".strip(),
        "difference": "" if points is None else signed_points(view, points),
    }
    return {view.say(f"columns.{name}"): cell for name, cell in cells.items()}


def _sheets(view: Supply) -> Tables:
    return regions_tables(view.region_rows(), view.units, view.comparison.rows, view.frame.language)


def _told(view: Supply, against: str) -> list[Line]:
    """What the regions are judged against, and at which level the page marks."""
    level = format_value(view.level, "percent", 1 if view.level % 1 else 0, view.frame.language)
    return [(view.frame.say("exports.cover.benchmark"), against), (view.frame.say("exports.cover.level"), level)]
