"""What there is to mend in the files: service names nobody knows, and units that stand in no register."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from access import allowed
from analysis.supply import units_without_register, unmapped_services
from indicators import catalogue
from locales.numbers import format_number
from ui.cache import kept
from ui.figures import rows_html
from ui.parts import card_head
from ui.supply import pickers
from ui.supply.view import Supply


def draw(view: Supply) -> None:
    """The two lists, each with what to do."""
    codes = pickers.codes_of(view)
    key = ("mend", *view.key, view.region)
    for name, listed in (("unmapped", _unmapped_html), ("outside", _outside_html)):
        html = kept((name, *key), partial(listed, view, codes))
        with st.container(border=True, key=f"card {name}"):
            st.html(card_head(view.say(f"headings.{name}")))
            st.markdown(view.say(f"mend.{name}" if html else f"mend.no_{name}"))
            if html:
                st.html(html)
    if allowed(view.visit.actor, "upload"):
        st.page_link("pages/upload.py", label=view.visit.say("ui.to_upload"), query_params=view.visit.linked())


def _unmapped_html(view: Supply, codes: Sequence[str]) -> str:
    language = view.visit.language
    found = unmapped_services(view.visit.store, view.period, codes=codes, as_of=view.visit.as_of)
    rows = [
        {
            view.say("columns.printed"): row["service_printed"],
            view.say("columns.units"): format_number(row["units"], 0, language),
            view.say("columns.cases"): "" if row["cases"] is None else format_number(row["cases"], 0, language),
            view.visit.say("ui.file"): row["file"],
        }
        for row in found.to_dicts()
    ]
    numbers = [view.say("columns.units"), view.say("columns.cases")]
    return rows_html(rows, view.say("headings.unmapped"), numbers) if rows else ""


def _outside_html(view: Supply, codes: Sequence[str]) -> str:
    language = view.visit.language
    found = units_without_register(view.visit.store, view.period, codes=codes, as_of=view.visit.as_of)
    rows = [
        {
            view.say("columns.unit"): row["unit"],
            view.say("columns.region"): catalogue().regions[row["code"]].name,
            view.say("columns.offered"): format_number(row["offered"], 0, language),
            view.say("columns.services"): format_number(row["services"], 0, language),
            view.visit.say("ui.file"): row["file"],
            view.say("columns.flags"): "x" if row["synthetic"] else "",
        }
        for row in found.to_dicts()
    ]
    numbers = [view.say("columns.offered"), view.say("columns.services")]
    return rows_html(rows, view.say("headings.outside"), numbers) if rows else ""
