"""Så räknades det, on screen: the figure as the page's finding, what to judge it by, and the arithmetic as tables."""

from functools import partial

import streamlit as st

from analysis.targets.decided import targets_version
from locales import text
from ui import against, certainty, take
from ui.cache import kept, view_key
from ui.escape import as_html
from ui.figure.page import Walk
from ui.notes import finding, synthetic_warning
from ui.parts import card, chip, link, paragraphs
from views.area_pages import page_of
from views.figure import Figure, figure
from views.parts import Reader


def draw(walk: Walk) -> None:
    """The figure and how it is judged; by what is the reader's choice, riket at 95 % unless she says otherwise."""
    visit, asked = walk.visit, walk.asked
    named, synthetic = (asked.indicator, asked.sex, asked.period.key), "x" in walk.row["flags"]
    top = st.container()
    with take.controls(visit):
        # As on the page that compares the indicator: calls have no nation's figure.
        calls = page_of(asked.indicator) == "phone"
        usual = against.where_nation_is_unknown(visit, *named) if calls else against.RIKET
        chosen = against.benchmark(visit, *named, usual, include_synthetic=synthetic)
        level = certainty.level_of(visit)
    targets = str(targets_version(visit.store)) if chosen == against.TARGET else ""
    key = view_key(visit, "worked", asked.indicator.id, asked.region, *named[1:], chosen, str(level), targets)
    view = kept(key, partial(figure, Reader(visit.language, visit.store, visit.as_of), asked, chosen, level))
    if view is None:
        return
    with top:
        title = asked.indicator.short_title.in_language(visit.language)
        finding(visit, "figure", view.headline, [view.lead] if view.lead else [], title)
        if synthetic:
            synthetic_warning(visit)
    st.html(worked_card(view, visit.language))


def worked_card(view: Figure, language: str) -> str:
    """The verdict, the steps, the regions that are weighed together (folded: 21 rows), and what to know."""
    chipped = f"{chip(view.verdict)} " if view.verdict else ""
    judged = f"<p>{chipped}{as_html(view.against)}</p>" if view.against else ""
    said = paragraphs([one for one in (view.said, view.why) if one])
    tables = (_steps(view, language) if view.steps else "") + (_weighed(view, language) if view.weighed else "")
    return card(text("working.title", language), judged + said + tables + paragraphs(view.notes, "said"))


def _steps(view: Figure, language: str) -> str:
    """Blocks under one another on a telephone, still a table to a screen reader."""
    heads = "".join(
        f'<th scope="col" role="columnheader">{as_html(text(f"working.{name}", language))}</th>'
        for name in ("what", "how", "result")
    )
    rows = "".join(
        f'<tr role="row"><th scope="row" role="rowheader">{as_html(one.what)}</th>'
        f'<td role="cell">{as_html(one.how)}</td><td role="cell" class="gives">{as_html(one.gives)}</td></tr>'
        for one in view.steps
    )
    caption = as_html(text("working.caption", language))
    return (
        f'<table class="figures steps" role="table"><caption class="unseen">{caption}</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead><tbody role="rowgroup">{rows}</tbody></table>'
    )


def _weighed(view: Figure, language: str) -> str:
    heads = "".join(
        f'<th scope="col"{" class=number" if place else ""}>{as_html(name)}</th>'
        for place, name in enumerate(view.columns)
    )
    rows = ""
    for one in view.weighed:
        cells = [link(one.cells[0], one.address) if one.address else as_html(one.cells[0])]
        cells += [as_html(cell) for cell in one.cells[1:]]
        numbers = "".join(f'<td class="number">{cell}</td>' for cell in cells)
        rows += f'<tr><th scope="row">{as_html(one.name)}</th>{numbers}</tr>'
    caption = as_html(text("working.parts.caption", language))
    return (
        f'<details class="fold"><summary>{as_html(view.weighed_title)}</summary><div class="wide-table" role="region" '
        f'tabindex="0" aria-label="{caption}"><table><caption>{caption}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></details>"
    )
