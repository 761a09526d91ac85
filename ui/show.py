"""A chart never comes alone: its sentence summary, its table with the same numbers, its download."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from analysis import Comparison, TimeSeries, uploads_list
from charts import bars_in_words, breaks_in_words, trend_in_words
from exports import SHOWN_COLUMNS, comparison_workbook, formatted_table
from ui.cache import Answer, Draw, chart_spec, kept, view_of
from ui.escape import plain
from ui.frame import Frame
from ui.notes import bullets
from ui.tables import table_html

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NUMBERS: Final = tuple(column.name for column in SHOWN_COLUMNS if column.kind != "text")


def show(frame: Frame, draw: Draw, answer: Answer, *, chosen: Sequence[str], heading: str) -> None:
    """The chart with its alternative text, then the same in words and as a table. Nothing published: says so."""
    st.header(frame.say(heading), anchor=False)
    if answer.rows.is_empty():
        st.info(frame.say("ui.nothing_published"))
        return
    summary = summary_of(frame, answer, chosen)
    spec = chart_spec(draw, answer, frame.store.url, frame.language, tuple(chosen))
    st.vega_lite_chart(spec=spec, width="stretch", theme=None, alt=summary)
    if isinstance(answer, TimeSeries):
        bullets([plain(sentence) for sentence in breaks_in_words(answer, frame.language)])
    with st.expander(frame.say("ui.in_words")):
        st.markdown(plain(summary))
    figures_table(frame, answer)


def summary_of(frame: Frame, answer: Answer, chosen: Sequence[str]) -> str:
    """The chart in sentences, made once per view."""
    told = trend_in_words if isinstance(answer, TimeSeries) else bars_in_words
    key = (told.__name__, frame.store.url, frame.language, tuple(chosen), *view_of(answer))
    if isinstance(answer, TimeSeries):
        return kept(key, partial(trend_in_words, answer, frame.language, chosen=chosen))
    return kept(key, partial(bars_in_words, answer, frame.language))


def figures_table(frame: Frame, answer: Answer, *, expanded: bool = False) -> None:
    """The shown figures, each with its base, interval, flags and the cell it stood in; empty columns left out."""
    key = ("table", type(answer).__name__, frame.store.url, frame.language, *view_of(answer))
    with st.expander(frame.say("ui.table", count=answer.rows.height), expanded=expanded):
        st.html(kept(key, partial(_table_of, frame, answer)))


def _table_of(frame: Frame, answer: Answer) -> str:
    shown = formatted_table(answer.rows, answer.indicator, frame.language)
    filled = [name for name in shown.columns if (shown[name] != "").any()]
    numbers = [frame.say(f"exports.columns.{name}") for name in _NUMBERS]
    return table_html(shown.select(filled), answer.indicator.title.in_language(frame.language), numbers=numbers)


def workbook_button(frame: Frame, comparison: Comparison, series: TimeSeries) -> None:
    """The shown figures as an Excel workbook; it is made when it is asked for, not at every run."""
    if comparison.period is None:
        return
    link = this_address()

    def workbook() -> bytes:
        return comparison_workbook(
            comparison, series, language=frame.language, link=link, uploads=uploads_list(frame.store)
        )

    download(frame.say("ui.excel"), workbook, f"{comparison.indicator.id}_{comparison.period.key}.xlsx")


def download(label: str, content: bytes | Callable[[], bytes], name: str, *, mime: str = XLSX, key: str = "") -> None:
    st.download_button(label, content, file_name=name, mime=mime, on_click="ignore", key=key or f"download:{name}")


def this_address() -> str:
    """The address of the view on screen, for the workbook's cover."""
    query = urlencode(st.query_params.to_dict(), doseq=True)
    return f"{st.context.url or ''}{'?' if query else ''}{query}"
