"""What the compare page draws: one indicator four ways, or several as a heat map, with table and workbook."""

from functools import partial
from typing import Any

import polars as pl
import streamlit as st

import charts
from analysis import marked_count, uploads_list
from analysis.change.questions import LISTED_AT
from exports import comparisons_workbook, formatted_table
from ui import certainty
from ui.address import link
from ui.cache import kept
from ui.compare.view import Compared
from ui.escape import plain
from ui.figure_links import LINKED, table_links
from ui.figures import drawn, tabled
from ui.has_changed import since_last, told
from ui.notes import bullets, evidence_sentences, flag_sentences, reasons, source_lines, subheading
from ui.show import download, file_name, one_period
from ui.tables import table_html
from ui.targets.beside import state_lines
from wording.reach import reliability_in_words
from wording.sentences import benchmarks_of


def draw(view: Compared) -> None:
    """The charts, how sure they are, what they rest on, the table and the workbook."""
    if len(kept(("found", *view.key), lambda: [one.indicator.id for one in view.whole])) > 1:
        _several(view)
    else:
        _one(view)
    _moved(view)
    marks = kept(("marked", *view.key), lambda: marked_count(view.comparisons))
    against = kept(("against", *view.key), lambda: benchmarks_of(view.whole, view.frame.language))
    state_lines(view.frame, view.indicators, view.shown, synthetic=view.synthetic)
    certainty.how_sure_of(view.frame, marks, against, view.level)
    bullets(kept(("evidence", *view.key), partial(_evidence, view)))
    tabled(view.frame, "compared", view.key, partial(_table, view))
    _workbook(view)


def _several(view: Compared) -> None:
    st.header(view.say("heat_map"), anchor=False)
    more: dict[str, Any] = {"regions": view.shown}
    drawn(
        view.frame,
        "heat map",
        view.key,
        lambda: charts.judged_heat_map(view.comparisons, view.frame.language, **more),
        lambda: charts.heat_map_in_words(view.comparisons, view.frame.language, **more),
    )


def _one(view: Compared) -> None:
    language, chosen = view.frame.language, view.chosen
    st.header(view.say("judged"), anchor=False)
    drawn(
        view.frame,
        "judged",
        view.key,
        lambda: charts.judged_dots(view.comparisons[0], language, chosen=chosen),
        lambda: charts.judged_in_words(view.comparisons[0], language, chosen=chosen),
    )
    left, right = st.columns(2, gap="large")
    with left:
        _places(view)
    with right:
        st.header(view.say("map"), anchor=False)
        drawn(
            view.frame,
            "map",
            view.key,
            lambda: charts.judged_tiles(view.whole[0], language),
            lambda: charts.tiles_in_words(view.whole[0], language),
        )
    _over_time(view)


def _places(view: Compared) -> None:
    """Each region's place; too few with a figure have none, and why is said instead."""
    language, chosen = view.frame.language, view.chosen
    st.header(view.say("places"), anchor=False)
    if not kept(("ranked", *view.key), lambda: view.whole[0].rows["rank"].count()):
        st.info(plain(kept(("said", "places", *view.key), lambda: charts.ranks_in_words(view.whole[0], language))))
        return
    drawn(
        view.frame,
        "places",
        view.key,
        lambda: charts.rank_dots(view.whole[0], language, chosen=chosen),
        lambda: charts.ranks_in_words(view.whole[0], language, chosen=chosen),
    )
    st.caption(view.say(f"about_kinds.{view.ranks}"))
    if chance := kept(("chance", *view.key), lambda: reliability_in_words(view.whole[0], language)):
        st.markdown(plain(chance))


def _over_time(view: Compared) -> None:
    """A small line per region; one measurement draws no line, and that is said instead."""
    language, chosen = view.frame.language, view.chosen
    st.header(view.say("multiples"), anchor=False)
    if alone := kept(("alone", *view.key), partial(_only_period, view)):
        st.info(alone)
        return
    drawn(
        view.frame,
        "multiples",
        view.key,
        lambda: charts.region_multiples(view.series, language, chosen=chosen),
        lambda: charts.multiples_in_words(view.series, language),
    )
    notes = kept(("comparability", *view.key), lambda: charts.comparability_in_words(view.series, language))
    bullets([plain(note) for note in notes])


def _moved(view: Compared) -> None:
    """Is it better than at the last measurement? Of one measure all that may be said, region by region; of several one
    sentence each, where only what holds at 99.8 % is marked."""
    said = kept(("moved", *view.key), partial(_moves, view))
    if said:
        st.header(view.frame.say("against.tested"), anchor=False)
        bullets(said)


def _moves(view: Compared) -> list[str]:
    language = view.frame.language
    if len(view.whole) == 1:
        return [told(one, language, view.level) for one in view.changes]
    return [since_last(one, language, LISTED_AT) for one in view.changes]


def _only_period(view: Compared) -> str:
    series = view.series
    return one_period(view.frame, series) if len(series.measured) == 1 else ""


def _evidence(view: Compared) -> list[str]:
    """What the intervals rest on, why comparisons are refused, and what the flags mean, each once; markdown, its data
    escaped."""
    frame, several = view.frame, len(view.comparisons) > 1
    said = [sentence for one in view.comparisons for sentence in evidence_sentences(frame, one)]
    for one in view.comparisons:
        title = f"{plain(one.indicator.title.in_language(frame.language))}: " if several else ""
        said += [title + reason for reason in reasons(frame, one)]
    drawn_rows = [one.rows for one in view.comparisons] + ([] if several else [view.series.rows])
    return list(dict.fromkeys([*said, *flag_sentences(frame, *drawn_rows)]))


def _table(view: Compared) -> str:
    """The shown rows of every indicator under one another, as the screen prints numbers; empty columns left out."""
    language = view.frame.language
    parts = [
        formatted_table(one.rows, one.indicator, language).select(
            pl.lit(one.indicator.title.in_language(language)).alias(view.frame.say("ui.indicator")), pl.all()
        )
        for one in view.comparisons
    ]
    whole = pl.concat(parts)
    filled = [name for name in whole.columns if (whole[name] != "").any()]
    links = table_links(view.frame, pl.concat([one.rows.select(LINKED) for one in view.comparisons]))
    return table_html(whole.select(filled), view.say("caption"), links=links)


def _workbook(view: Compared) -> None:
    """The shown figures as an Excel workbook; it is made when it is asked for, not at every run."""
    address = link(view.frame)

    def workbook() -> bytes:
        return comparisons_workbook(
            view.comparisons,
            series=view.series if len(view.comparisons) == 1 else None,
            ranks=view.ranks,
            language=view.frame.language,
            link=address,
            uploads=uploads_list(view.frame.store, view.frame.as_of),
            changes=view.changes,
        )

    download(view.frame.say("ui.excel"), workbook, file_name(view.frame, view.say("file")), key="compared")


def _sources(view: Compared) -> list[str]:
    return [line for one in view.comparisons for line in source_lines(view.frame, one, view.series)]


def sources(view: Compared) -> None:
    """Who measured the only indicator; of several, where to read about each."""
    if len(view.indicators) == 1:
        if told := kept(("sources", *view.key), partial(_sources, view)):
            subheading(view.frame, "ui.about")
            bullets(told)
        return
    st.header(view.frame.say("ui.about"), anchor=False)
    for one in view.whole:
        title = one.indicator.title.in_language(view.frame.language)
        st.page_link(
            "pages/indicator.py",
            label=view.frame.say("ui.see_more", title=plain(title)),
            query_params=view.frame.linked(indicator=one.indicator.id),
        )
