"""The regions side by side: the share at the minimum level judged, and how all units divide."""

from functools import partial
from typing import Any, Final

import polars as pl
import streamlit as st

import charts
from analysis import marked_count
from analysis.sentences import benchmarks_of
from analysis.supply import shares
from analysis.supply.shares import SHARES
from charts.judgement_marks import LOOKS
from charts.judgement_words import verdict_of
from charts.supply_parts import part_key, parts_in_words, supply_parts
from indicators import catalogue
from ui import certainty
from ui.cache import kept
from ui.figures import drawn, tabled
from ui.notes import bullets, flag_sentences, reasons
from ui.supply_tables import shares_html, signed_points, tables_button
from ui.supply_view import Supply

_TESTED: Final = ("level", "difference", "diff_low", "diff_high", "benchmark_value", "rank", "rank_low", "rank_high")


def draw(view: Supply) -> None:
    """Judged dots, the parts of each region, the map, one table for all, and the workbook."""
    frame, language, level = view.frame, view.frame.language, view.level
    st.header(view.say("headings.regions"), anchor=False)
    drawn(
        frame,
        "judged",
        view.key,
        lambda: charts.judged_dots(view.comparison, language, chosen=view.chosen, level=level),
        lambda: charts.judged_in_words(view.comparison, language, chosen=view.chosen, level=level),
    )
    assessed, marked = kept(("marked", *view.key), lambda: list(marked_count([view.comparison], level)))
    against = kept(("against", *view.key), lambda: benchmarks_of([view.comparison], language))
    certainty.how_sure_of(frame, assessed, marked, against, level)
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
            lambda: charts.judged_tiles(view.comparison, language, level=level),
            lambda: charts.tiles_in_words(view.comparison, language, level=level),
        )
    tabled(frame, "regions", view.key, partial(_table, view))
    title = f"{view.say('headings.regions')}, {view.when}, {frame.say('judged_charts.against', benchmark=against)}"
    tables_button(view, "regions", title, lambda: _sheets(view))


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
    symbol, word = verdict_of(row, view.frame.language, view.level) if row else ("", "")
    points = row["difference"] if row else None
    cells = {
        "judgement": f"{symbol} {word}".strip(),
        "difference": "" if points is None else signed_points(view, points),
    }
    return {view.say(f"columns.{name}"): cell for name, cell in cells.items()}


def _sheets(view: Supply) -> list[tuple[str, pl.DataFrame]]:
    """Every shown region's share, how its units divide, and what the test says of it."""
    judged = view.comparison.rows.select("code", "judgement", *_TESTED)
    words = {one: view.frame.say(f"judgements.short.{one}") for one in LOOKS}
    rows = pl.DataFrame(view.region_rows()).join(judged, on="code", how="left", maintain_order="left")
    names = {code: region.name for code, region in catalogue().regions.items()}
    return [
        (
            view.say("sections.regions"),
            rows.select(
                pl.col("code").replace_strict(names, return_dtype=pl.String).alias("region"),
                "code",
                *SHARES[:-2],
                pl.col("judgement").replace_strict(words, default="", return_dtype=pl.String),
                *_TESTED,
                "synthetic",
            ),
        )
    ]
