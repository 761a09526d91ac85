"""One audit on screen: each recommendation word for word, the reply, what it was before, and the figures."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from analysis.followup import FollowedAudit, FollowedFigure, FollowedRecommendation, figures_since, reply_cell
from analysis.supply import SHARE_INDICATOR
from exports.followup.workbook import REPLIED, header
from indicators import period_label
from locales.numbers import format_date
from ui.cache import kept
from ui.escape import as_html
from ui.figure_links import figure_link
from ui.figures import rows_html
from ui.followup.marks import marked, status_html
from ui.followup.reply import field_link, field_said, linked_fields_html
from ui.followup.view import Followed
from ui.notes import moment_in_words
from ui.parts import card, folded, paragraphs
from ui.tables import table_html
from ui.visit import Visit
from wording.followup import figure_sentence, figure_text, lateness
from wording.symbols import symbol_of

NO_FIGURES: Final = "no_figures"
"""Why of a FollowedFigure of which nothing is published."""
Figures = Mapping[tuple[str, int], Sequence[FollowedFigure]]
"""(audit, number) → the linked figures of that recommendation."""
_SIGN_OF: Final = {"increasing": "higher", "decreasing": "lower", "none": "similar"}
"""The verdict of a series → the judgement whose sign it has."""


def recommendations(view: Followed, audit: FollowedAudit) -> None:
    """Every recommendation of an audit in its number's order, each a card."""
    if not audit.recommendations:
        st.caption(view.visit.say("followup.no_recommendations"))
        return
    st.html(kept(("cards", audit.audit, *view.key), partial(_cards, view.visit, audit)))
    if audit.since:
        st.caption(view.visit.say("followup.before_after", day=format_date(audit.since, view.visit.language)))


def _cards(visit: Visit, audit: FollowedAudit) -> str:
    found = figures_of(visit, [audit])
    cards = (_card(visit, one, found[one.audit, one.number]) for one in audit.recommendations)
    return "".join(cards) + without_figures(visit, found)


def figures_of(visit: Visit, audits: Sequence[FollowedAudit]) -> Figures:
    """The linked figures of every recommendation."""
    return {
        (one.audit, one.number): figures_since(visit.store, audit, one.indicators, as_of=visit.as_of)
        for audit in audits
        for one in audit.recommendations
    }


def without_figures(visit: Visit, found: Figures) -> str:
    """What `ingen uppgift` in the tables means, once for all of them; "" where it stands in none."""
    why = {each.why for figures in found.values() for each in figures}
    return paragraphs([visit.say("followup.no_figures")], "told") if NO_FIGURES in why else ""


def _card(visit: Visit, one: FollowedRecommendation, found: Sequence[FollowedFigure]) -> str:
    """What was asked and replied, beside what the figures have done."""
    theme = visit.say(f"followup.themes.{one.theme}")
    heading = f"{visit.say('followup_form.block', number=one.number)}: {theme}"
    figures = f"<h3>{as_html(visit.say('followup.figures_heading'))}</h3>{_figures_html(visit, one, found)}"
    return card(heading, f'<div class="halves"><div>{_asked_html(visit, one)}</div><div>{figures}</div></div>')


def _asked_html(visit: Visit, one: FollowedRecommendation) -> str:
    """The letter's words, how it stands, the reply's own fields, and what was replied before."""
    parts = [
        f'<blockquote class="asked" lang="sv">{as_html(one.text)}</blockquote>',
        f'<p class="told">{as_html(visit.say("followup.addressed", body=one.addressed_to))}</p>',
        status_html(one.status, visit.language, lateness(one, visit.language)),
        _reply_html(visit, one.reply) if one.reply else _none_came(visit, one),
    ]
    if len(one.replies) > 1:
        parts.append(folded(visit.say("followup.history", count=len(one.replies) - 1), _history_html(visit, one)))
    return "".join(parts)


def _none_came(visit: Visit, one: FollowedRecommendation) -> str:
    """That somebody has stated that no reply had come; of a reply that only is not loaded its status says all."""
    if one.none_came is None:
        return ""
    day = format_date(one.none_came["known_on"], visit.language)
    return paragraphs([visit.say("followup.none_came", day=day, source=one.none_came["source"])])


def _reply_html(visit: Visit, reply: dict[str, Any]) -> str:
    leads = as_html(field_link(visit, reply))
    origin = as_html(visit.say("followup.reply_from", cell=reply_cell(reply), file=reply["file"]))
    moment = as_html(visit.say("followup.published", moment=moment_in_words(reply["published_at"], visit.language)))
    mark = f" {as_html(visit.say('followup.synthetic_reply'))}." if reply["synthetic"] else ""
    fields = linked_fields_html(visit, reply)
    return f'{fields}<p class="told"><a href="{leads}">{origin}</a>, {moment}.{mark}</p>'


def _history_html(visit: Visit, one: FollowedRecommendation) -> str:
    rows = [
        {
            header("published_at", visit.language): moment_in_words(reply["published_at"], visit.language),
            header("status", visit.language): marked(reply["status"], visit.language),
            **{header(name, visit.language): field_said(visit, reply, name) for name in REPLIED if name != "status"},
            header("file", visit.language): reply["file"],
        }
        for reply in one.replies
    ]
    links = {
        header(name, visit.language): [field_link(visit, reply, name) for reply in one.replies] for name in REPLIED
    }
    table = rows_html(rows, visit.say("followup.history_table", number=one.number), links=links, stacked=True)
    return f'<div class="followed">{table}</div>'


def _figures_html(visit: Visit, one: FollowedRecommendation, found: Sequence[FollowedFigure]) -> str:
    """The linked figures before and now as a table; why one cannot be told, each reason once; the tested changes in
    sentences, folded."""
    if not found:
        return f'<p class="told">{as_html(visit.say("followup.no_linked"))}</p>'
    sentences = [_sentence(visit, each) for each in found if not each.why]
    said = f'<ul class="lines">{"".join(f"<li>{as_html(sentence)}</li>" for sentence in sentences)}</ul>'
    return (
        _table(visit, one, found)
        + paragraphs(unknown(visit, found), "told")
        + (folded(visit.say("followup.what_can_be_said"), said) if sentences else "")
    )


def _table(visit: Visit, one: FollowedRecommendation, known: Sequence[FollowedFigure]) -> str:
    rows = [figure_cells(visit, each) for each in known]
    links = {
        header("title", visit.language): [indicator_link(visit, each) for each in known],
        header("before", visit.language): [_figure_link(visit, each.before) for each in known],
        header("latest", visit.language): [_figure_link(visit, each.latest) for each in known],
    }
    caption = visit.say("followup.figures_table", number=one.number)
    table = table_html(pl.DataFrame(rows), caption, links=links, stacked=True)
    return f'<div class="followed">{table}</div>'


def unknown(visit: Visit, found: Sequence[FollowedFigure]) -> list[str]:
    """Why loaded figures cannot be told before and after, each reason once with the indicators it goes for."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for each in found:
        if each.why not in ("", NO_FIGURES):
            title = each.indicator.title.in_language(visit.language)
            reasons[figure_sentence(each, visit.language)].append(title)
    return [
        visit.say("followup.applies", sentence=sentence, titles="; ".join(titles))
        for sentence, titles in reasons.items()
    ]


def _sentence(visit: Visit, found: FollowedFigure) -> str:
    mark = f" (x: {visit.say('flags.x')})" if found.synthetic else ""
    return f"{figure_sentence(found, visit.language)}{mark}"


def figure_cells(visit: Visit, found: FollowedFigure) -> dict[str, str]:
    """One linked figure as the cells of a row: what, before, now, and the verdict on the change."""
    return {
        header("title", visit.language): found.indicator.title.in_language(visit.language),
        header("before", visit.language): point(found.before, found, visit.language),
        header("latest", visit.language): point(found.latest, found, visit.language),
        header("verdict", visit.language): verdict(visit, found),
    }


def verdict(visit: Visit, found: FollowedFigure) -> str:
    """Sign and word of the tested change; `– kan inte bedömas` where nothing could be tested."""
    if found.why == NO_FIGURES:
        return f"– {visit.say('followup.verdicts.no_figures')}"
    sign = symbol_of(_SIGN_OF.get(found.verdict, found.verdict), hollow=_assumed(found))
    return f"{sign} {visit.say(f'followup.verdicts.{found.verdict}')}"


def _assumed(found: FollowedFigure) -> bool:
    return found.judged is not None and found.judged["evidence"] == "assumed"


def point(row: dict[str, Any] | None, found: FollowedFigure, language: str) -> str:
    """A figure and its period: `63,4 % (2020)`; ` x` after one that is example data."""
    if row is None:
        return "–"
    mark = " x" if "x" in row["flags"] else ""
    return f"{figure_text(row, found, language)} ({period_label(row['period'], language)}){mark}"


def indicator_link(visit: Visit, found: FollowedFigure) -> str:
    """Where the linked figure's own page is."""
    return f"indicator?{urlencode(visit.linked(indicator=found.indicator.id))}"


def _figure_link(visit: Visit, row: dict[str, Any] | None) -> str:
    """Where a figure's cell is told; a computed share leads to the units it counts."""
    if row and row["indicator"] == SHARE_INDICATOR:
        return f"supply?{urlencode(visit.linked(view='matrix', region=row['code'], period=row['period']))}"
    return figure_link(visit, row) if row else ""
