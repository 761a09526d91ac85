"""What stands beside a picture: its sentences, its table with the same numbers, its download."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple

import streamlit as st

from analysis import Comparison, TimeSeries
from exports import SHOWN_COLUMNS, comparison_workbook, formatted_table
from indicators import period_label
from ui import who
from ui.cache import Answer, kept, view_of
from ui.escape import plain
from ui.figure_links import table_links
from ui.server.sessions_of_streamlit import needs_permission
from ui.server.stopping import WORK
from ui.sharing import short_link
from ui.tables import table_html
from ui.visit import Visit
from views.area import Area
from views.parts import Reader

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NUMBERS: Final = tuple(column.name for column in SHOWN_COLUMNS if column.kind != "text")


class File(NamedTuple):
    """A file to be made: its button's words, how it is made, its name, what it is and who may have it."""

    label: str
    make: Callable[[], bytes]
    name: str
    mime: str = XLSX
    permission: str = "export"


def one_period(visit: Visit, series: TimeSeries) -> str:
    """What stands instead of a chart over time where there is one measurement only; markdown."""
    return plain(visit.say("charts.one_period", period=period_label(series.measured[0], visit.language)))


def summary_of(visit: Visit, told: Callable[..., str], answer: Answer, chosen: Sequence[str]) -> str:
    """A chart in sentences, made once per view."""
    key = (told.__name__, visit.store.url, visit.language, tuple(chosen), *view_of(answer))
    return kept(key, partial(told, answer, visit.language, chosen=chosen))


def figures_table(visit: Visit, answer: Answer, *, expanded: bool = False) -> None:
    """The shown figures, each with its base, interval, flags and the cell it stood in; empty columns left out."""
    with st.expander(visit.say("ui.table", count=answer.rows.height), expanded=expanded):
        st.html(figures_html(visit, answer))


def figures_html(visit: Visit, answer: Answer) -> str:
    """The table of the shown figures, made once per view."""
    key = ("table", type(answer).__name__, visit.store.url, visit.language, *view_of(answer))
    return kept(key, partial(_table_of, visit, answer))


def _table_of(visit: Visit, answer: Answer) -> str:
    shown = formatted_table(answer.rows, answer.indicator, visit.language)
    filled = [name for name in shown.columns if (shown[name] != "").any()]
    numbers = [visit.say(f"exports.columns.{name}") for name in _NUMBERS]
    return table_html(
        shown.select(filled),
        answer.indicator.title.in_language(visit.language),
        numbers=numbers,
        links=table_links(visit, answer.rows),
    )


def workbook(visit: Visit, view: Callable[[], Area], comparison: Comparison, series: TimeSeries) -> list[File]:
    """The `view` and its figures as an Excel workbook; none where there is no figure."""
    if comparison.period is None:
        return []
    address, reader = short_link(visit), Reader(visit.language, visit.store, visit.as_of)

    def made() -> bytes:
        return comparison_workbook(reader, view(), comparison, series, link=address)

    return [File(visit.say("ui.excel"), made, file_name(visit, f"{comparison.indicator.id}_{comparison.period.key}"))]


def download(
    label: str,
    content: bytes | Callable[[], bytes],
    name: str,
    *,
    mime: str = XLSX,
    key: str = "",
    permission: str = "export",
) -> None:
    """A button that makes the file when it is clicked, and asks then whether the reader may have it: a role can have
    been taken away since the page was drawn. Whoever fetches the made file's address is asked once more, by the
    server's doors."""
    asked = who.later(permission)

    def made() -> bytes:
        asked()
        with WORK.under_way():
            file = content if isinstance(content, bytes) else content()
        needs_permission(file, mime, name, permission)
        return file

    st.download_button(label, made, file_name=name, mime=mime, on_click="ignore", key=key or f"download:{name}")


def file_name(visit: Visit, name: str, ending: str = "xlsx") -> str:
    """A workbook's or paper's file name, which tells the day whose figures it holds where that is not today."""
    day = f"_{visit.say('vintages.file', day=visit.as_of.isoformat())}" if visit.as_of else ""
    return f"{name}{day}.{ending}"
