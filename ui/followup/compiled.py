"""The audits side by side: per theme, what each region was recommended, what it replied, and what its figures show."""

from collections.abc import Sequence
from functools import partial

import polars as pl
import streamlit as st

from analysis.followup import (
    FollowedFigure,
    FollowedRecommendation,
    Theme,
    same_side_by_side,
)
from exports.followup.workbook import header
from indicators import catalogue
from locales.numbers import format_date
from ui.cache import kept
from ui.escape import as_html
from ui.followup.audit import NO_FIGURES, Figures, figures_of, point, unknown, verdict, without_figures
from ui.followup.marks import marked
from ui.followup.reply import field_link
from ui.followup.view import Followed
from ui.parts import card, link, paragraphs
from ui.tables import table_html
from ui.visit import Visit
from views.followup import Compiled, Held, Region, compiled
from views.parts import Reader

_FIELDS = ("measures_taken", "measures_planned", "due", "responsible", "reason_none")


def side_by_side(view: Followed, audited: Sequence[str]) -> None:
    """The audited regions over the themes; then a table per theme, a row per recommendation. Of a region whose letter
    has none on a theme that is said once."""
    st.html(kept(("compiled", tuple(audited), *view.key), partial(_compiled, view, audited)))


def _compiled(view: Followed, audited: Sequence[str]) -> str:
    visit = view.visit
    reader = Reader(visit.language, visit.store, visit.as_of)
    found = figures_of(visit, view.shown)
    matrix = _matrix(visit, compiled(reader, view.shown, audited))
    themes = "".join(
        card(visit.say(f"followup.themes.{theme.theme}"), f'<div class="followed">{_theme(view, theme, found)}</div>')
        for theme in same_side_by_side(view.shown)
    )
    return matrix + themes + without_figures(visit, found)


def _matrix(visit: Visit, of: Compiled) -> str:
    """The regions over the themes: each recommendation's number, and how it stands by sign and word."""
    caption = visit.say("followup.compiled_matrix")
    heads = [header("region", visit.language), *of.themes]
    head = "".join(f'<th scope="col">{as_html(name)}</th>' for name in heads)
    body = "".join(_region(visit, one, of.themes) for one in of.regions)
    return card(
        caption,
        f'<table class="figures" role="table"><caption class="unseen">{as_html(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>",
    )


def _region(visit: Visit, one: Region, themes: Sequence[str]) -> str:
    lacking = "" if one.loaded else f" <small>{as_html(visit.say('followup.not_loaded'))}</small>"
    none = "–" if one.loaded else ""
    cells = "".join(
        f'<td role="cell" data-head="{as_html(theme)}">{"<br>".join(map(_held, held)) or none}</td>'
        for theme, held in zip(themes, one.cells, strict=True)
    )
    looks = "" if one.loaded else ' class="lacking"'
    return f'<tr role="row"{looks}><th scope="row" role="rowheader">{as_html(one.name)}{lacking}</th>{cells}</tr>'


def _held(one: Held) -> str:
    sign = f'<span aria-hidden="true">{one.sign}</span>'
    return f"{link(str(one.number), one.address)} {sign} {as_html(one.word)}"


def _theme(view: Followed, theme: Theme, found: Figures) -> str:
    language = view.visit.language
    rows, replies = [], []
    for code, held in theme.regions:
        name = catalogue().regions[code].name
        rows += [{header("region", language): name, **_row(view, one, found[one.audit, one.number])} for one in held]
        replies += [one.reply for one in held]
    none = [catalogue().regions[code].name for code, held in theme.regions if not held]
    lacking = [view.visit.say("followup.none_of_theme", regions=", ".join(none))] if none else []
    caption = view.visit.say("followup.compiled_table", theme=view.visit.say(f"followup.themes.{theme.theme}"))
    frame = pl.DataFrame([{name: row.get(name, "") for name in _names(rows)} for row in rows])
    shown = [name for name in frame.columns if (frame[name] != "").any()]
    links = {
        header(name, language): [field_link(view.visit, reply, name) for reply in replies]
        for name in ("status", *_FIELDS)
    }
    return table_html(frame.select(shown), caption, links=links, stacked=True) + paragraphs(lacking, "told")


def _names(rows: list[dict[str, str]]) -> list[str]:
    return list(dict.fromkeys(name for row in sorted(rows, key=len, reverse=True) for name in row))


def _moved(view: Followed, found: FollowedFigure) -> str:
    """A linked figure in one line: before, now and the verdict, or that there is none."""
    language = view.visit.language
    title = found.indicator.title.in_language(language)
    if found.why:
        return f"{title}: {verdict(view.visit, found)}"
    mark = f" (x: {view.visit.say('flags.x')})" if found.synthetic else ""
    before, latest = point(found.before, found, language), point(found.latest, found, language)
    points = view.visit.say("followup.points", before=before, latest=latest)
    return f"{title}: {points}, {verdict(view.visit, found)}{mark}"


def _row(view: Followed, one: FollowedRecommendation, found: Sequence[FollowedFigure]) -> dict[str, str]:
    visit, reply = view.visit, one.reply or {}
    figures = [*(_moved(view, each) for each in found if each.why in ("", NO_FIGURES)), *unknown(visit, found)]
    told = {name: reply.get(name) or "" for name in _FIELDS}
    told["due"] = format_date(reply["due"], visit.language) if reply.get("due") else ""
    return {
        header("text", visit.language): f"{one.number}. {one.text}",
        header("status", visit.language): marked(one.status, visit.language),
        **{header(name, visit.language): said for name, said in told.items()},
        header("figures", visit.language): "\n".join(figures),
    }
