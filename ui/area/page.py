"""One measure over the regions on screen: the finding, one row of controls, and a card per question."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from analysis import Comparison, TimeSeries, compare_regions, series_over_time
from analysis.followup.audits import entered_version
from analysis.groups import groups_in_force
from charts import rank_dots, ranks_in_words, trend_in_words, trend_lines
from indicators import NATION, catalogue
from ui import certainty, over_waves, pickers, take, vega
from ui.address import switched
from ui.area.html import figures, strips, tiles
from ui.area.picture import regions_picture
from ui.cache import chart_spec, kept, view_key, view_of
from ui.escape import plain
from ui.has_changed import has_changed, usual_variation
from ui.notes import explained, finding, source_note, synthetic_banner
from ui.origins import source_line
from ui.parts import card, card_head, paragraphs
from ui.pickers import Choice
from ui.show import figures_html, one_period, summary_of, workbook
from ui.targets.beside import state_line
from ui.visit import Visit
from ui.visit import visit as the_visit
from views.area import Area, area
from views.parts import Reader
from wording.judgement import benchmark_name
from wording.series import breaks_in_words, comparability_in_words


@dataclass(frozen=True)
class Shown:
    """What a page has asked and was answered. `synthetic`: whether example data may take part."""

    choice: Choice
    comparison: Comparison
    series: TimeSeries
    synthetic: bool


Part = Callable[[Visit, Shown], None]


def area_page(
    page: str,
    first: str,
    *,
    only: Sequence[str] = (),
    real_first: bool = False,
    beside: Part | None = None,
    more: Part | None = None,
) -> None:
    """The page of an area: choose → ask → draw. `first`: the indicator it opens with; `only`: its indicators, where not
    all of its area. `real_first`: example data only when the reader asks for it, and figures of riket may be
    lacking. `beside` is drawn under the controls, `more` under the figures."""
    visit = the_visit()
    head, row = st.container(), take.controls(visit)
    with row:
        synthetic = not real_first or pickers.synthetic(visit, resets=pickers.of_the_figures)
        choice = pickers.figures(
            visit, (page,), first=first, only=only, nation=not real_first, include_synthetic=synthetic
        )
    shown = _ask(visit, choice, synthetic)
    view = _viewed(visit, shown)
    with head:
        title = choice.indicator.short_title.in_language(visit.language)
        finding(visit, page, view.headline, view.lead, title, rests=view.survey)
        synthetic_banner(visit, shown.comparison, shown.series)
    excel = workbook(visit, lambda: view, shown.comparison, shown.series)
    measure = take.of_measure(visit, choice.indicator.id, choice.level, synthetic=synthetic)
    take.menu(visit, excel=excel, papers=[measure], indicators=(choice.indicator.id,), page=True)
    if beside:
        beside(visit, shown)
    if not (real_first and pickers.only_made_up(visit, choice.indicator, include_synthetic=synthetic)):
        _draw(visit, view, shown)
    if more:
        more(visit, shown)
    _foot(visit, shown.comparison, shown.series)


def _ask(visit: Visit, choice: Choice, synthetic: bool) -> Shown:
    comparison = compare_regions(
        visit.store,
        choice.indicator.id,
        choice.period,
        regions=choice.regions,
        sex=choice.sex,
        benchmark=choice.benchmark,
        level=choice.level,
        as_of=visit.as_of,
        include_synthetic=synthetic,
    )
    series = series_over_time(
        visit.store,
        choice.indicator.id,
        regions=choice.chosen,
        sex=choice.sex,
        kind=choice.kind,
        as_of=visit.as_of,
        include_synthetic=synthetic,
    )
    return Shown(choice, comparison, series, synthetic)


def _viewed(visit: Visit, shown: Shown) -> Area:
    """The view, made once for these answers and these regions."""
    letters, chosen, pinned = str(entered_version(visit.store)), shown.choice.chosen, shown.choice.pinned
    answers = (shown.comparison, shown.series)
    key = view_key(visit, "area", letters, chosen, pinned, *(str(view_of(one)) for one in answers))
    reader = Reader(visit.language, visit.store, visit.as_of)
    return kept(key, partial(area, reader, *answers, chosen, pinned))


def _draw(visit: Visit, view: Area, shown: Shown) -> None:
    """The regions against the benchmark beside their lines over time; the chosen ones in figures; what lies behind."""
    choice, comparison, series = shown.choice, shown.comparison, shown.series
    if comparison.rows.is_empty():
        st.info(visit.say("ui.nothing_published"))
        return
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(border=True, key="card compared"):
        _compared(visit, view, comparison, choice.chosen)
    with right, st.container(border=True, key="card over time"):
        _over_time(visit, view, series, choice)
    _in_figures(visit, view, choice)
    with certainty.fold(visit):
        certainty.how_sure(visit, [comparison], choice.level, explained(visit, comparison, series))
        over_waves.against_riket(visit, comparison, choice.chosen)
        has_changed(visit, series, choice.chosen)
    usual_variation(visit, series, choice.chosen)


def _foot(visit: Visit, comparison: Comparison, series: TimeSeries) -> None:
    """What was asked, the targets, the sources: three cards."""
    asked_for, target, source = st.columns(3, gap="medium")
    with asked_for, st.container(border=True, key="card asked"):
        st.html(card_head(visit.say("area.asked")))
        st.markdown(plain(comparison.indicator.question_sv))
        page = visit.linked(indicator=comparison.indicator.id)
        st.page_link("pages/indicator.py", label=visit.say("area.whole_card"), query_params=page)
    with target, st.container(border=True, key="card target"):
        st.html(card_head(visit.say("area.target")))
        state_line(visit, comparison.indicator.id, [code for code in comparison.rows["code"] if code != NATION])
    with source, st.container(border=True, key="card source"):
        st.html(card_head(visit.say("area.source")))
        st.markdown(plain(source_line(visit, comparison, series) or comparison.indicator.source))
    source_note(visit, comparison, series)


def _compared(visit: Visit, view: Area, comparison: Comparison, chosen: Sequence[str]) -> None:
    language = visit.language
    benchmark = benchmark_name(comparison, language)
    heading = visit.say("area.against", benchmark=benchmark, period=view.period)
    known = {name: visit.say(f"area.show.{name}") for name in ("diagram", "map", "table", "places")}
    shown, switch = switched(visit, "show", known, label=visit.say("area.show.label"))
    st.html(card_head(heading, switch))
    if shown == "table":
        st.html(figures_html(visit, comparison))
    elif shown == "map":
        st.html(tiles(view))
    elif shown == "places":
        said = ranks_in_words(comparison, language, chosen=chosen)
        if not view.ranked:
            st.markdown(plain(said))
            return
        spec = chart_spec(rank_dots, comparison, visit.store.url, language, tuple(chosen))
        vega.chart(visit, spec, said, synthetic=comparison.synthetic, titled=False, finding=view.headline)
    else:
        st.html(strips(view, heading, language))
    st.caption(plain(" ".join(view.notes)))
    if shown in ("diagram", "map"):
        taken = regions_picture(visit, view, comparison, shown)
        take.menu(visit, pictures=taken, indicators=(comparison.indicator.id,))


def _over_time(visit: Visit, view: Area, series: TimeSeries, choice: Choice) -> None:
    with st.container(key="pinned head", horizontal=True, vertical_alignment="center"):
        st.html(card_head(visit.say("area.over_time")))
        pickers.pin(visit)
    if len(series.measured) < 2:
        st.markdown(one_period(visit, series) if series.measured else visit.say("area.no_figures"))
        return
    summary = summary_of(visit, trend_in_words, series, choice.chosen)
    spec = chart_spec(trend_lines, series, visit.store.url, visit.language, choice.chosen, pinned=choice.pinned)
    vega.chart(visit, spec, summary, synthetic=series.synthetic, titled=False, finding=view.headline)
    notes = [*breaks_in_words(series, visit.language), *comparability_in_words(series, visit.language)]
    if notes:
        st.caption(plain(" ".join(notes)))


def _in_figures(visit: Visit, view: Area, choice: Choice) -> None:
    heading = _whom(visit, choice)
    if not view.figures.rows:
        st.html(card(heading, paragraphs([visit.say("area.no_figures")])))
        return
    st.html(card(heading, figures(view.figures, heading, visit.language)))


def _whom(visit: Visit, choice: Choice) -> str:
    """The heading of the chosen regions' figures: the group by name, and a pinned region that is not of it."""
    group = groups_in_force(visit.store, visit.as_of).get(visit.choices.get("group", ""))
    if group is None:
        return visit.say("area.figures_own")
    name = group.title.in_language(visit.language)
    if choice.pinned and choice.pinned not in group.regions:
        region = catalogue().regions[choice.pinned].short_name
        return visit.say("area.figures_with", group=name[0].lower() + name[1:], region=region)
    return visit.say("area.figures", group=name)
