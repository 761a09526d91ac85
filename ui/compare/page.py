"""Egen jämförelse on screen: the finding, one row of controls, one picture at a time, and what lies behind it."""

from functools import partial
from typing import Any, Final

import polars as pl
import streamlit as st

import charts
from analysis import marked_count
from analysis.change.questions import LISTED_AT
from charts.drawn_grids import several_drawn
from exports import comparisons_workbook, formatted_table
from indicators import period_of
from ui import certainty, pictures, take, vega
from ui.address import switched
from ui.area.html import figures, strips, tiles
from ui.area.picture import regions_picture
from ui.cache import kept, specified
from ui.compare import html
from ui.compare.view import Compared
from ui.escape import plain
from ui.figure_links import LINKED, table_links
from ui.has_changed import since_last, told
from ui.notes import bullets, evidence_sentences, finding, flag_sentences, reasons, source_lines
from ui.parts import card, card_head, paragraphs
from ui.sharing import short_link
from ui.show import File, file_name, one_period
from ui.tables import table_html
from ui.targets.beside import state_lines
from views.area import Area, area
from views.compare import Several, several
from views.parts import Reader
from wording.judgement import benchmark_name
from wording.reach import reliability_in_words
from wording.sentences import benchmarks_of

_SHOWN: Final = ("heat", "places", "map", "small", "table")


def asked(view: Compared) -> Area | Several:
    """What is shown: one measure as on its own page, or several side by side."""
    visit = view.visit
    reader = Reader(visit.language, visit.store, visit.as_of)
    if len(view.told) == 1:
        return kept(("one", *view.key), lambda: area(reader, view.comparisons[0], view.series, view.chosen))
    return kept(
        ("several", *view.key),
        lambda: several(reader, view.whole, view.shown, view.chosen, view.level, synthetic=view.synthetic),
    )


def head(view: Compared, made: Area | Several) -> None:
    """The finding, and what leaves the page."""
    finding(view.visit, "compare", made.headline, made.lead, rests=made.survey)
    take.menu(view.visit, excel=[_workbook(view, made)], indicators=view.indicators, page=True)


def _pictures(view: Compared, made: Area | Several, shown: str) -> list[pictures.Taken]:
    """What the card shows as a picture; a chart has its own, and a table of every figure is for the workbook."""
    if isinstance(made, Area):
        return regions_picture(view.visit, made, view.comparisons[0], shown) if shown in ("heat", "map") else []
    if shown == "table":
        return []
    visit, periods = view.visit, {one.period for one in made.measures if one.period}
    keys = sorted(periods, key=lambda key: period_of(key).recency)
    taken = pictures.of_table(
        visit,
        (made.headline, view.say(f"heading.{shown}")),
        partial(several_drawn, made, shown, visit.language),
        (view.indicators, (keys[0], keys[-1])),
        synthetic=kept(("synthetic", *view.key), lambda: any(one.synthetic for one in view.comparisons)),
        assumed=made.assumed and shown in ("heat", "map"),
        name=view.say(f"show.{shown}"),
    )
    return [taken]


def draw(view: Compared, made: Area | Several) -> None:
    """One picture, the chosen regions in figures, and what lies behind them in folds."""
    visit = view.visit
    known = {name: view.say(f"show.{name}") for name in _SHOWN}
    if isinstance(made, Area):
        known["heat"] = view.say("show.diagram")
    shown, switch = switched(visit, "show", known, label=visit.say("area.show.label"))
    with st.container(border=True, key="card compared"):
        if isinstance(made, Area):
            _one(view, made, shown, switch)
        else:
            _several(view, made, shown, switch)
        for reason in kept(("refused", *view.key), partial(_refused, view)):
            st.markdown(f"- {reason}")
        if taken := _pictures(view, made, shown):
            take.menu(visit, pictures=taken, indicators=view.indicators)
    if isinstance(made, Area):
        _in_figures(view, made)
    marks = kept(("marked", *view.key), lambda: marked_count(view.comparisons))
    against = kept(("against", *view.key), lambda: benchmarks_of(view.whole, visit.language))
    with certainty.fold(visit):
        certainty.how_sure_of(
            visit, marks, against, view.level, kept(("evidence", *view.key), partial(_evidence, view))
        )
        certainty.part(visit, "against.tested", kept(("moved", *view.key), partial(_moves, view)))
    state_lines(visit, view.indicators, view.shown, synthetic=view.synthetic)
    _sources(view)


def _one(view: Compared, made: Area, shown: str, switch: str) -> None:
    visit, language = view.visit, view.visit.language
    benchmark = kept(("benchmark", *view.key), lambda: benchmark_name(view.comparisons[0], language))
    heading = visit.say("area.against", benchmark=benchmark, period=made.period)
    st.html(card_head(heading, switch))
    if shown == "table":
        st.html(kept(("table", *view.key), partial(_table, view)))
    elif shown == "places":
        _places(view)
    elif shown == "map":
        st.html(tiles(made))
    elif shown == "small":
        _over_time(view)
    else:
        st.html(strips(made, heading, language))
    if shown in ("heat", "map"):
        st.caption(plain(" ".join(made.notes)))


def _several(view: Compared, made: Several, shown: str, switch: str) -> None:
    st.html(card_head(view.say(f"heading.{shown}"), switch))
    if shown == "table":
        st.html(kept(("table", *view.key), partial(_table, view)))
    elif shown == "map":
        st.html(html.maps(made))
    else:
        drawn = {"heat": html.heat_map, "places": html.places, "small": html.lines}[shown]
        st.html(drawn(made, view.visit.language))
    if shown == "places":
        st.caption(view.say(f"about_kinds.{view.ranks}"))


def _places(view: Compared) -> None:
    """Each region's place; too few with a figure have none, and why is said instead."""
    language, chosen = view.visit.language, view.chosen
    said = kept(("said", "places", *view.key), lambda: charts.ranks_in_words(view.whole[0], language, chosen=chosen))
    if not kept(("ranked", *view.key), lambda: view.whole[0].rows["rank"].count()):
        st.info(plain(said))
        return
    _vega(view, "places", lambda: charts.rank_dots(view.whole[0], language, chosen=chosen), said)
    chance = kept(("chance", *view.key), lambda: reliability_in_words(view.whole[0], language))
    st.caption(plain(" ".join(filter(None, (view.say(f"about_kinds.{view.ranks}"), chance)))))


def _over_time(view: Compared) -> None:
    """A small line per region; one measurement draws no line, and that is said instead."""
    language, chosen = view.visit.language, view.chosen
    if alone := kept(("alone", *view.key), partial(_only_period, view)):
        st.info(alone)
        return
    said = kept(("said", "small", *view.key), lambda: charts.multiples_in_words(view.series, language))
    _vega(view, "small", lambda: charts.region_multiples(view.series, language, chosen=chosen), said)
    notes = kept(("comparability", *view.key), lambda: charts.comparability_in_words(view.series, language))
    bullets([plain(note) for note in notes])


def _vega(view: Compared, name: str, make: Any, said: str) -> None:
    vega.chart(view.visit, kept(("drawn", name, *view.key), lambda: specified(make())), said)


def _only_period(view: Compared) -> str:
    series = view.series
    return one_period(view.visit, series) if len(series.measured) == 1 else ""


def _in_figures(view: Compared, made: Area) -> None:
    heading, none = view.visit.say("area.figures_own"), view.visit.say("area.no_figures")
    rows = made.figures.rows
    st.html(card(heading, figures(made.figures, heading, view.visit.language) if rows else paragraphs([none])))


def _moves(view: Compared) -> list[str]:
    """Is it better than at the last measurement? Of one measure all that may be said, region by region; of several one
    sentence each, where only what holds at 99.8 % is marked."""
    language = view.visit.language
    if len(view.whole) == 1:
        return [told(one, language, view.level) for one in view.changes]
    return [since_last(one, language, LISTED_AT) for one in view.changes]


def _refused(view: Compared) -> list[str]:
    """Why comparisons are refused, each once: in plain view; markdown, its data escaped."""
    visit, found = view.visit, view.comparisons
    titles = [f"{plain(one.indicator.title.in_language(visit.language))}: " if len(found) > 1 else "" for one in found]
    said = [title + reason for title, one in zip(titles, found, strict=True) for reason in reasons(visit, one)]
    return list(dict.fromkeys(said))


def _evidence(view: Compared) -> list[str]:
    """What the intervals rest on and what the flags mean, each once; markdown, its data escaped."""
    visit, several = view.visit, len(view.comparisons) > 1
    said = [sentence for one in view.comparisons for sentence in evidence_sentences(visit, one)]
    drawn_rows = [one.rows for one in view.comparisons] + ([] if several else [view.series.rows])
    return list(dict.fromkeys([*said, *flag_sentences(visit, *drawn_rows)]))


def _table(view: Compared) -> str:
    """The shown rows of every indicator under one another, as the screen prints numbers; empty columns left out."""
    language = view.visit.language
    parts = [
        formatted_table(one.rows, one.indicator, language).select(
            pl.lit(one.indicator.title.in_language(language)).alias(view.visit.say("ui.indicator")), pl.all()
        )
        for one in view.comparisons
    ]
    whole = pl.concat(parts)
    filled = [name for name in whole.columns if (whole[name] != "").any()]
    links = table_links(view.visit, pl.concat([one.rows.select(LINKED) for one in view.comparisons]))
    return table_html(whole.select(filled), view.say("caption"), links=links)


def _workbook(view: Compared, made: Area | Several) -> File:
    """The shown figures as an Excel workbook; it is made when it is asked for, not at every run."""
    address, visit = short_link(view.visit), view.visit

    def workbook() -> bytes:
        return comparisons_workbook(
            Reader(visit.language, visit.store, visit.as_of),
            made,
            view.comparisons,
            view.over_time,
            chosen=view.chosen,
            ranks=view.ranks,
            link=address,
        )

    return File(visit.say("ui.excel"), workbook, file_name(visit, view.say("file")))


def _sources(view: Compared) -> None:
    """Who measured the only indicator; of several, where to read about each."""
    with st.expander(view.visit.say("ui.about")):
        if len(view.indicators) == 1:
            bullets(kept(("sources", *view.key), partial(_source_lines, view)))
            return
        for one in view.whole:
            title = one.indicator.title.in_language(view.visit.language)
            st.page_link(
                "pages/indicator.py",
                label=view.visit.say("ui.see_more", title=plain(title)),
                query_params=view.visit.linked(indicator=one.indicator.id),
            )


def _source_lines(view: Compared) -> list[str]:
    return [line for one in view.comparisons for line in source_lines(view.visit, one, view.series)]
