"""Has the share changed since an earlier period, which units moved, and how has it gone period by period?"""

from functools import partial
from typing import Any, Final

import polars as pl
import streamlit as st

from analysis.supply import MOVES, change_between, moved_units, share_over_time, supply_periods
from charts.supply.trend import supply_trend, supply_trend_in_words
from exports.supply.sheets import Tables, change_tables
from indicators import Period, catalogue, period_label, period_of
from locales.numbers import format_number, format_value
from ui import take
from ui.address import carry, pick, switch
from ui.cache import Key, kept
from ui.escape import plain
from ui.figures import PICTURED, pictured, rows_html
from ui.notes import bullets
from ui.parts import card_head
from ui.supply import pickers
from ui.supply.tables import shares_html, signed_points, tables_file
from ui.supply.view import Supply
from wording.symbols import symbol_of

_MOST_NAMED: Final = 40
_FEW: Final = (
    24  # periods; counting 2.7 million offers of 60 takes seconds the first time, so then it waits to be asked
)


def draw(view: Supply) -> None:
    """The tested change, the units that moved, the trend."""
    known = pickers.earlier_than(view.period, supply_periods(view.visit.store, view.visit.as_of))
    codes = pickers.codes_of(view)
    if not known:
        st.info(view.say("change.no_earlier", when=view.when))
        return
    carry(view.visit, "show", PICTURED)
    with st.container(border=True, key="card change"):
        st.html(card_head(view.say("headings.change")))
        earlier = _earlier(view, known)
        key = ("change", *view.key, view.region, earlier.key)
        st.html(kept(("table", *key), partial(_change_html, view, earlier, codes)))
        st.caption(view.say("change.about"))
        title = view.say("captions.change", when=view.when, earlier=period_label(earlier.key, view.visit.language))
        told = [(view.say("columns.verdict"), view.say("change.about"))]
        excel = tables_file(view, "change", title, codes, lambda: _sheets(view, earlier, codes), lambda: told)
        take.menu(view.visit, excel=[excel])
    with st.container(border=True, key="card trend"):
        _trend(view, codes, key)
    with st.container(border=True, key="card moved"):
        _moved(view, earlier, codes, key)


def _sheets(view: Supply, earlier: Period, codes: tuple[str, ...]) -> Tables:
    asked = (view.visit.store, view.period, earlier, view.rule)
    changed, moved = (one(*asked, **_asked(view, codes)) for one in (change_between, moved_units))
    return change_tables(changed, moved, _over_time(view, codes), earlier, view.visit.language)


def _earlier(view: Supply, known: list[Period]) -> Period:
    """The period to compare with; a year before where there is one, else the latest before."""
    year_before = [one.key for one in known if one.start.year == view.period.start.year - 1]
    default = next((key for key in year_before if period_of(key).start.month == view.period.start.month), known[0].key)
    chosen = pick(
        view.visit,
        "earlier",
        [one.key for one in known],
        label=view.say("change.earlier"),
        shown=lambda key: period_label(key, view.visit.language),
        default=default,
    )
    return next(one for one in known if one.key == chosen)


def _asked(view: Supply, codes: tuple[str, ...]) -> dict[str, Any]:
    return {"codes": codes, "kinds": view.kinds, "as_of": view.visit.as_of}


def _change_html(view: Supply, earlier: Period, codes: tuple[str, ...]) -> str:
    found = change_between(view.visit.store, view.period, earlier, view.rule, **_asked(view, codes))
    rows = [_line(view, earlier, row) for row in found.to_dicts()]
    then, numbers = period_label(earlier.key, view.visit.language), ("difference", "interval", *MOVES)
    caption = view.say("captions.change", when=view.when, earlier=then)
    return rows_html(rows, caption, [then, view.when, *(view.say(f"columns.{name}") for name in numbers)])


def _line(view: Supply, earlier: Period, row: dict[str, Any]) -> dict[str, str]:
    language = view.visit.language
    shares = ((earlier.key, row["share_earlier"]), (view.period.key, row["share"]))
    verdict = view.say(f"change.verdicts.{row['verdict']}")
    cells = {
        "region": row["region"],
        "verdict": f"{symbol_of(row['verdict'])} {verdict}",  # first: a telephone shows no more than three columns
        **{period_label(key, language): format_value(share, "percent", 1, language) for key, share in shares},
        "difference": "" if row["difference"] is None else signed_points(view, row["difference"]),
        "interval": "" if row["ci_low"] is None else _between(view, row),
        **{name: format_number(row[name] or 0, 0, language) for name in MOVES},
        "flags": "x" if row["synthetic"] else "",
    }
    labels = {"region", "verdict", "difference", "interval", "flags", *MOVES}
    return {view.say(f"columns.{name}") if name in labels else name: cell for name, cell in cells.items()}


def _between(view: Supply, row: dict[str, Any]) -> str:
    low, high = (format_number(row[end], 1, view.visit.language) for end in ("ci_low", "ci_high"))
    return view.say("change.between", low=low, high=high)


def _moved(view: Supply, earlier: Period, codes: tuple[str, ...], key: Key) -> None:
    """The units that gained or lost the level, came or closed, by name."""
    st.html(card_head(view.say("headings.moved")))
    sentences = kept(("moved", *key), partial(_moved_said, view, earlier, codes))
    bullets([plain(sentence) for sentence in sentences])


def _moved_said(view: Supply, earlier: Period, codes: tuple[str, ...]) -> list[str]:
    found = moved_units(view.visit.store, view.period, earlier, view.rule, **_asked(view, codes))
    said = []
    for move in MOVES:
        names = [_named(row) for row in found.filter(pl.col("move") == move).to_dicts()]
        shown = ", ".join(names[:_MOST_NAMED]) or view.say("change.nobody")
        more = view.say("change.more", count=len(names) - _MOST_NAMED) if len(names) > _MOST_NAMED else ""
        count = format_number(len(names), 0, view.visit.language)
        said.append(view.say(f"change.moves.{move}", count=count, names=f"{shown}{more}"))
    return said


def _named(row: dict[str, Any]) -> str:
    return f"{row['name']} ({row['municipality']})" if row["municipality"] else row["name"]


def _trend(view: Supply, codes: tuple[str, ...], key: Key) -> None:
    few = len(supply_periods(view.visit.store, view.visit.as_of)) <= _FEW
    if not switch(view.visit, "trend", label=view.say("change.show_trend"), default=few):
        st.html(card_head(view.say("headings.trend")))
        return
    language = view.visit.language
    title, subtitle = view.say("chart.trend"), _about_trend(view, codes)
    pictured(
        view.visit,
        "show",
        ("trend", *key),
        view.say("headings.trend"),
        lambda: supply_trend(_over_time(view, codes), title, subtitle, language, chosen=codes),
        lambda: supply_trend_in_words(_over_time(view, codes), title, subtitle, language),
        partial(_trend_html, view, codes, title),
    )


def _about_trend(view: Supply, codes: tuple[str, ...]) -> str:
    return view.marked(view.say("chart.joined_alone" if len(codes) == 1 else "chart.joined"))


def _over_time(view: Supply, codes: tuple[str, ...]) -> pl.DataFrame:
    """The shares of the shown period's kind; kinds of period are never mixed in a line."""
    found = share_over_time(view.visit.store, view.rule, **_asked(view, codes))
    return found.filter(pl.col("period_kind") == view.period.kind)


def _trend_html(view: Supply, codes: tuple[str, ...], title: str) -> str:
    rows = _over_time(view, codes).sort("code", "period_start").to_dicts()
    named = [{**row, "name": catalogue().regions[row["code"]].name} for row in rows]
    when = [{view.visit.say("ui.period"): period_label(row["period"], view.visit.language)} for row in rows]
    return shares_html(view, named, view.say("columns.region"), title, when)
