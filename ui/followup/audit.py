"""One audit on screen: each recommendation word for word, the reply, what it was before, and the figures."""

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
from ui.followup.page import Followed
from ui.followup.reply import field_link, field_said, linked_fields_html
from ui.frame import Frame
from ui.notes import moment_in_words
from ui.tables import table_html
from wording.followup import figure_sentence, figure_text, lateness
from wording.symbols import symbol_of

_SIGN_OF: Final = {"increasing": "higher", "decreasing": "lower", "none": "similar"}
"""The verdict of a series → the judgement whose sign it has."""


def recommendations(view: Followed) -> None:
    """Every recommendation of the chosen audit, in its number's order."""
    if view.audit is None:
        return
    frame = view.frame
    st.caption(frame.say("followup.letter" if frame.language == "sv" else "followup.original_language"))
    for one in view.audit.recommendations:
        _recommendation(view, view.audit, one)
    if view.audit.since:
        st.caption(frame.say("followup.before_after", day=format_date(view.audit.since, frame.language)))


def _recommendation(view: Followed, audit: FollowedAudit, one: FollowedRecommendation) -> None:
    frame = view.frame
    with st.container(border=True, key=f"recommendation:{audit.audit}:{one.number}"):
        st.subheader(frame.say("followup_form.block", number=one.number), anchor=False)
        st.html(_asked_html(frame, one))
        if len(one.replies) > 1:
            with st.expander(frame.say("followup.history", count=len(one.replies) - 1)):
                st.html(_history_html(frame, one))
        key = ("figures", str(one.number), *view.key)
        st.html(kept(key, partial(_figures_html, frame, audit, one)))


def _asked_html(frame: Frame, one: FollowedRecommendation) -> str:
    """The letter's words, how it stands, and the reply's own fields."""
    parts = [
        f'<blockquote class="asked" lang="sv">{as_html(one.text)}</blockquote>',
        f'<p class="told">{as_html(frame.say("followup.addressed", body=one.addressed_to))}</p>',
        status_html(one.status, frame.language, lateness(one, frame.language)),
        _reply_html(frame, one.reply) if one.reply else f"<p>{as_html(_without_reply(frame, one))}</p>",
    ]
    return "".join(parts)


def _without_reply(frame: Frame, one: FollowedRecommendation) -> str:
    """What is known of a reply that is not loaded: that somebody has stated that none had come, or nothing."""
    if one.none_came is None:
        return frame.say("followup.no_reply")
    day = format_date(one.none_came["known_on"], frame.language)
    return frame.say("followup.none_came", day=day, source=one.none_came["source"])


def _reply_html(frame: Frame, reply: dict[str, Any]) -> str:
    leads = as_html(field_link(frame, reply))
    origin = as_html(frame.say("followup.reply_from", cell=reply_cell(reply), file=reply["file"]))
    moment = as_html(frame.say("followup.published", moment=moment_in_words(reply["published_at"], frame.language)))
    mark = f" {as_html(frame.say('followup.synthetic_reply'))}." if reply["synthetic"] else ""
    fields = linked_fields_html(frame, reply)
    return f'{fields}<p class="told"><a href="{leads}">{origin}</a>, {moment}.{mark}</p>'


def _history_html(frame: Frame, one: FollowedRecommendation) -> str:
    rows = [
        {
            header("published_at", frame.language): moment_in_words(reply["published_at"], frame.language),
            header("status", frame.language): marked(reply["status"], frame.language),
            **{header(name, frame.language): field_said(frame, reply, name) for name in REPLIED if name != "status"},
            header("file", frame.language): reply["file"],
        }
        for reply in one.replies
    ]
    links = {header(name, frame.language): [field_link(frame, reply, name) for reply in one.replies]
             for name in REPLIED}  # fmt: skip
    table = rows_html(rows, frame.say("followup.history_table", number=one.number), links=links, stacked=True)
    return f'<div class="followed">{table}</div>'


def _figures_html(frame: Frame, audit: FollowedAudit, one: FollowedRecommendation) -> str:
    found = figures_since(frame.store, audit, one.indicators, as_of=frame.as_of)
    if not found:
        return f'<p class="told">{as_html(frame.say("followup.no_linked"))}</p>'
    rows = [figure_cells(frame, each) for each in found]
    links = {
        header("title", frame.language): [indicator_link(frame, each) for each in found],
        header("before", frame.language): [_figure_link(frame, each.before) for each in found],
        header("latest", frame.language): [_figure_link(frame, each.latest) for each in found],
    }
    caption = frame.say("followup.figures_table", number=one.number)
    table = table_html(pl.DataFrame(rows), caption, links=links, stacked=True)
    return f'<div class="followed">{table}</div>'


def figure_cells(frame: Frame, found: FollowedFigure) -> dict[str, str]:
    """One linked figure as the cells of a row: what, before, now, and what can be said of the change."""
    mark = f" (x: {frame.say('flags.x')})" if found.synthetic else ""
    return {
        header("title", frame.language): found.indicator.title.in_language(frame.language),
        header("verdict", frame.language): verdict(frame, found),
        header("before", frame.language): point(found.before, found, frame.language),
        header("latest", frame.language): point(found.latest, found, frame.language),
        header("sentence", frame.language): f"{figure_sentence(found, frame.language)}{mark}",
    }


def verdict(frame: Frame, found: FollowedFigure) -> str:
    """Sign and word of the tested change; `– kan inte bedömas` where nothing could be tested."""
    sign = symbol_of(_SIGN_OF.get(found.verdict, found.verdict), hollow=_assumed(found))
    return f"{sign} {frame.say(f'followup.verdicts.{found.verdict}')}"


def _assumed(found: FollowedFigure) -> bool:
    return found.judged is not None and found.judged["evidence"] == "assumed"


def point(row: dict[str, Any] | None, found: FollowedFigure, language: str) -> str:
    """A figure and its period: `63,4 % (2020)`; ` x` after one that is example data."""
    if row is None:
        return "–"
    mark = " x" if "x" in row["flags"] else ""
    return f"{figure_text(row, found, language)} ({period_label(row['period'], language)}){mark}"


def indicator_link(frame: Frame, found: FollowedFigure) -> str:
    """Where the linked figure's own page is."""
    return f"indicator?{urlencode(frame.linked(indicator=found.indicator.id))}"


def _figure_link(frame: Frame, row: dict[str, Any] | None) -> str:
    """Where a figure's cell is told; a computed share leads to the units it counts."""
    if row and row["indicator"] == SHARE_INDICATOR:
        return f"supply?{urlencode(frame.linked(view='matrix', region=row['code'], period=row['period']))}"
    return figure_link(frame, row) if row else ""
