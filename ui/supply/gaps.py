"""Which care unit lacks which e-service? Counts per service, the list itself, and what closing gaps would give."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import polars as pl
import streamlit as st

from analysis.supply import gaps, gaps_by_service, if_closed
from exports.supply.workbook import gaps_csv, gaps_workbook
from indicators import catalogue
from locales.numbers import format_number, format_value
from ui import take
from ui.address import switch
from ui.cache import Key, kept
from ui.escape import plain
from ui.figure_links import record_link
from ui.figures import rows_html
from ui.parts import card_head
from ui.show import File
from ui.supply import pickers
from ui.supply.pickers import EVERY
from ui.supply.tables import question
from ui.supply.view import Supply

_FIRST: Final = 50  # rows of the list on screen; the files have them all
_MOST_CLOSED: Final = 5


def draw(view: Supply) -> None:
    """The list with its files beside the counts per service, and what would come of closing the most frequent gaps."""
    codes = pickers.codes_of(view)
    below = switch(view.visit, "below", label=view.say("gaps.only_below"), default=False)
    key = ("gaps", *view.key, view.region, str(below))
    counts = kept(("count", *key), lambda: _counted(_gaps(view, codes, below=below)))
    listed = counts["lacking"] + counts["unknown"]
    if not listed:
        st.success(view.say("gaps.none"))
        return
    with st.container(border=True, key="card by service"):
        st.html(card_head(view.say("headings.by_service")))
        st.html(kept(("by service", *key), partial(_by_service_html, view, codes, below)))
    with st.container(border=True, key="card gaps"):
        st.html(card_head(view.say("headings.gaps")))
        told = {name: format_number(count, 0, view.visit.language) for name, count in counts.items()}
        st.markdown(plain(view.say("gaps.count", **told)))
        st.html(kept(("list", *key), partial(_list_html, view, codes, below)))
        if listed > _FIRST:
            st.caption(view.say("gaps.more", shown=_FIRST, count=format_number(listed, 0, view.visit.language)))
        _downloads(view, codes, below)
    if view.region != EVERY:
        with st.container(border=True, key="card closed"):
            _closed(view, key)


def _gaps(view: Supply, codes: Sequence[str], *, below: bool) -> pl.DataFrame:
    """GAPS of the regions; with `below` only those of units under the level."""
    found = gaps(view.visit.store, view.period, view.rule, codes=codes, kinds=view.kinds, as_of=view.visit.as_of)
    return found.filter(pl.col("state") == "below") if below else found


def _counted(found: pl.DataFrame) -> dict[str, int]:
    unknown = int((found["status"] == "unknown").sum())
    return {"lacking": found.height - unknown, "unknown": unknown, "units": found["unit"].n_unique()}


def _by_service_html(view: Supply, codes: Sequence[str], below: bool) -> str:
    language = view.visit.language
    rows = [
        {
            view.say("columns.service"): row[f"title_{language}"],
            **{
                view.say(f"columns.{header}"): format_number(row[name], 0, language)
                for header, name in (("lack", "units"), ("lack_below", "below_units"), ("lack_unknown", "unknown"))
            },
        }
        for row in gaps_by_service(_gaps(view, codes, below=below)).to_dicts()
    ]
    numbers = [view.say(f"columns.{name}") for name in ("lack", "lack_below", "lack_unknown")]
    return rows_html(rows, view.say("captions.by_service", when=view.when), numbers)


def _list_html(view: Supply, codes: Sequence[str], below: bool) -> str:
    every = _gaps(view, codes, below=below)
    found = every.sort(pl.col("state") != "below", maintain_order=True).head(_FIRST).to_dicts()
    rows = [_line(view, row, several=len(codes) > 1) for row in found]
    links = [record_link(view.visit, row["upload"], row["sheet"] or "", row["cell"] or "") for row in found]
    status, lacking = view.say("columns.status"), view.say("columns.lacking")
    return rows_html(rows, view.say("captions.gaps", when=view.when), [lacking], {status: links})


def _line(view: Supply, row: dict[str, Any], *, several: bool) -> dict[str, str]:
    language = view.visit.language
    cells = {
        "unit": row["name"],
        "service": row[f"title_{language}"],
        "status": view.status_words(row["status"]),
        "state": view.say(f"states.{row['state']}"),
        "lacking": format_number(row["lacking"], 0, language),
        "municipality": row["municipality"],
        "region": catalogue().regions[row["code"]].short_name if several else "",
        "flags": "x" if row["synthetic"] else "",
    }
    return {view.say(f"columns.{name}"): cell for name, cell in cells.items()}


def _downloads(view: Supply, codes: Sequence[str], below: bool) -> None:
    """The whole list as Excel and CSV, made when they are asked for."""
    language = view.visit.language
    asked = question(view, codes, view.say("gaps.only_below") if below else "")
    name = f"{view.say('files.gaps')}_{'' if view.region == EVERY else f'{view.region}_'}{view.period.key}"

    def workbook() -> bytes:
        return gaps_workbook(_gaps(view, codes, below=below), asked, language=language)

    def csv() -> bytes:
        return gaps_csv(_gaps(view, codes, below=below), asked, language=language)

    say = view.visit.say
    excel, data = File(say("ui.excel"), workbook, f"{name}.xlsx"), File(say("ui.csv"), csv, f"{name}.csv", "text/csv")
    take.menu(view.visit, excel=[excel], data=[data])


def _closed(view: Supply, key: Key) -> None:
    """What the share would be if every unit that lacks them offered the k most frequent gaps."""
    st.html(card_head(view.say("headings.closed")))
    st.html(kept(("closed", *key), partial(_closed_html, view)))
    st.caption(plain(view.say("closed.about")))


def _closed_html(view: Supply) -> str:
    language = view.visit.language
    found = if_closed(
        view.visit.store,
        view.period,
        view.rule,
        _MOST_CLOSED,
        code=view.region,
        kinds=view.kinds,
        as_of=view.visit.as_of,
    )
    rows = []
    for row in found.to_dicts():
        n = format_number(row["denominator"], 0, language)
        rows.append(
            {
                view.say("columns.with_service"): view.say("closed.step", service=row[f"title_{language}"])
                if row["k"]
                else view.say("closed.now"),
                view.say("columns.reached"): view.say(
                    "matrix.of", offered=format_number(row["numerator"], 0, language), applicable=n
                ),
                view.say("columns.share"): format_value(row["share"], "percent", 1, language),
            }
        )
    caption = view.say("captions.closed", region=catalogue().regions[view.region].name)
    return rows_html(rows, caption, [view.say("columns.reached"), view.say("columns.share")])
