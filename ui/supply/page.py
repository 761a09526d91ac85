"""The page about e-services: what is said at its top and foot, and which part is drawn."""

from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from analysis.supply import (
    SHARE_INDICATOR,
    not_reported,
    reported_services,
    supply_periods,
    units_without_register,
    unmapped_services,
)
from indicators import catalogue, period_label
from ui.cache import kept
from ui.escape import plain
from ui.notes import bullets, finding, synthetic_warning
from ui.parts import card_head
from ui.supply import change, gaps, matrix, mend, within
from ui.supply import regions as supply_regions
from ui.supply.tables import reached
from ui.supply.view import Supply
from ui.targets import beside

_PARTS: Final[dict[str, Callable[[Supply], None]]] = {
    "regions": supply_regions.draw,
    "within": within.draw,
    "matrix": matrix.draw,
    "gaps": gaps.draw,
    "change": change.draw,
    "mend": mend.draw,
}


def head(view: Supply) -> None:
    """The finding, its sentences, and that figures are made up."""
    view.visit.indicators.add(SHARE_INDICATOR)
    found = reached(view)
    finding(view.visit, "supply", found.headline, found.lead)
    if kept(("synthetic", *view.key), lambda: bool(view.units["synthetic"].any())):
        synthetic_warning(view.visit)


def draw(view: Supply) -> None:
    """The ways to the parts, and the part that the reader asked for."""
    st.html(view.ways)
    _PARTS[view.section](view)


def foot(view: Supply) -> None:
    """What is counted, the targets, what the files lack: three cards; and how it is counted, folded."""
    counted, targets, lacking = st.columns(3, gap="medium")
    with counted, st.container(border=True, key="card counted"):
        st.html(card_head(view.say("headings.counted")))
        st.markdown(plain(view.say("rule_is", rule=view.rule_words)))
        st.markdown(plain(_who_counts(view)))
    with targets, st.container(border=True, key="card targets"):
        st.html(card_head(view.visit.say("area.target")))
        _targets(view)
    with lacking, st.container(border=True, key="card lacking"):
        st.html(card_head(view.say("headings.lacking")))
        for note in kept(("lacking", *view.key), partial(_lacking, view)) or [view.say("nothing_lacking")]:
            st.markdown(note)
    with st.expander(view.visit.say("ui.about")):
        _about(view)


def _targets(view: Supply) -> None:
    """How the regions' targets stand; a target is for the usual rule and kinds, and is told by the latest figure."""
    if not view.usual:
        st.markdown(view.say("targets_of_usual", link=beside.link(view.visit, SHARE_INDICATOR)))
        return
    latest = supply_periods(view.visit.store, view.visit.as_of)[0]
    if view.period != latest:
        st.caption(view.say("targets_of_latest", latest=period_label(latest.key, view.visit.language), when=view.when))
    beside.state_line(view.visit, SHARE_INDICATOR, view.chosen)


def _lacking(view: Supply) -> list[str]:
    """Who has no data, what the rule cannot count, and what there is to mend; markdown."""
    visit, names = view.visit, catalogue().regions
    notes = []
    if view.without_data:
        regions = ", ".join(names[code].short_name for code in view.without_data)
        notes.append(plain(view.say("without_data", regions=regions)))
    for code in view.with_data:
        if lacking := not_reported(visit.store, view.period, view.rule, code=code, as_of=visit.as_of):
            services = ", ".join(view.title_of(one) for one in lacking)
            notes.append(plain(view.say("not_reported", region=names[code].short_name, services=services)))
        told = reported_services(visit.store, view.period, code=code, as_of=visit.as_of)
        if view.rule.at_least is not None and told < view.rule.at_least:
            notes.append(plain(view.say("few_reported", region=names[code].short_name, count=told)))
    codes, day = view.with_data, visit.as_of
    unmapped = unmapped_services(visit.store, view.period, codes=codes, as_of=day).height
    outside = units_without_register(visit.store, view.period, codes=codes, as_of=day).height
    if unmapped or outside:
        notes.append(plain(view.say("to_mend", services=unmapped, units=outside)))
    return notes


def _who_counts(view: Supply) -> str:
    kinds = ", ".join(view.kind_words(kind) for kind in view.kinds)
    return view.say("who_counts", kinds=kinds, when=view.when)


def _about(view: Supply) -> None:
    """How it is counted, what the indicator is, and which files the figures stand in."""
    indicator = catalogue().indicators[SHARE_INDICATOR]
    files = kept(("files", *view.key), lambda: view.files)
    bullets(
        [
            *(plain(view.say(f"about.{name}")) for name in ("states", "unknown", "interval")),
            f"**{view.visit.say('origins.usual')}:** {plain(indicator.source)}",
            *(plain(caveat.in_language(view.visit.language)) for caveat in indicator.caveats if view.usual),
            *(f"**{view.visit.say('ui.file')}:** {plain(name)}" for name in files),
        ]
    )
