"""Öppna data on screen: every figure in one file, then what else can be taken, the sources' terms, and the versions."""

from collections.abc import Iterable
from functools import partial
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from access import allowed
from ui import status
from ui.cache import kept, view_key
from ui.escape import as_html
from ui.open_data import making
from ui.parts import card, card_head, link, paragraphs
from ui.tables import table_html
from ui.visit import Visit
from views.open_data import OpenData, open_data
from views.parts import Reader


def draw(visit: Visit) -> None:
    """The whole page."""
    with st.container(border=True, key="card everything"):
        st.html(card_head(visit.say("open_data.now")))
        st.markdown(visit.say("open_data.now_said"))
        chosen = status.some_of_everything(visit)
        making.draw(visit, chosen)
    originals = allowed(visit.actor, "originals")
    st.html(kept(view_key(visit, "open_data", str(originals)), partial(_html, visit, originals)))


def _html(visit: Visit, originals: bool) -> str:
    view = open_data(Reader(visit.language, visit.store, visit.as_of), originals=originals)
    cards = (
        _ways(visit, view),
        _programs(visit, view),
        _terminal(visit, view),
        _sources(visit, view, originals),
        _versions(visit, view),
    )
    return "".join(cards)


def _ways(visit: Visit, view: OpenData) -> str:
    heads = [visit.say(f"open_data.{name}") for name in ("what", "formats", "where")]
    rows = [dict(zip(heads, one[:3], strict=True)) for one in view.ways]
    links = {heads[2]: [one.address for one in view.ways]}
    title = visit.say("open_data.ways")
    return card(title, _table(rows, title, links))


def _table(rows: list[dict[str, str]], title: str, links: dict[str, list[str]]) -> str:
    """A table under a card's heading, which is its caption too."""
    table = table_html(pl.DataFrame(rows), title, links=links, stacked=True)
    return f'<div class="followed desk-list">{table}</div>'


def _programs(visit: Visit, view: OpenData) -> str:
    """The addresses of the site's own that are no pages."""
    terms = "".join(
        f'<dt>{as_html(what)}</dt><dd><a href="{as_html(address)}" data-leaves>/{as_html(address)}</a></dd>'
        for what, address in view.programs
    )
    said = paragraphs([visit.say("open_data.programs_said")])
    return card(visit.say("open_data.programs"), f'{said}<dl class="facts">{terms}</dl>')


def _terminal(visit: Visit, view: OpenData) -> str:
    terms = "".join(f"<dt>{as_html(one.what)}</dt><dd><code>{as_html(one.line)}</code></dd>" for one in view.commands)
    said = paragraphs([visit.say("open_data.terminal_said")])
    return card(visit.say("open_data.terminal"), f'{said}<dl class="facts">{terms}</dl>')


def _sources(visit: Visit, view: OpenData, originals: bool) -> str:
    heads = [visit.say(f"open_data.{name}") for name in ("file", "publisher", "behind", "terms_head")]
    rows = [dict(zip(heads, (one.file, *one[2:]), strict=True)) for one in view.sources]
    links = {heads[0]: [one.address for one in view.sources]}
    title = visit.say("open_data.sources")
    kept_whole = visit.say("open_data.originals" if originals else "open_data.originals_staff")
    said = paragraphs([visit.say("open_data.sources_said"), *([view.cite] if view.cite else []), kept_whole])
    return card(title, said + (_table(rows, title, links) if rows else ""))


def _versions(visit: Visit, view: OpenData) -> str:
    log = link(visit.say("open_data.to_changes"), f"changes?{urlencode(visit.linked())}", arrow=True)
    days = _lines(link(words, address) for words, address in view.days)
    said = paragraphs([view.version, visit.say("open_data.version_as_of")])
    return card(visit.say("open_data.versions"), f"{said}{days}<p>{log}</p>")


def _lines(lines: Iterable[str]) -> str:
    return f'<ul class="lines">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'
