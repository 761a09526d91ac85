"""Equality inside one region: municipalities, kinds of unit and areas side by side, and every unit against chance."""

from functools import partial
from typing import Any, Final

import polars as pl
import streamlit as st

import charts
from analysis.supply import Part, funnel_of_units, municipality_spread, shares, unit_funnel
from charts.supply.parts import part_key, parts_in_words, supply_parts
from charts.supply.shares import shares_in_words, supply_shares
from exports.cover import Line
from exports.supply.sheets import within_tables
from indicators import catalogue
from locales.numbers import format_number, format_value, swedish_order
from ui import take
from ui.address import carry, switched
from ui.cache import kept
from ui.escape import plain
from ui.figures import PICTURED, pictured, rows_html
from ui.notes import bullets
from ui.parts import card_head
from ui.supply.tables import interval, shares_html, tables_file
from ui.supply.view import Supply
from wording.judgement import capital

_BY: Final = ("kind", "area", "municipality")


def draw(view: Supply) -> None:
    """One region: its spread in words and as dots, its parts, its units against chance."""
    code = view.region
    own = view.units_of([code])
    if own.is_empty():
        st.info(view.say("no_units"))
        return
    for name in ("show", "divided", "chance"):
        carry(view.visit, name, PICTURED)
    carry(view.visit, "by", _BY)
    with st.container(border=True, key="card spread"):
        _spread(view, code)
    with st.container(border=True, key="card divided"):
        _by(view, code)
    with st.container(border=True, key="card chance"):
        _funnel(view, code)
    title = view.say("captions.within", region=catalogue().regions[code].name, when=view.when)
    sheets = partial(within_tables, view.units, code, view.visit.language)
    excel = tables_file(view, "within", title, [code], sheets, partial(_told, view, code))
    take.menu(view.visit, excel=[excel])


def _told(view: Supply, code: str) -> list[Line]:
    """What the page says of the spread between municipalities and of the units against chance."""
    spread, _, _ = _spread_said(view, code)
    title = view.say("chart.funnel", region=catalogue().regions[code].name)
    funnel = charts.funnel_in_words(funnel_of_units(view.units, code)[0], title, view.visit.language)
    return [(view.say("headings.spread"), " ".join(spread)), (view.say("headings.funnel"), funnel)]


def _spread(view: Supply, code: str) -> None:
    key = (*view.key, code)
    sentences, drawable, marked = kept(("spread", *key), lambda: _spread_said(view, code))
    if not drawable:
        st.html(card_head(view.say("headings.spread")))
        bullets([plain(sentence) for sentence in sentences])
        return
    title, subtitle = _heading(view, code, "municipality")
    language = view.visit.language

    def rows() -> list[dict[str, Any]]:
        return _rows(view, code, "municipality")

    def chart() -> Any:
        whole, name = _whole(view, code)
        return supply_shares(rows(), title, subtitle, language, whole=whole, whole_name=name, marked=marked)

    header = view.say("columns.municipality")
    pictured(
        view.visit,
        "show",
        ("municipalities", *key),
        view.say("headings.spread"),
        chart,
        lambda: shares_in_words(rows(), title, subtitle, language, whole=_whole(view, code)[1]),
        lambda: shares_html(view, rows(), header, title),
    )
    bullets([plain(sentence) for sentence in sentences])


def _spread_said(view: Supply, code: str) -> tuple[list[str], bool, dict[str, str]]:
    """The spread in words; whether there is one to draw; and the words behind municipalities (name → word). Least and
    best served only where the tests carry the words."""
    spread = municipality_spread(view.units, code)
    if spread.lowest is None or spread.highest is None or spread.points is None:
        return [view.say("spread.none")], False, {}
    if spread.p_value is None:
        return [view.say("spread.one_answer", **_named(view, spread.lowest))], spread.rows.height > 1, {}
    points = format_number(spread.points, 1, view.visit.language)
    ends = {"low": _part(view, spread.lowest), "high": _part(view, spread.highest), "points": points}
    said = [view.say("spread.ends", **ends), view.say("spread.tested" if spread.differs else "spread.chance")]
    if spread.test == "shuffled":
        said.append(view.say("spread.shuffled"))
    found = [(part, word) for part, word in ((spread.least, "least"), (spread.best, "best")) if part]
    said += [view.say(f"spread.{word}", **_named(view, part)) for part, word in found]
    if spread.differs and not found:
        said.append(view.say("spread.nobody"))
    return said, True, {part.name: view.say(f"chart.{word}") for part, word in found}


def _named(view: Supply, part: Part) -> dict[str, str]:
    return {"name": part.name, "share": format_value(part.share, "percent", 1, view.visit.language)}


def _part(view: Supply, part: Part) -> str:
    return view.say("spread.part", **_named(view, part), n=format_number(part.n, 0, view.visit.language))


def _whole(view: Supply, code: str) -> tuple[float | None, str]:
    whole = shares(view.units_of([code]), ()).row(0, named=True)
    shown = format_value(whole["share"], "percent", 1, view.visit.language)
    return whole["share"], f"{catalogue().regions[code].short_name} {shown}"


def _heading(view: Supply, code: str, by: str) -> tuple[str, str]:
    region = catalogue().regions[code].name
    return view.say(f"chart.by.{by}", region=region), view.marked(view.say("chart.within", when=view.when))


def _rows(view: Supply, code: str, by: str) -> list[dict[str, Any]]:
    """SHARES of the region's parts with `name`, lowest share first, those without one last."""
    counted = shares(view.units_of([code]), (by,)).to_dicts()
    named = [{**row, "code": code, "name": _name(view, by, row[by])} for row in counted]
    return sorted(named, key=lambda row: (row["share"] is None, row["share"] or 0.0, swedish_order(row["name"])))


def _name(view: Supply, by: str, value: str) -> str:
    if by == "kind":
        return view.kind_words(value)
    return value or view.say("not_said")


def _by(view: Supply, code: str) -> None:
    """How the units divide by municipality, kind or area: bars of counts and their table."""
    known = [by for by in _BY if by != "area" or view.units_of([code]).filter(pl.col("area") != "").height]
    words = {name: view.say(f"columns.{name}") for name in known}
    by, switch = switched(view.visit, "by", words, label=view.say("by"))
    key, language = (*view.key, code, by), view.visit.language
    title, subtitle = view.say(f"chart.by.{by}", region=catalogue().regions[code].name), part_key(language)
    pictured(
        view.visit,
        "divided",
        key,
        view.say("headings.by"),
        lambda: supply_parts(_rows(view, code, by), title, subtitle, language),
        lambda: parts_in_words(_rows(view, code, by), title, subtitle, language),
        lambda: shares_html(view, _rows(view, code, by), view.say(f"columns.{by}"), title),
        switch,
    )


def _funnel(view: Supply, code: str) -> None:
    """Every unit's share of services offered against what chance gives so few services."""
    key, language = (*view.key, code), view.visit.language
    title = view.say("chart.funnel", region=catalogue().regions[code].name)
    pictured(
        view.visit,
        "chance",
        key,
        view.say("headings.funnel"),
        lambda: charts.funnel_points(
            *funnel_of_units(view.units, code), title, language, subtitle=f"{capital(view.marked(view.when))}."
        ),
        lambda: charts.funnel_in_words(funnel_of_units(view.units, code)[0], title, language),
        partial(_funnel_html, view, code, title),
    )
    st.caption(view.say("funnel_about"))


def _funnel_html(view: Supply, code: str, title: str) -> str:
    language = view.visit.language
    rows = [
        {
            view.say("columns.unit"): row["name"],
            view.say("columns.municipality"): row["municipality"],
            view.say("columns.offered"): format_number(row["numerator"], 0, language),
            view.say("columns.known"): format_number(row["denominator"], 0, language),
            view.say("columns.share_offered"): format_value(row["share"], "percent", 1, language),
            view.say("columns.limits95"): interval({"ci_low": row["low95"], "ci_high": row["high95"]}, language),
            view.say("columns.limits998"): interval({"ci_low": row["low998"], "ci_high": row["high998"]}, language),
            view.say("columns.verdict"): view.visit.say(f"judgements.funnel.{row['verdict']}"),
            view.say("columns.flags"): "x" if row["synthetic"] else "",
        }
        for row in unit_funnel(view.units, code).to_dicts()
    ]
    numbers = [view.say(f"columns.{name}") for name in ("offered", "known", "share_offered", "limits95", "limits998")]
    return rows_html(rows, title, numbers)
