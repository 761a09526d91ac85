"""Översikt on screen: the finding, one row of controls, heat map and country, a card a region, three doors."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from access import allowed
from analysis import uploads_list
from analysis.followup import followed_audits, today_in_sweden
from indicators.file_layouts import layout_name
from locales.numbers import format_number
from ui import certainty, pickers
from ui.cache import kept, view_key
from ui.escape import as_html, plain
from ui.frame import Frame
from ui.notes import finding, moment_in_words
from ui.overview.html import country, heat_map, region_cards
from ui.parts import card, link
from ui.targets.beside import state_lines
from views.overview import Overview, key_measures, overview
from views.parts import Reader

_NEWEST = 3


def choices(frame: Frame) -> tuple[tuple[str, ...], float, bool]:
    """The regions, the level, and whether synthetic figures take part: one row, under the finding."""
    with st.container(key="controls", horizontal=True, vertical_alignment="bottom"):
        return pickers.group(frame), certainty.level_of(frame), pickers.synthetic(frame)


def asked(frame: Frame, chosen: Sequence[str], level: float, *, synthetic: bool) -> Overview:
    """The view, made once for the store's figures, the day, the language and these choices."""
    frame.indicators.update(one.id for one in key_measures())
    reader = Reader(frame.language, frame.store, frame.as_of)
    key = view_key(frame, "overview", tuple(chosen), str(level), str(synthetic))
    return kept(key, partial(overview, reader, tuple(chosen), level, synthetic=synthetic))


def head(frame: Frame, view: Overview) -> None:
    """The finding and the sentences that carry it."""
    finding(frame, "overview", view.headline, view.lead)


def draw(frame: Frame, view: Overview, chosen: Sequence[str], level: float, *, synthetic: bool) -> None:
    """The heat map beside the country, what must be known of them, and a card a region."""
    if not (view.now or view.older):
        st.info(frame.say("overview.nothing"))
        return
    left, right = st.columns([3, 1], gap="medium")
    left.html(heat_map(view, frame.language))
    right.html(country(view, frame.language))
    certainty.how_sure_of(frame, view.marked, view.against, level, more=[plain(note) for note in view.notes])
    state_lines(frame, [one.id for one in key_measures()], chosen, synthetic=synthetic)
    st.html(region_cards(view.cards, frame.say("overview.regions")))


def doors(frame: Frame) -> None:
    """What has come of the audit, what is new, and what one can do here: three cards."""
    cards = [_since(frame), _new(frame), _ways(frame)]
    st.html(f'<div class="cards">{"".join(cards)}</div>')


def _since(frame: Frame) -> str:
    audits = followed_audits(frame.store, today_in_sweden(), as_of=frame.as_of, include_synthetic=False)
    every = [one for audit in audits for one in audit.recommendations]
    replied = sum(1 for one in every if one.replies)
    lines = [
        frame.say("overview.recommendations", count=len(every), boards=len({one.addressed_to for one in every})),
        frame.say("overview.replies" if replied else "overview.no_reply", count=replied),
    ]
    more = link(frame.say("overview.to_followup"), f"followup?{_query(frame)}", arrow=True)
    return card(frame.say("overview.since_audit"), _lines([as_html(line) for line in lines]) + f"<p>{more}</p>")


def _new(frame: Frame) -> str:
    rows = uploads_list(frame.store, frame.as_of).drop_nulls("published_at").head(_NEWEST).to_dicts()
    lines = [
        f"{as_html(row['file'])} <small>{as_html(layout_name(row['layout'], frame.language))}, "
        f"{format_number(row['observations'], 0, frame.language)} · "
        f"{as_html(moment_in_words(row['published_at'], frame.language))}</small>"
        for row in rows
    ]
    more = link(frame.say("overview.to_changes"), f"changes?{_query(frame)}", arrow=True)
    return card(frame.say("overview.new"), _lines(lines) + f"<p>{more}</p>")


def _ways(frame: Frame) -> str:
    ways = {"read": "compare", "audit": "data", **({"upload": "upload"} if allowed(frame.actor, "upload") else {})}
    lines = [
        f"{link(frame.say(f'overview.door_{name}'), f'{page}?{_query(frame)}')}"
        f"<small>{as_html(frame.say(f'overview.door_{name}_more'))}</small>"
        for name, page in ways.items()
    ]
    return card(frame.say("overview.doors"), _lines(lines), kind="doors")


def _lines(lines: Sequence[str]) -> str:
    return f'<ul class="lines">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'


def _query(frame: Frame) -> str:
    return Reader(frame.language, frame.store, frame.as_of).link("").removeprefix("?")
