"""One measure over the regions on screen: the finding, one row of controls, and a card per question."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from analysis import Comparison, TimeSeries
from analysis.followup.audits import entered_version
from analysis.groups import groups_in_force
from analysis.told import level_words
from charts import rank_dots, ranks_in_words, trend_lines
from indicators import NATION
from ui import over_waves, vega
from ui.address import switched
from ui.area.html import figures, strips, tiles
from ui.cache import chart_spec, kept, view_key, view_of
from ui.certainty import how_sure
from ui.escape import plain
from ui.frame import Frame
from ui.has_changed import has_changed
from ui.notes import explained, finding, source_note, synthetic_banner
from ui.origins import source_line
from ui.parts import card, card_head
from ui.pickers import Choice
from ui.show import figures_html, one_period, summary_of, workbook_button
from ui.targets.beside import state_line
from views.area import Area, area
from views.parts import Reader
from wording.judgement import benchmark_name, ranked_of
from wording.series import breaks_in_words, comparability_in_words


def asked(frame: Frame, comparison: Comparison, series: TimeSeries, chosen: Sequence[str]) -> Area:
    """The view, made once for these answers and these regions."""
    letters = str(entered_version(frame.store))
    key = view_key(frame, "area", letters, tuple(chosen), str(view_of(comparison)), str(view_of(series)))
    return kept(key, partial(area, _reader(frame), comparison, series, tuple(chosen)))


def head(frame: Frame, page: str, view: Area, comparison: Comparison, series: TimeSeries) -> None:
    """The finding, its sentences, and where figures are made up."""
    finding(frame, page, view.headline, view.lead, comparison.indicator.short_title.in_language(frame.language))
    with st.container(key="take", horizontal=True), st.popover(frame.say("ui.take")):
        workbook_button(frame, comparison, series)
    synthetic_banner(frame, comparison, series)


def draw(frame: Frame, view: Area, choice: Choice, comparison: Comparison, series: TimeSeries) -> None:
    """The regions against the benchmark beside their lines over time; the chosen ones in figures; what lies behind."""
    if comparison.rows.is_empty():
        st.info(frame.say("ui.nothing_published"))
        return
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(border=True, key="card compared"):
        _compared(frame, view, comparison, choice.chosen)
    with right, st.container(border=True, key="card over time"):
        _over_time(frame, series, choice.chosen)
    _in_figures(frame, view, comparison)
    how_sure(frame, [comparison], choice.level, explained(frame, comparison, series))
    over_waves.against_riket(frame, comparison, choice.chosen)
    has_changed(frame, series, choice.chosen)


def foot(frame: Frame, comparison: Comparison, series: TimeSeries) -> None:
    """What was asked, the goals, the sources: three cards."""
    asked_for, goal, source = st.columns(3, gap="medium")
    with asked_for, st.container(border=True, key="card asked"):
        st.html(card_head(frame.say("area.asked")))
        st.markdown(plain(comparison.indicator.question_sv))
        page = frame.linked(indicator=comparison.indicator.id)
        st.page_link("pages/indicator.py", label=frame.say("area.whole_card"), query_params=page)
    with goal, st.container(border=True, key="card goal"):
        st.html(card_head(frame.say("area.goal")))
        state_line(frame, comparison.indicator.id, [code for code in comparison.rows["code"] if code != NATION])
    with source, st.container(border=True, key="card source"):
        st.html(card_head(frame.say("area.source")))
        st.markdown(plain(source_line(frame, comparison, series) or comparison.indicator.source))
    source_note(frame, comparison, series)


def _compared(frame: Frame, view: Area, comparison: Comparison, chosen: Sequence[str]) -> None:
    language = frame.language
    benchmark = benchmark_name(comparison, language)
    heading = frame.say("area.against", benchmark=benchmark, period=view.period)
    known = {name: frame.say(f"area.show.{name}") for name in ("diagram", "map", "table", "places")}
    shown, switch = switched(frame, "show", known, label=frame.say("area.show.label"))
    st.html(card_head(heading, switch))
    if shown == "table":
        st.html(figures_html(frame, comparison))
    elif shown == "map":
        st.html(tiles(view))
    elif shown == "places":
        spec = chart_spec(rank_dots, comparison, frame.store.url, language, tuple(chosen))
        vega.chart(frame, spec, ranks_in_words(comparison, language, chosen=chosen), synthetic=comparison.synthetic)
    else:
        st.html(strips(view, heading, language))
    notes = [frame.say("area.note_interval", level=level_words(comparison.level, language), benchmark=benchmark)]
    notes += [frame.say("area.note_assumed")] if view.assumed else []
    st.caption(plain(" ".join(notes)))


def _over_time(frame: Frame, series: TimeSeries, chosen: Sequence[str]) -> None:
    st.html(card_head(frame.say("area.over_time")))
    if len(series.measured) < 2:
        st.markdown(one_period(frame, series) if series.measured else frame.say("ui.nothing_published"))
        return
    summary = summary_of(frame, trend_lines, series, chosen)
    spec = chart_spec(trend_lines, series, frame.store.url, frame.language, tuple(chosen))
    vega.chart(frame, spec, summary, synthetic=series.synthetic)
    notes = [*breaks_in_words(series, frame.language), *comparability_in_words(series, frame.language)]
    if notes:
        st.caption(plain(" ".join(notes)))


def _in_figures(frame: Frame, view: Area, comparison: Comparison) -> None:
    group = groups_in_force(frame.store, frame.as_of).get(frame.choices.get("group", ""))
    named = frame.say("area.figures", group=group.title.in_language(frame.language)) if group else ""
    heading = named or frame.say("area.figures_own")
    benchmark = benchmark_name(comparison, frame.language)
    table = figures(view, heading, benchmark, ranked_of(comparison.rows), frame.language)
    st.html(card(heading, table))


def _reader(frame: Frame) -> Reader:
    return Reader(frame.language, frame.store, frame.as_of)
