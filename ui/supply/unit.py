"""One care unit: what it offers, as its file printed it, each with the way to its cell; and its row in the register."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from locales.numbers import format_number, swedish_order
from ui.cache import kept
from ui.escape import plain
from ui.figure_links import record_link
from ui.figures import rows_html
from ui.notes import bullets
from ui.parts import card_head
from ui.supply.view import Supply


def link_to(view: Supply, unit: str) -> str:
    """The address of this view with the unit shown above its matrix."""
    kept_choices = {name: value for name, value in view.visit.choices.items() if value}
    return f"supply?{urlencode({**kept_choices, 'view': 'matrix', 'unit': unit})}"


def draw(view: Supply, codes: Sequence[str]) -> None:
    """The unit that the address names (`unit=SE…`), where there is one."""
    unit = st.query_params.get("unit", "")
    if not unit:
        return
    found = view.units_of(codes).filter(pl.col("unit") == unit)
    if found.is_empty():
        st.warning(view.visit.say("ui.unknown_value", name="unit", found=plain(unit)))
        return
    view.visit.choices["unit"] = unit
    row = found.row(0, named=True)
    with st.container(border=True, key="card unit"):
        st.html(card_head(row["name"]))
        bullets([plain(fact) for fact in _facts(view, row)])
        st.html(kept(("unit", unit, *view.key), partial(_html, view, row)))
        st.button(view.say("unit.close"), on_click=_close, key="close unit")


def _close() -> None:
    st.query_params.pop("unit", None)


def _facts(view: Supply, row: dict[str, Any]) -> list[str]:
    language = view.visit.language
    numbers = {name: format_number(row[name], 0, language) for name in ("offered", "applicable", "needed", "unknown")}
    kind = row["kind_printed"] or view.kind_words(row["kind"])
    place = ", ".join(part for part in (row["region"], row["municipality"], row["area"]) if part)
    facts = [view.say("unit.place", kind=kind, place=place, unit=row["unit"])]
    facts.append(view.say(f"unit.state.{row['state']}", **numbers))
    return facts


def _html(view: Supply, row: dict[str, Any]) -> str:
    """The register row first, then every service; the status leads to its cell."""
    own = view.offers((row["code"],)).filter(pl.col("unit") == row["unit"]).to_dicts()
    own.sort(key=lambda one: swedish_order(view.title_of(one["service"])))
    lines = [{"what": view.say("unit.register"), "status": row["name"], **_stands(row)}]
    lines += [
        {
            "what": view.title_of(one["service"]),
            "status": view.status_words(one["status"]),
            "printed": one["printed"] or "",
            "cases": "" if one["cases"] is None else format_number(one["cases"], 0, view.visit.language),
            **_stands(one),
        }
        for one in own
    ]
    order = ("what", "status", "printed", "cases", "file", "sheet", "cell")
    shown = [{view.say(f"unit.columns.{name}"): line.get(name, "") for name in order} for line in lines]
    links = [record_link(view.visit, one["upload"], one["sheet"] or "", one["cell"] or "") for one in (row, *own)]
    status = view.say("unit.columns.status")
    caption = view.say("unit.caption", unit=row["name"], when=view.when)
    return rows_html(shown, caption, [view.say("unit.columns.cases")], {status: links})


def _stands(record: dict[str, Any]) -> dict[str, str]:
    """Where a record stands; nothing for an unknown that no file says anything about."""
    return {name: record[name] or "" for name in ("file", "sheet", "cell")}
