"""The page about the phone: which service level is which, what to beware of, all measures, and what disagrees."""

from functools import partial
from typing import Any, Final

import polars as pl
import streamlit as st

from analysis import only_synthetic
from analysis.phone.measures import (
    COUNTS,
    FOR_PHONE,
    SERVICE_LEVELS,
    Caveat,
    calls_that_disagree,
    caveats_of,
    phone_figures,
)
from indicators import NATION, catalogue, period_label
from locales.numbers import format_value
from ui.area.page import Shown
from ui.cache import Key, kept, view_key
from ui.escape import plain
from ui.figure_links import figure_link
from ui.figures import rows_html
from ui.notes import bullets
from ui.parts import card_head, paragraphs
from ui.phone import week
from ui.pickers import Choice
from ui.visit import Visit

_MOST: Final = 5  # disagreements that are told one by one
_MARKS: Final = "¹²³⁴⁵⁶⁷⁸⁹"


def for_uptake() -> tuple[str, ...]:
    """The page about uptake leaves calls to this page, but an older link to one of them still shows it there."""
    known = catalogue().indicators
    named = st.query_params.get("indicator", "")
    own = [each.id for each in known.values() if each.area == "uptake" and each.id not in COUNTS]
    return (*own, named) if named in FOR_PHONE else tuple(own)


def has_own_page(visit: Visit, shown: Shown) -> None:
    """On another page: where a phone indicator is told of in full, in the very same view."""
    if shown.choice.indicator.id in FOR_PHONE:
        st.page_link("pages/phone.py", label=visit.say("phone.own_page"), query_params=dict(visit.choices))


def more(visit: Visit, shown: Shown) -> None:
    """What belongs to calls beside the comparison: what to beware of, every measure, what disagrees, and the week."""
    choice, synthetic = shown.choice, shown.synthetic
    if synthetic or not only_synthetic(visit.store, visit.as_of).get(choice.indicator.id, False):
        beware(visit, choice, shown.series.rows)
        every_measure(visit, choice, include_synthetic=synthetic)
        disagreeing(visit, choice, include_synthetic=synthetic)
    warned = shown.comparison.synthetic or shown.series.synthetic
    week.profile(visit, choice, warned=warned, include_synthetic=synthetic)


def which_level(visit: Visit, shown: Shown) -> None:
    """The three service levels by their numerators and denominators, where one of them is chosen."""
    choice = shown.choice
    if choice.indicator.id not in SERVICE_LEVELS:
        return
    known = catalogue().indicators
    lines = [visit.say("phone.levels")]
    for each in SERVICE_LEVELS:
        words = plain(visit.say(f"phone.level.{each}"))
        title = plain(known[each].title.in_language(visit.language))
        lines.append(
            f"- **{title}:** {words} {visit.say('phone.this_one')}"
            if each == choice.indicator.id
            else f"- {title}: {words}"
        )
    st.markdown("\n".join([lines[0], "", *lines[1:]]))


def beware(visit: Visit, choice: Choice, series: pl.DataFrame) -> None:
    """What to beware of where it bites: single regions first, named; then what touches all that is shown. `series`: the
    rows of what is drawn over time."""
    told = kept(
        _key(visit, choice, "beware", *series["period"].unique().sort()), partial(_caveats, visit, choice, series)
    )
    if told:
        with st.container(border=True, key="card beware"):
            st.html(card_head(visit.say("phone.beware")))
            bullets(told)


def _caveats(visit: Visit, choice: Choice, series: pl.DataFrame) -> list[str]:
    periods = [*([choice.period] if choice.period else []), *series["period"].unique()]
    shown = choice.chosen if choice.regions else catalogue().region_codes
    return [_caveat(visit, each) for each in caveats_of(choice.indicator, shown, periods)]


def _caveat(visit: Visit, caveat: Caveat) -> str:
    regions = catalogue().regions
    names = ", ".join(regions[code].short_name for code in caveat.regions)
    where = f"**{plain(names)}:** " if names else ""
    source = caveat.source.in_language(visit.language) if caveat.source else ""
    told = plain(visit.say("phone.sourced", source=source)) if source else ""
    return f"{where}{plain(caveat.text.in_language(visit.language))} {told}".strip()


def every_measure(visit: Visit, choice: Choice, *, include_synthetic: bool) -> None:
    """All the phone's measures of the period in one table, a column per chosen region; what bites a region only is
    marked at its name and told below."""
    if choice.period is None:
        return
    html, notes = kept(
        _key(visit, choice, "all", str(include_synthetic)), partial(_measures, visit, choice, include_synthetic)
    )
    with st.container(border=True, key="card measures"):
        st.html(card_head(visit.say("phone.all")) + (html or paragraphs([visit.say("area.no_figures")])))
        bullets(notes)


def _measures(visit: Visit, choice: Choice, include_synthetic: bool) -> tuple[str, list[str]]:
    assert choice.period is not None
    found = phone_figures(
        visit.store,
        choice.period,
        choice.chosen,
        sex=choice.sex,
        as_of=visit.as_of,
        include_synthetic=include_synthetic,
    )
    figures = {(row["code"], row["indicator"]): row for row in found.to_dicts()}
    measures = [each for each in FOR_PHONE if any(indicator == each for _, indicator in figures)]
    codes = [code for code in (*choice.chosen, NATION) if any(own == code for own, _ in figures)]
    notes = _notes(visit, choice, measures, codes)
    marks = {code: "".join(_MARKS[place] for place, (_, own) in enumerate(notes) if code in own) for code in codes}
    names = {code: f"{catalogue().regions[code].short_name}{marks[code]}" for code in codes}
    rows, links = [], {name: list[str]() for name in names.values()}
    for each in measures:
        cells = {visit.say("phone.measure"): catalogue().indicators[each].short_title.in_language(visit.language)}
        for code, name in names.items():
            row = figures.get((code, each))
            cells[name] = _shown(visit, row)
            links[name].append(figure_link(visit, row) if row else "")
        rows.append(cells)
    caption = visit.say("phone.all_in", period=period_label(choice.period, visit.language))
    told = [f"{_MARKS[place]} {plain(words)}" for place, (words, _) in enumerate(notes)]
    return (rows_html(rows, caption, list(names.values()), links) if codes else ""), told


def _notes(visit: Visit, choice: Choice, measures: list[str], codes: list[str]) -> list[tuple[str, set[str]]]:
    """What bites some of the regions only in any of the measures, and which."""
    found: dict[str, set[str]] = {}
    for each in measures:
        for caveat in caveats_of(catalogue().indicators[each], codes, [choice.period or ""]):
            if caveat.regions:
                found.setdefault(caveat.text.in_language(visit.language), set()).update(caveat.regions)
    return list(found.items())


def _shown(visit: Visit, row: dict[str, Any] | None) -> str:
    """The figure with its flags; nothing where there is none."""
    if row is None:
        return ""
    indicator = catalogue().indicators[row["indicator"]]
    value = format_value(row["value"], indicator.unit, indicator.decimals, visit.language)
    return f"{value}\N{NO-BREAK SPACE}{row['flags']}" if row["flags"] else value


def disagreeing(visit: Visit, choice: Choice, *, include_synthetic: bool) -> None:
    """Where the chosen regions' published counts and shares of calls cannot all be true; silent where they can."""
    if choice.kind is None:
        return
    told = kept(
        _key(visit, choice, "disagree", str(include_synthetic)),
        partial(_disagreements, visit, choice, include_synthetic),
    )
    if told:
        st.warning(visit.say("phone.disagree.about"))
        bullets(told)


def _disagreements(visit: Visit, choice: Choice, include_synthetic: bool) -> list[str]:
    assert choice.kind is not None
    found = calls_that_disagree(
        visit.store,
        choice.chosen,
        kind=choice.kind,
        sex=choice.sex,
        as_of=visit.as_of,
        include_synthetic=include_synthetic,
    ).to_dicts()
    told = [plain(_disagreement(visit, row)) for row in found[:_MOST]]
    return [*told, visit.say("phone.disagree.more", count=len(found) - _MOST)] if len(found) > _MOST else told


def _disagreement(visit: Visit, row: dict[str, Any]) -> str:
    known = catalogue()
    unit, decimals = ("count", 0) if row["rule"] == "above_offered" else ("percent", 1)
    last = known.indicators[row["indicators"][-1]].short_title.in_language(visit.language)
    return visit.say(
        f"phone.disagree.{row['rule']}",
        region=known.regions[row["region"]].short_name,
        period=period_label(row["period"], visit.language),
        found=format_value(row["found"], unit, decimals, visit.language),
        limit=format_value(row["limit"], unit, decimals, visit.language),
        other=last,
    )


def _key(visit: Visit, choice: Choice, *more: str) -> Key:
    view = (choice.indicator.id, choice.sex, choice.period or "", choice.chosen, str(choice.regions is None))
    return view_key(visit, "phone", *view, *more)
