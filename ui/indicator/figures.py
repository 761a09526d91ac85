"""Every region's current and earlier figures of one indicator, each with its flags; and out to Excel."""

from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import streamlit as st

from analysis import TimeSeries, compare_regions, periods_available, series_over_time
from analysis.change.questions import LISTED_AT
from analysis.followup.audits import entered_version
from analysis.followup.letters import changes_shown
from indicators import NATION, Indicator, catalogue, period_label, period_of
from locales.numbers import format_number
from ui import certainty
from ui.address import pick
from ui.cache import Key, kept, view_key
from ui.figure_links import figure_link
from ui.figures import rows_html
from ui.frame import Frame
from ui.has_changed import since_last
from ui.notes import bullets, flag_sentences
from ui.show import workbook_button
from ui.targets.beside import state_line
from wording.figures import shown_value


@dataclass(frozen=True)
class Figures:
    """One indicator in one kind of period; None where nothing is published."""

    frame: Frame
    indicator: Indicator
    kind: str | None

    @cached_property
    def series(self) -> TimeSeries:
        return series_over_time(self.frame.store, self.indicator.id, kind=self.kind, as_of=self.frame.as_of)


def chosen(frame: Frame, indicator: Indicator) -> Figures:
    """The kinds of period the indicator has, the latest period's first: half-years and months are not one table."""
    periods = periods_available(frame.store, indicator.id, as_of=frame.as_of)
    kinds = list(dict.fromkeys(period.kind for period in periods))
    if len(kinds) < 2:
        return Figures(frame, indicator, kinds[0] if kinds else None)
    label = frame.say("indicator_card.kind")
    kind = pick(
        frame, "kind", kinds, label=label, shown=lambda kind: frame.say(f"exports.period_kind.{kind}"), kind="radio"
    )
    return Figures(frame, indicator, kind)


def table(figures: Figures) -> None:
    """Regions down, periods across with the latest first; the flags' letters are explained below."""
    frame = figures.frame
    st.header(frame.say("indicator_card.figures"), anchor=False)
    state_line(frame, figures.indicator.id, catalogue().region_codes)
    if figures.kind is None:
        st.info(frame.say("ui.nothing_published"))
        return
    key = view_key(frame, "indicator", figures.indicator.id, figures.kind)
    if kept(("synthetic", *key), lambda: figures.series.synthetic):
        st.warning(frame.say("ui.synthetic"))
    whole = kept(("table", "figures", *key), partial(_html, figures))
    st.html(f'<div class="whole">{whole}</div>')  # no inner scroll: a region at the end must not look left out
    bullets(kept(("flags", *key), partial(_flags, figures)))
    _moved(figures, ("moved", str(entered_version(frame.store)), *key))
    available = periods_available(frame.store, figures.indicator.id, as_of=frame.as_of)
    latest = next(period for period in available if period.kind == figures.kind)
    level = certainty.remembered_level(frame)
    comparison = compare_regions(frame.store, figures.indicator.id, latest.key, level=level, as_of=frame.as_of)
    workbook_button(frame, comparison, figures.series)


def _moved(figures: Figures, key: Key) -> None:
    """Is it better than at the last measurement? A sentence per region and Riket."""
    if len(figures.series.measured) < 2:
        return
    with st.expander(figures.frame.say("against.tested")):
        bullets(kept(key, partial(_moves, figures)))


def _moves(figures: Figures) -> list[str]:
    """Each region's, Riket's first; a sign at 99.8 % only, for they are many."""
    frame = figures.frame
    shown = changes_shown(frame.store, figures.series, [NATION, *catalogue().region_codes])
    return [since_last(one, frame.language, LISTED_AT) for one in shown]


def _flags(figures: Figures) -> list[str]:
    return flag_sentences(figures.frame, figures.series.rows)


def _html(figures: Figures) -> str:
    language, rows = figures.frame.language, figures.series.rows
    periods = sorted(rows["period"].unique(), key=lambda key: period_of(key).recency, reverse=True)
    header = figures.frame.say("exports.columns.region")
    cells = {(row["code"], row["period"]): _cell(row, figures.indicator, language) for row in rows.to_dicts()}
    where = {(row["code"], row["period"]): figure_link(figures.frame, row) for row in rows.to_dicts()}
    codes = [*(code for code in catalogue().region_codes if code in set(rows["code"])), NATION]
    lines = [
        {
            header: catalogue().regions[code].name,
            **{period_label(key, language): cells.get((code, key), "–") for key in periods},
        }
        for code in codes
    ]
    caption = figures.indicator.title.in_language(language)
    links = {period_label(key, language): [where.get((code, key), "") for code in codes] for key in periods}
    return rows_html(lines, caption, list(links), links)


def _cell(row: dict[str, Any], indicator: Indicator, language: str) -> str:
    """`63,4 % (n 982) a`: the figure, or why there is none, how many answered where that is known, its flags."""
    parts = [shown_value(row, indicator, language)]
    if row["value"] is not None and row["base_n"] is not None:
        parts.append(f"(n {format_number(row['base_n'], 0, language)})")
    return "\N{NO-BREAK SPACE}".join([*parts, *([row["flags"]] if row["flags"] else [])])
