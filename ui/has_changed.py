"""Has it changed? A tested sentence per region, and the XmR chart of a monthly series."""

from collections.abc import Sequence
from functools import partial

import polars as pl
import streamlit as st

from analysis import SeriesChange, TimeSeries
from analysis.change.questions import RegionChanges
from analysis.change.tested import change_of_rows
from analysis.followup.audits import entered_version
from analysis.followup.letters import changes_shown
from analysis.methods.xmr import XmrChart
from charts import xmr_in_words, xmr_lines
from indicators import Indicator, catalogue
from locales import text
from ui import certainty, vega
from ui.address import pick
from ui.cache import Key, kept, ready_spec, view_of
from ui.escape import plain
from ui.parts import card_head
from ui.visit import Visit
from wording.change import change_sentences, change_text, titled_once
from wording.judgement import capital


def has_changed(visit: Visit, series: TimeSeries, chosen: Sequence[str]) -> None:
    """For each chosen region what may be said of its change: a tested direction, none, or why it cannot be told. One
    measurement has no change to speak of."""
    if len(series.measured) > 1:
        told = kept(("changes", *_view(visit, series, chosen)), partial(_sentences, visit, series, chosen))
        certainty.part(visit, "against.tested", told)


def _sentences(visit: Visit, series: TimeSeries, chosen: Sequence[str]) -> list[str]:
    """A point per region without the indicator's title, which is the chart's own; of example data it says so."""
    mark = [f"x: {text('flags.x', visit.language)}."] if series.synthetic else []
    return [told(one, visit.language, more=mark) for one in changes_shown(visit.store, series, chosen)]


def told(changes: RegionChanges, language: str, level: float = 95, *, more: Sequence[str] = ()) -> str:
    """What is told of one region and indicator, without the indicator's title: markdown, a list under its first."""
    title = f"{changes.indicator.title.in_language(language)}: "
    said = titled_once(change_sentences(changes, language, level=level), changes.indicator, language)
    return nested([capital(said[0].removeprefix(title)), *said[1:], *more])


def nested(sentences: Sequence[str]) -> str:
    """A point of a list with the rest as points under it; markdown."""
    return "\n  - ".join(plain(one) for one in sentences)


def since_last(changes: RegionChanges, language: str, level: float = 95) -> str:
    """Is it better than at the last measurement? In one sentence, markdown; the title in bold."""
    title = changes.indicator.title.in_language(language)
    said = change_text(changes.rows[0], language, level=level)
    return f"**{plain(title)}**{plain(said.removeprefix(title))}"


def _change(series: TimeSeries, code: str) -> SeriesChange:
    return change_of_rows(series.indicator, code, series.rows.filter(pl.col("code") == code), series.kind)


def usual_variation(visit: Visit, series: TimeSeries, chosen: Sequence[str]) -> None:
    """The XmR chart of one region of a monthly series: those with enough months can be chosen."""
    if series.kind != "month" or len(series.measured) < 2:
        return
    view = _view(visit, series, chosen)
    drawable = kept(("xmr_regions", *view), lambda: [code for code in chosen if _change(series, code).chart])
    if not drawable:
        return
    with st.container(border=True, key="card variation"):
        _drawn(visit, series, drawable, view)


def _drawn(visit: Visit, series: TimeSeries, drawable: Sequence[str], view: Key) -> None:
    st.html(card_head(visit.say("against.usual_variation")))
    regions = catalogue().regions
    label = visit.say("against.which_series")
    code = pick(visit, "series", drawable, label=label, shown=lambda each: regions[each].name)
    said = kept(("xmr_in_words", code, *view), lambda: xmr_in_words(_chart(series, code), *_named(visit, series, code)))
    spec = ready_spec(("xmr", code, *view), lambda: xmr_lines(_chart(series, code), *_named(visit, series, code)))
    vega.chart(visit, spec, said, synthetic=series.synthetic)
    st.markdown(plain(said))


def _chart(series: TimeSeries, code: str) -> XmrChart:
    chart = _change(series, code).chart
    assert chart is not None
    return chart


def _named(visit: Visit, series: TimeSeries, code: str) -> tuple[Indicator, str, str]:
    return series.indicator, code, visit.language


def _view(visit: Visit, series: TimeSeries, chosen: Sequence[str]) -> Key:
    letters = str(entered_version(visit.store))
    return (visit.store.url, visit.language, letters, tuple(chosen), *view_of(series))
