"""Översikt on screen: the finding, one row of controls, heat map and country, a card a region, three doors."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import streamlit as st

from access import allowed
from analysis import change_log
from analysis.followup import followed_audits
from analysis.moments import today_in_sweden
from indicators import catalogue, period_label
from locales.numbers import format_date, format_number
from ui import certainty, pickers
from ui.cache import kept, view_key
from ui.escape import as_html, plain
from ui.frame import Frame
from ui.notes import finding
from ui.overview.html import country, heat_map, region_cards
from ui.parts import card_head, link
from ui.targets.beside import state_lines
from views.overview import Overview, key_measures, overview
from views.parts import Reader

_NEWEST = 3


def choices(frame: Frame) -> tuple[tuple[str, ...], float, bool]:
    """The regions; and behind "Fler val" the level, and whether synthetic figures take part."""
    with st.container(key="controls", horizontal=True, vertical_alignment="bottom"):
        return pickers.group(frame), *pickers.more(frame)


def asked(frame: Frame, chosen: Sequence[str], level: float, *, synthetic: bool) -> Overview:
    """The view, made once for the store's figures, the day, the language and these choices."""
    frame.indicators.update(one.id for one in key_measures())
    reader = Reader(frame.language, frame.store, frame.as_of)
    key = view_key(frame, "overview", tuple(chosen), str(level), str(synthetic))
    return kept(key, partial(overview, reader, tuple(chosen), level, synthetic=synthetic))


def head(frame: Frame, view: Overview) -> None:
    """The finding and the sentences that carry it."""
    finding(frame, "overview", view.headline, view.lead)


def draw(frame: Frame, view: Overview, level: float) -> None:
    """The heat map beside the country, what must be known of them, and a card a region."""
    if not (view.now or view.older):
        st.info(frame.say("overview.nothing"))
        return
    st.html(f'<div class="beside">{heat_map(view, frame.language)}{country(view, frame.language)}</div>')
    certainty.how_sure_of(frame, view.marked, view.against, level, more=[plain(note) for note in view.notes])
    st.html(region_cards(view.cards, frame.say("overview.regions")))


def doors(frame: Frame, chosen: Sequence[str], *, synthetic: bool) -> None:
    """What has come of the audit and of the goals, what is new, and what one can do here: three cards."""
    left, middle, right = st.columns(3, gap="medium")
    with left, st.container(border=True, key="card since", height="stretch"):
        st.html(card_head(frame.say("overview.since_audit")) + _since(frame))
        state_lines(frame, [one.id for one in key_measures()], chosen, synthetic=synthetic)
    with middle, st.container(border=True, key="card new", height="stretch"):
        st.html(card_head(frame.say("overview.new")) + _new(frame))
    with right, st.container(border=True, key="card doors", height="stretch"):
        st.html(card_head(frame.say("overview.doors")) + _ways(frame))


def _since(frame: Frame) -> str:
    audits = followed_audits(frame.store, today_in_sweden(), as_of=frame.as_of, include_synthetic=False)
    every = [one for audit in audits for one in audit.recommendations]
    replied = sum(1 for one in every if one.replies)
    lines = [
        frame.say("overview.recommendations", count=len(every), boards=len({one.addressed_to for one in every})),
        frame.say("overview.replies" if replied else "overview.no_reply", count=replied),
    ]
    more = link(frame.say("overview.to_followup"), f"followup?{_query(frame)}", arrow=True)
    return _lines([as_html(line) for line in lines]) + f"<p>{more}</p>"


def _new(frame: Frame) -> str:
    lines = kept(view_key(frame, "new"), partial(_told_news, frame))
    more = link(frame.say("overview.to_changes"), f"changes?{_query(frame)}", arrow=True)
    return _lines(lines) + f"<p>{more}</p>"


def _told_news(frame: Frame) -> list[str]:
    """The newest events, each as HTML: when, which measures, how many figures, and what was done with them."""
    events = change_log(frame.store, as_of=frame.as_of, newest=_NEWEST).to_dicts()
    return [f"{as_html(_measures_of(frame, one))}<small>{as_html(_done(frame, one))}</small>" for one in events]


def _measures_of(frame: Frame, event: Mapping[str, Any]) -> str:
    known = catalogue().indicators
    titles = [known[name].short_title.in_language(frame.language) for name in event["indicators"] if name in known]
    if not titles:
        return frame.say("overview.news.other")
    return titles[0] if len(titles) == 1 else frame.say("overview.news.several", first=titles[0], more=len(titles) - 1)


def _done(frame: Frame, event: Mapping[str, Any]) -> str:
    language = frame.language
    periods = [period_label(event[end], language) for end in ("first_period", "last_period") if event[end]]
    new = format_number(event["new"], 0, language)
    parts = [
        format_date(today_in_sweden(datetime.fromisoformat(event["at"])), language),
        frame.say(f"changelog.kinds.{event['kind']}"),
        "–".join(dict.fromkeys(periods)),
        frame.say("overview.news.new", count=new) if event["new"] else "",
        frame.say("flags.x") if event["synthetic"] else "",
    ]
    return " · ".join(part for part in parts if part)


def _ways(frame: Frame) -> str:
    ways = {"read": "compare", "audit": "data", **({"upload": "upload"} if allowed(frame.actor, "upload") else {})}
    lines = [
        f"{link(frame.say(f'overview.door_{name}'), f'{page}?{_query(frame)}')}"
        f"<small>{as_html(frame.say(f'overview.door_{name}_more'))}</small>"
        for name, page in ways.items()
    ]
    return _lines(lines)


def _lines(lines: Sequence[str]) -> str:
    return f'<ul class="lines">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'


def _query(frame: Frame) -> str:
    return Reader(frame.language, frame.store, frame.as_of).link("").removeprefix("?")
