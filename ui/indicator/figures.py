"""Every region's current and earlier figures of one indicator, each with its flags; and out to Excel."""

from dataclasses import dataclass
from functools import cached_property, partial

import streamlit as st

from analysis import Comparison, TimeSeries, compare_regions, periods_available, series_over_time
from analysis.change.questions import LISTED_AT
from analysis.followup.audits import entered_version
from analysis.followup.letters import changes_shown
from analysis.groups import audited_regions
from analysis.told import level_words
from indicators import NATION, Indicator, catalogue
from locales import text
from ui import certainty, show, take
from ui.address import pick
from ui.cache import Key, kept, view_key
from ui.escape import as_html
from ui.has_changed import since_last
from ui.notes import bullets, flag_sentences, synthetic_warning
from ui.overview.html import legend
from ui.parts import card_head, drawn_line, link, looks_of
from ui.targets.beside import state_line
from ui.visit import Visit
from views.area import Area, area
from views.indicator import Figure, Table
from views.indicator import figures as table_of
from views.parts import Reader


@dataclass(frozen=True)
class Figures:
    """One indicator in one kind of period; None where nothing is published."""

    visit: Visit
    indicator: Indicator
    kind: str | None

    @cached_property
    def series(self) -> TimeSeries:
        return series_over_time(self.visit.store, self.indicator.id, kind=self.kind, as_of=self.visit.as_of)


def chosen(visit: Visit, indicator: Indicator) -> Figures:
    """The kinds of period the indicator has, the latest period's first: half-years and months are not one table."""
    periods = periods_available(visit.store, indicator.id, as_of=visit.as_of)
    kinds = list(dict.fromkeys(period.kind for period in periods))
    if len(kinds) < 2:
        return Figures(visit, indicator, kinds[0] if kinds else None)
    label = visit.say("indicator_card.kind")
    kind = pick(
        visit, "kind", kinds, label=label, shown=lambda kind: visit.say(f"exports.period_kind.{kind}"), kind="radio"
    )
    return Figures(visit, indicator, kind)


def table(figures: Figures) -> None:
    """Regions down, periods across with the latest first; the flags' letters are explained below."""
    visit = figures.visit
    with st.container(border=True, key="card figures"):
        st.html(card_head(visit.say("indicator_card.figures")))
        if figures.kind is None:
            st.info(visit.say("ui.nothing_published"))
            state_line(visit, figures.indicator.id, catalogue().region_codes)
            return
        level = certainty.remembered_level(visit)
        key = view_key(visit, "indicator", figures.indicator.id, figures.kind)
        st.html(kept(("shaded", str(level), *key), partial(_html, figures, level)))
        bullets(kept(("flags", *key), partial(_flags, figures)))
        state_line(visit, figures.indicator.id, catalogue().region_codes)
    _moved(figures, ("moved", str(entered_version(visit.store)), *key))


def synthetic(figures: Figures) -> None:
    """A warning where any figure is made up."""
    key = view_key(figures.visit, "indicator", figures.indicator.id, figures.kind or "")
    if figures.kind and kept(("synthetic", *key), lambda: figures.series.synthetic):
        synthetic_warning(figures.visit)


def workbook(figures: Figures) -> None:
    """The latest period compared and every period, as an Excel workbook."""
    visit = figures.visit
    available = periods_available(visit.store, figures.indicator.id, as_of=visit.as_of)
    latest = next((period for period in available if period.kind == figures.kind), None)
    if latest is None:
        return
    level = certainty.remembered_level(visit)
    comparison = compare_regions(visit.store, figures.indicator.id, latest.key, level=level, as_of=visit.as_of)
    excel = show.workbook(visit, partial(_view, visit, comparison, figures.series), comparison, figures.series)
    measure = take.of_measure(visit, figures.indicator.id, level, synthetic=comparison.synthetic)
    take.menu(visit, excel=excel, papers=[measure], indicators=(figures.indicator.id,), page=True)


def _view(visit: Visit, comparison: Comparison, series: TimeSeries) -> Area:
    """The comparison as its own page opens: with the audited regions."""
    reader = Reader(visit.language, visit.store, visit.as_of)
    return area(reader, comparison, series, audited_regions(visit.store, visit.as_of))


def _moved(figures: Figures, key: Key) -> None:
    """Is it better than at the last measurement? A sentence per region and Riket."""
    if len(figures.series.measured) < 2:
        return
    with st.expander(figures.visit.say("against.tested")):
        bullets(kept(key, partial(_moves, figures)))


def _moves(figures: Figures) -> list[str]:
    """Each region's, Riket's first; a sign at 99.8 % only, for they are many."""
    visit = figures.visit
    shown = changes_shown(visit.store, figures.series, [NATION, *catalogue().region_codes])
    return [since_last(one, visit.language, LISTED_AT) for one in shown]


def _flags(figures: Figures) -> list[str]:
    return flag_sentences(figures.visit, figures.series.rows)


def _html(figures: Figures, level: float) -> str:
    visit = figures.visit
    view = table_of(Reader(visit.language, visit.store, visit.as_of), figures.series, level)
    caption = visit.say("indicator_card.table", level=level_words(level, visit.language))
    return figures_table(
        view, caption if view.judged else figures.indicator.title.in_language(visit.language), visit.language
    )


def figures_table(table: Table, caption: str, language: str) -> str:
    """It is scrolled sideways where it is wider than the screen, the regions' names in sight."""
    heads = "".join(f'<th scope="col">{as_html(period)}</th>' for period in table.periods)
    first = "".join(
        f'<th scope="col">{as_html(text(key, language))}</th>' for key in ("area.region", "area.development")
    )
    rows = "".join(
        f'<tr><th scope="row">{link(row.name, row.address) if row.address else as_html(row.name)}</th>'
        f"<td>{drawn_line(row.over_time)}</td>{''.join(_cell(one) for one in row.cells)}</tr>"
        for row in table.rows
    )
    shaded = legend(table.assumed, language) if table.judged else ""
    return (
        f'<div class="sideways" role="region" tabindex="0" aria-label="{as_html(caption)}">'
        f'<table class="heat periods"><caption>{as_html(caption)}</caption><thead><tr>{first}{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{shaded}"
    )


def _cell(one: Figure) -> str:
    shown = link(one.shown, one.address) if one.address else as_html(one.shown)
    if one.verdict is None:
        return f'<td class="number">{shown}</td>'
    sign = (
        f'<span aria-hidden="true">{one.verdict.symbol}</span><span class="unseen">{as_html(one.verdict.word)}</span>'
    )
    return f'<td class="judged {looks_of(one.verdict)}" title="{as_html(one.said)}">{shown} {sign}</td>'
