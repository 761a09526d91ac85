"""The regions side by side: the share at the minimum level judged, and how all units divide."""

from functools import partial
from typing import Any

import streamlit as st

import charts
from analysis import marked_count
from analysis.supply import SHARE_INDICATOR, shares
from analysis.told import level_words
from charts.drawn_grids import tiles_drawn
from charts.drawn_tables import strips_drawn
from charts.supply.parts import part_key, parts_in_words, supply_parts
from exports.cover import Line
from exports.supply.sheets import Tables, regions_tables
from indicators import catalogue
from locales.numbers import format_value
from ui import certainty, pictures, take
from ui.address import switched
from ui.area.html import strips, tiles
from ui.cache import kept
from ui.escape import plain
from ui.figures import picture
from ui.notes import flag_sentences, reasons
from ui.parts import card_head
from ui.supply.tables import reached, shares_html, signed_points, tables_file
from ui.supply.view import Supply
from wording.judgement import verdict_of
from wording.sentences import benchmarks_of


def draw(view: Supply) -> None:
    """The regions against the benchmark beside how all units divide, and what the marks rest on."""
    marks = kept(("marked", *view.key), lambda: marked_count([view.comparison]))
    against = kept(("against", *view.key), lambda: benchmarks_of([view.comparison], view.visit.language))
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(border=True, key="card compared"):
        _compared(view, against)
    with right, st.container(border=True, key="card parts"):
        _parts(view)
    with certainty.fold(view.visit):
        evidence = kept(("evidence", *view.key), partial(_evidence, view))
        certainty.how_sure_of(view.visit, marks, against, view.level, more=evidence)


def _compared(view: Supply, against: str) -> None:
    """Strips, tiles or the table of the shares, and the workbook."""
    visit, language = view.visit, view.visit.language
    heading = visit.say("area.against", benchmark=against, period=view.when)
    known = {name: visit.say(f"area.show.{name}") for name in ("diagram", "map", "table")}
    shown, switch = switched(visit, "show", known, label=visit.say("area.show.label"))
    st.html(card_head(heading, switch))
    if shown == "table":
        st.html(kept(("table", "regions", *view.key), partial(_table, view)))
        st.caption(plain(kept(("told", "regions", *view.key), partial(_in_words, view))))
    elif shown == "map":
        st.html(tiles(reached(view)))
    else:
        st.html(strips(reached(view), heading, language))
    level = level_words(view.level, language)
    st.caption(plain(visit.say("area.note_interval", level=level, benchmark=against)))
    title = f"{view.say('headings.regions')}, {view.when}, {visit.say('judged_charts.against', benchmark=against)}"
    codes = [code for code in view.with_data if view.others or code in view.chosen]
    excel = tables_file(
        view, "regions", title, codes, lambda: _sheets(view), lambda: _told(view, against), lambda: reached(view)
    )
    taken = [_taken(view, shown)] if shown != "table" else []
    take.menu(visit, pictures=taken, excel=[excel], indicators=_measured(view))


def _measured(view: Supply) -> tuple[str, ...]:
    """The indicator, where the share is its own."""
    return (SHARE_INDICATOR,) if view.usual else ()


def _taken(view: Supply, shown: str) -> pictures.Taken:
    """The strips or the tiles as a picture."""
    visit, found = view.visit, reached(view)
    drawing = (
        partial(tiles_drawn, found.strips, found.scale.benchmark) if shown == "map" else partial(strips_drawn, found)
    )
    return pictures.of_table(
        visit,
        (found.headline, f"{view.say('headings.regions')}, {view.when}. {view.say('rule_is', rule=view.rule_words)}"),
        drawing,
        ((SHARE_INDICATOR,), (view.period.key, view.period.key)),
        synthetic=kept(("synthetic", *view.key), lambda: bool(view.units["synthetic"].any())),
        assumed=False,
        name=" ".join((view.say("files.regions"), *([visit.say("area.show.map")] if shown == "map" else []))),
    )


def _in_words(view: Supply) -> str:
    return charts.judged_in_words(view.comparison, view.visit.language, chosen=view.chosen)


def _parts(view: Supply) -> None:
    """How every region's units divide, the unknown and the not applicable too."""
    title, subtitle = view.say("chart.parts", when=view.when), view.marked(part_key(view.visit.language))
    language = view.visit.language
    st.html(card_head(view.say("headings.parts")))
    picture(
        view.visit,
        "parts",
        view.key,
        lambda: supply_parts(view.region_rows(), title, subtitle, language, chosen=view.chosen),
        lambda: parts_in_words(view.region_rows(), title, subtitle, language),
    )


def _evidence(view: Supply) -> list[str]:
    return [*reasons(view.visit, view.comparison), *flag_sentences(view.visit, view.comparison.rows)]


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
    symbol, word = verdict_of(row, view.visit.language) if row else ("", "")
    points = row["difference"] if row else None
    cells = {
        "judgement": f"{symbol} {word}".strip(),
        "difference": "" if points is None else signed_points(view, points),
    }
    return {view.say(f"columns.{name}"): cell for name, cell in cells.items()}


def _sheets(view: Supply) -> Tables:
    return regions_tables(view.region_rows(), view.units, view.comparison.rows, view.visit.language)


def _told(view: Supply, against: str) -> list[Line]:
    """What the regions are judged against, and at which level the page marks."""
    level = format_value(view.level, "percent", 1 if view.level % 1 else 0, view.visit.language)
    return [(view.visit.say("exports.cover.benchmark"), against), (view.visit.say("exports.cover.level"), level)]
