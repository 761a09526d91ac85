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
from charts.drawn_grids import tiles_drawn
from charts.drawn_tables import heat_drawn
from indicators import catalogue, period_label
from locales.numbers import format_date, format_number
from ui import certainty, pickers, pictures, take
from ui.cache import kept, view_key
from ui.escape import as_html, plain
from ui.notes import finding
from ui.overview.html import country, heat_map, region_cards
from ui.parts import card_head, link
from ui.targets.beside import state_lines
from ui.visit import Visit
from views.overview import Overview, key_measures, overview
from views.papers import six_regions
from views.parts import Reader

_NEWEST = 3


def choices(visit: Visit) -> tuple[tuple[str, ...], float, bool]:
    """The regions; and behind "Fler val" the level, and whether synthetic figures take part."""
    return pickers.group(visit), *pickers.more(visit)


def asked(visit: Visit, chosen: Sequence[str], level: float, *, synthetic: bool) -> Overview:
    """The view, made once for the store's figures, the day, the language and these choices."""
    visit.indicators.update(one.id for one in key_measures())
    reader = Reader(visit.language, visit.store, visit.as_of)
    key = view_key(visit, "overview", tuple(chosen), str(level), str(synthetic))
    return kept(key, partial(overview, reader, tuple(chosen), level, synthetic=synthetic))


def head(visit: Visit, view: Overview) -> None:
    """The finding and the sentences that carry it."""
    finding(visit, "overview", view.headline, view.lead, rests=view.survey)


def leaves(visit: Visit, view: Overview, chosen: Sequence[str], level: float, *, synthetic: bool) -> None:
    """The heat map as a picture, and the regions' compilation as a paper."""
    if not view.now:
        return
    periods = sorted({one.period for group in view.now for one in group.measures})
    taken = pictures.of_table(
        visit,
        (view.headline, visit.say("overview.table", benchmark=view.against)),
        partial(heat_drawn, view, visit.language),
        ([one.id for group in view.now for one in group.measures], [periods[0], periods[-1]]),
        synthetic=view.synthetic,
        assumed=view.assumed,
        name=visit.say("pages.overview.title"),
    )
    reader = Reader(visit.language, visit.store, visit.as_of)
    six = take.PaperOf("six", "", partial(six_regions, reader, chosen, level=level, synthetic=synthetic))
    take.menu(
        visit,
        pictures=[taken._replace(label=visit.say("overview.heat")), _country(visit, view)],
        papers=[six],
        page=True,
    )


def _country(visit: Visit, view: Overview) -> pictures.Taken:
    """The country's tiles, in the leading measure."""
    leading = view.now[0].measures[0]
    taken = pictures.of_table(
        visit,
        (view.country_title, view.counted),
        partial(tiles_drawn, view.country, f"{visit.say('overview.nation')} {leading.nation}"),
        ([leading.id], [leading.period, leading.period]),
        synthetic=view.synthetic,
        assumed=any(one.cell.verdict.assumed for one in view.country),
        name=f"{leading.title} {visit.say('area.show.map')}",
    )
    return taken._replace(label=visit.say("area.show.map"))


def draw(visit: Visit, view: Overview, level: float) -> None:
    """The heat map beside the country, what must be known of them, and a card a region."""
    if not (view.now or view.older):
        st.info(visit.say("overview.nothing"))
        return
    st.html(f'<div class="beside">{heat_map(view, visit.language)}{country(view, visit.language)}</div>')
    with certainty.fold(visit):
        certainty.how_sure_of(visit, view.marked, view.against, level, more=[plain(note) for note in view.notes])
    st.html(region_cards(view.cards, visit.say("overview.regions")))


def doors(visit: Visit, chosen: Sequence[str], *, synthetic: bool) -> None:
    """What has come of the audit and of the targets, what is new, and what one can do here: three cards."""
    left, middle, right = st.columns(3, gap="medium")
    with left, st.container(border=True, key="card since", height="stretch"):
        st.html(card_head(visit.say("overview.since_audit")) + _since(visit))
        state_lines(visit, [one.id for one in key_measures()], chosen, synthetic=synthetic)
    with middle, st.container(border=True, key="card new", height="stretch"):
        st.html(card_head(visit.say("overview.new")) + _new(visit))
    with right, st.container(border=True, key="card doors", height="stretch"):
        st.html(card_head(visit.say("overview.doors")) + _ways(visit))


def _since(visit: Visit) -> str:
    audits = followed_audits(visit.store, today_in_sweden(), as_of=visit.as_of, include_synthetic=False)
    every = [one for audit in audits for one in audit.recommendations]
    replied = sum(1 for one in every if one.replies)
    lines = [
        visit.say("overview.recommendations", count=len(every), boards=len({one.addressed_to for one in every})),
        visit.say("overview.replies" if replied else "overview.no_reply", count=replied),
    ]
    ways = {"since-audit": "since_audit.to_page", "followup": "overview.to_followup"}
    more = "".join(
        f"<p>{link(visit.say(words), f'{page}?{_query(visit)}', arrow=True)}</p>" for page, words in ways.items()
    )
    return _lines([as_html(line) for line in lines]) + more


def _new(visit: Visit) -> str:
    lines = kept(view_key(visit, "new"), partial(_told_news, visit))
    more = link(visit.say("overview.to_changes"), f"changes?{_query(visit)}", arrow=True)
    return _lines(lines) + f"<p>{more}</p>"


def _told_news(visit: Visit) -> list[str]:
    """The newest events, each as HTML: when, which measures, how many figures, and what was done with them."""
    events = change_log(visit.store, as_of=visit.as_of, newest=_NEWEST).to_dicts()
    return [f"{as_html(_measures_of(visit, one))}<small>{as_html(_done(visit, one))}</small>" for one in events]


def _measures_of(visit: Visit, event: Mapping[str, Any]) -> str:
    known = catalogue().indicators
    titles = [known[name].short_title.in_language(visit.language) for name in event["indicators"] if name in known]
    if not titles:
        return visit.say("overview.news.other")
    return titles[0] if len(titles) == 1 else visit.say("overview.news.several", first=titles[0], more=len(titles) - 1)


def _done(visit: Visit, event: Mapping[str, Any]) -> str:
    language = visit.language
    periods = [period_label(event[end], language) for end in ("first_period", "last_period") if event[end]]
    new = format_number(event["new"], 0, language)
    parts = [
        format_date(today_in_sweden(datetime.fromisoformat(event["at"])), language),
        visit.say(f"changelog.kinds.{event['kind']}"),
        "–".join(dict.fromkeys(periods)),
        visit.say("overview.news.new", count=new) if event["new"] else "",
        visit.say("flags.x") if event["synthetic"] else "",
    ]
    return " · ".join(part for part in parts if part)


def _ways(visit: Visit) -> str:
    ways = {"read": "compare", "audit": "data", **({"upload": "upload"} if allowed(visit.actor, "upload") else {})}
    lines = [
        f"{link(visit.say(f'overview.door_{name}'), f'{page}?{_query(visit)}')}"
        f"<small>{as_html(visit.say(f'overview.door_{name}_more'))}</small>"
        for name, page in ways.items()
    ]
    return _lines(lines)


def _lines(lines: Sequence[str]) -> str:
    return f'<ul class="lines">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'


def _query(visit: Visit) -> str:
    return Reader(visit.language, visit.store, visit.as_of).link("").removeprefix("?")
