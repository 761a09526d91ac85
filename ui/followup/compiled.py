"""The audits side by side: per theme, what each region was recommended, what it replied, and what its figures show."""

from functools import partial

import polars as pl
import streamlit as st

from analysis.followup import (
    FollowedFigure,
    FollowedRecommendation,
    Theme,
    figures_since,
    followed_audit,
    same_side_by_side,
)
from exports.followup.workbook import header
from indicators import catalogue
from locales.numbers import format_date
from ui.cache import kept
from ui.followup.audit import point, verdict
from ui.followup.marks import marked
from ui.followup.page import Followed, missing_letters
from ui.followup.reply import field_link
from ui.notes import subheading
from ui.tables import table_html
from wording.followup import figure_sentence

_FIELDS = ("measures_taken", "measures_planned", "due", "responsible", "reason_none")


def side_by_side(view: Followed) -> None:
    """One table per theme, a row per recommendation; a region whose letter has none is there and says so."""
    if not view.audits:
        return
    frame = view.frame
    subheading(frame, "followup.compiled_heading")
    st.markdown(frame.say("followup.compiled_about"))
    missing_letters(view)
    st.html(kept(("compiled", *view.key), partial(_tables, view)))


def _tables(view: Followed) -> str:
    tables = "".join(_theme(view, theme) for theme in same_side_by_side(view.audits))
    return f'<div class="followed">{tables}</div>'


def _theme(view: Followed, theme: Theme) -> str:
    language = view.frame.language
    rows, replies = [], []
    for code, held in theme.regions:
        name = catalogue().regions[code].name
        rows += [{header("region", language): name, **_row(view, one)} for one in held]
        replies += [one.reply for one in held]
        if not held:
            rows.append({header("region", language): name, header("text", language): _none(view)})
            replies.append(None)
    caption = view.frame.say("followup.compiled_table", theme=view.frame.say(f"followup.themes.{theme.theme}"))
    frame = pl.DataFrame([{name: row.get(name, "") for name in _names(rows)} for row in rows])
    shown = [name for name in frame.columns if (frame[name] != "").any()]
    links = {header(name, language): [field_link(view.frame, reply, name) for reply in replies]
             for name in ("status", *_FIELDS)}  # fmt: skip
    return table_html(frame.select(shown), caption, links=links, stacked=True)


def _names(rows: list[dict[str, str]]) -> list[str]:
    return list(dict.fromkeys(name for row in sorted(rows, key=len, reverse=True) for name in row))


def _none(view: Followed) -> str:
    return view.frame.say("followup.no_recommendation")


def _moved(view: Followed, found: FollowedFigure) -> str:
    """A linked figure in one line: before, now and the verdict, or why there is none."""
    language = view.frame.language
    title = found.indicator.title.in_language(language)
    if found.why:
        return f"{title}: {figure_sentence(found, language)}"
    mark = f" (x: {view.frame.say('flags.x')})" if found.synthetic else ""
    before, latest = point(found.before, found, language), point(found.latest, found, language)
    points = view.frame.say("followup.points", before=before, latest=latest)
    return f"{title}: {points}, {verdict(view.frame, found)}{mark}"


def _row(view: Followed, one: FollowedRecommendation) -> dict[str, str]:
    frame, reply = view.frame, one.reply or {}
    audit = followed_audit(view.audits, one.audit)
    found = figures_since(frame.store, audit, one.indicators, as_of=frame.as_of)
    told = {name: reply.get(name) or "" for name in _FIELDS}
    told["due"] = format_date(reply["due"], frame.language) if reply.get("due") else ""
    return {
        header("text", frame.language): f"{one.number}. {one.text}",
        header("status", frame.language): marked(one.status, frame.language),
        **{header(name, frame.language): said for name, said in told.items()},
        header("figures", frame.language): "\n".join(_moved(view, each) for each in found),
    }
