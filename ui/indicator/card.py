"""An indicator's card: what exactly is measured, how its uncertainty is made, and what to beware of."""

from collections.abc import Iterable
from functools import partial
from typing import Final

import streamlit as st

from exports.definitions import predecessor_text
from indicators import PUBLISHERS, Indicator, SeriesBreak, SurveyWave, catalogue, period_label, period_of
from locales import has_text
from locales.numbers import format_date, format_number
from ui.cache import kept, view_key
from ui.escape import plain
from ui.figures import rows_html
from ui.notes import bullets, finding
from ui.parts import card_head
from ui.visit import Visit
from views.area_pages import page_of
from wording.reach import margin_in_words

_PRINTED: Final = {"kolada": "Kolada", "vardenisiffror": "Vården i siffror", "skr": "SKR"}


def head(visit: Visit, indicator: Indicator) -> None:
    """The indicator's name, and what the page tells of it."""
    finding(visit, "indicator", indicator.title.in_language(visit.language), [visit.say("pages.indicator.purpose")])


def what(visit: Visit, indicator: Indicator) -> None:
    """The card that stands first: what was asked, how and of whom, and where the figures are compared."""
    with st.container(border=True, key="card what"):
        st.html(card_head(visit.say("indicator_card.what")))
        bullets(_what(visit, indicator))
        links(visit, indicator)


def card(visit: Visit, indicator: Indicator) -> None:
    """The rest of the definition, in the order a doubting reader asks: the methods once, then what to beware of."""
    with st.container(border=True, key="card interval"):
        _section(visit, "interval", _interval(visit, indicator))
        waves(visit, indicator)
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, key="card beware"):
        _section(visit, "beware", [plain(caveat.in_language(visit.language)) for caveat in indicator.caveats])
        _section(visit, "breaks", [_break(visit, known) for known in catalogue().breaks_of(indicator)])
    with right, st.container(border=True, key="card keeper"):
        _section(visit, "kinship", _kinship(visit, indicator))
        _section(visit, "names", _names(indicator))
        _section(visit, "keeper", _keeper(visit, indicator))


def links(visit: Visit, indicator: Indicator) -> None:
    """Where the figures are compared: the area's page, and the reader's own comparison."""
    title = plain(indicator.title.in_language(visit.language))
    if page := page_of(indicator):
        label = visit.say("indicator_card.to_area", title=title, page=visit.say(f"pages.{page}.title"))
        st.page_link(f"pages/{page}.py", label=label, query_params=visit.linked(indicator=indicator.id))
    label = visit.say("indicator_card.to_compare", title=title)
    st.page_link("pages/compare.py", label=label, query_params=visit.linked(indicators=indicator.id))


def _section(visit: Visit, name: str, lines: Iterable[str]) -> None:
    """A heading and its lines (markdown, data escaped); where there are none, what that means."""
    found = list(lines)
    st.html(card_head(visit.say(f"indicator_card.{name}")))
    if found:
        bullets(found)
    else:
        st.markdown(visit.say(f"indicator_card.no_{name}"))


def _line(visit: Visit, name: str, words: str) -> str:
    return f"**{visit.say(f'indicator_card.fields.{name}')}:** {plain(words)}"


def _swedish(visit: Visit, name: str, words: str | None) -> str:
    """A line whose words the catalogue has in Swedish only, and says so; where it has none, that is said."""
    if not words:
        return _line(visit, name, visit.say("indicator_card.not_given"))
    label = visit.say("indicator_card.in_swedish", name=visit.say(f"indicator_card.fields.{name}"))
    return f"**{label}:** {plain(words)}"


def _what(visit: Visit, indicator: Indicator) -> list[str]:
    return [
        _swedish(visit, "question", indicator.question_sv),
        _swedish(visit, "numerator", indicator.numerator_sv),
        _swedish(visit, "denominator", indicator.denominator_sv),
        _line(visit, "unit", visit.say(f"exports.unit.{indicator.unit}")),
        _line(visit, "direction", visit.say(f"exports.direction.{indicator.direction}")),
        _line(visit, "area", visit.say(f"areas.{indicator.area}")),
        _swedish(visit, "source", indicator.source),
    ]


def _interval(visit: Visit, indicator: Indicator) -> list[str]:
    """How an interval is made for this kind of figure, and the design effect with its reason."""
    said = [visit.say(f"indicator_card.made.{indicator.data}")]
    if indicator.data == "survey":
        said.append(_line(visit, "design_effect", format_number(indicator.design_effect, 1, visit.language)))
        if indicator.design_effect_reason:
            said.append(plain(indicator.design_effect_reason.in_language(visit.language)))
    said.append(visit.say("indicator_card.only_sampling"))
    said.append(plain(margin_in_words(indicator, visit.language)))
    return said


def waves(visit: Visit, indicator: Indicator) -> None:
    """The survey's rounds: fieldwork, answers in the nation, what is assumed and why."""
    found = [wave for wave in catalogue().waves if wave.survey == indicator.survey]
    if not indicator.survey or not found:
        return
    st.html(card_head(visit.say("indicator_card.waves")))
    name = f"exports.survey.{indicator.survey}"
    if has_text(name, visit.language):
        st.markdown(plain(visit.say(name)))
    key = ("waves", *view_key(visit, "indicator", indicator.id))
    st.html(kept(key, partial(_waves_html, visit, found)))
    with st.expander(visit.say("indicator_card.why_assumed")):
        bullets(kept(("why", *key), partial(_wave_reasons, visit, found)))


def _waves_html(visit: Visit, found: list[SurveyWave]) -> str:
    rows = [_wave(visit, wave) for wave in sorted(found, key=lambda wave: wave.period, reverse=True)]
    numbers = [visit.say(f"indicator_card.wave.{name}") for name in ("answers", "base", "design_effect")]
    return rows_html(rows, visit.say("indicator_card.waves"), numbers)


def _wave(visit: Visit, wave: SurveyWave) -> dict[str, str]:
    language, unknown = visit.language, visit.say("exports.notes.wave_unknown")

    def count(number: int | None) -> str:
        return unknown if number is None else format_number(number, 0, language)

    cells = {
        "period": period_label(wave.period, language),
        "answers": count(wave.national_answers),
        "base": visit.say("indicator_card.nothing_assumed") if wave.assumed_base is None else count(wave.assumed_base),
        "design_effect": format_number(wave.design_effect, 1, language),
        "fieldwork": wave.fieldwork.in_language(language),
    }
    return {visit.say(f"indicator_card.wave.{name}"): cell for name, cell in cells.items()}


def _wave_reasons(visit: Visit, found: list[SurveyWave]) -> list[str]:
    """Why what is assumed is assumed, what disturbs comparison, each source: once for all the rounds it is said of."""
    said: dict[str, list[SurveyWave]] = {}
    for wave in found:
        notes = [wave.reason, *([wave.comparability] if wave.comparability else [])]
        for words in (
            *(note.in_language(visit.language) for note in notes),
            f"{visit.say('ui.source')}: {wave.source}",
        ):
            said.setdefault(words, []).append(wave)
    return [f"**{plain(_rounds(visit, waves, found))}:** {plain(words)}" for words, waves in said.items()]


def _rounds(visit: Visit, some: list[SurveyWave], every: list[SurveyWave]) -> str:
    """`2020, 2022`; the first and the last where it is all of them: `2016–2023`."""
    periods = sorted((wave.period for wave in some), key=lambda key: period_of(key).recency)
    labels = [period_label(key, visit.language) for key in periods]
    if len(some) == len(every) > 2:
        return visit.say("origins.span", first=labels[0], last=labels[-1])
    return ", ".join(labels)


def _break(visit: Visit, known: SeriesBreak) -> str:
    """`2018, Region Norrbotten (organisation): …`"""
    parts = [period_label(known.period, visit.language)]
    if known.region:
        parts.append(catalogue().regions[known.region].name)
    kind = visit.say(f"indicator_card.break_kinds.{known.kind}")
    return f"**{plain(', '.join(parts))}** ({kind}): {plain(known.reason.in_language(visit.language))}"


def _kinship(visit: Visit, indicator: Indicator) -> list[str]:
    """What this indicator replaced, and what replaced it."""
    said = [plain(predecessor_text(indicator, visit.language))] if indicator.predecessor else []
    for other in catalogue().indicators.values():
        if other.predecessor and other.predecessor.id == indicator.id:
            title = other.title.in_language(visit.language)
            reason = other.predecessor.reason.in_language(visit.language)
            said.append(plain(visit.say("indicator_card.replaced_by", title=title, reason=reason)))
    return said


def _names(indicator: Indicator) -> list[str]:
    """What each publisher calls it, character for character, and Vården i siffror's own ids."""
    printed = {publisher: list(getattr(indicator.publisher_ids, publisher)) for publisher in PUBLISHERS}
    printed["vardenisiffror"] += indicator.guids
    return [
        f"**{_PRINTED[publisher]}:** {'; '.join(plain(name) for name in names)}"
        for publisher, names in printed.items()
        if names
    ]


def _keeper(visit: Visit, indicator: Indicator) -> list[str]:
    return [
        _line(visit, "id", indicator.id),
        _swedish(visit, "owner", indicator.owner),
        _line(visit, "reviewed", format_date(indicator.reviewed, visit.language)),
        _line(visit, "next_review", format_date(indicator.next_review, visit.language)),
    ]
