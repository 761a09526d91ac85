"""Which columns hold figures, of what, on which scale; and what the words of an indicator column mean."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from indicators import catalogue, tidy_name
from loaders.checks.values import SECONDARY
from loaders.mapping import Figures, Given, TableSpec, Word
from loaders.mapping.contents import Contents, contents_of
from loaders.mapping.table import table_at
from loaders.mapping.word_rows import word_key
from loaders.tables.cells import SIGNS, is_figure
from loaders.tables.headers import Column
from loaders.tables.scales import SCALES
from locales.numbers import swedish_order
from models.tables import REASONS
from ui.escape import plain
from ui.mapping.keys import Drawn

_LEAVE: Final = "leave"
_OF_ROWS: Final = "of rows"
_MOST_WORDS: Final = 60
_LONGEST_SIGN: Final = 30
_UNSAID: Final = "unsaid"


def figures_pickers(drawn: Drawn, spec: TableSpec) -> TableSpec:
    """The spec with its columns of figures, words and unknown names as a person has picked them."""
    known = catalogue()
    table = table_at(drawn.sheet, spec.header_row, spec.header_rows, spec.first, known)
    contents = [contents_of(table, column, known) for column in table.columns]
    taken = set(spec.columns.values())
    numeric = [each for each in contents if each.column.key not in taken and (each.figure >= 0.5 or _has(spec, each))]
    st.markdown(f"**{drawn.say('figures')}**")
    found: dict[str, Figures] = {}
    shown: dict[str, Contents] = {}
    for each in numeric:
        shown.setdefault(each.column.key, each)
    for each in shown.values():
        if chosen := _figures(drawn, spec, each, numeric):
            found[each.column.key] = chosen
    words = _words(drawn, spec, contents) if "indicator" in spec.columns else {}
    topic = next((each.indicator for each in found.values() if each.indicator), "")
    given = spec.indicator if not topic or any(not each.indicator for each in found.values()) else Given()
    said = {"regions": _regions(drawn, spec, contents), "missing": _signs(drawn, spec, numeric)}
    return spec.model_copy(update={"figures": tuple(found.values()), "words": words, "indicator": given, **said})


def _has(spec: TableSpec, each: Contents) -> bool:
    return any(figures.column == each.column.key for figures in spec.figures)


def _name(drawn: Drawn, indicator: str) -> str:
    if indicator == _LEAVE:
        return drawn.say("leave")
    if indicator == _OF_ROWS:
        return drawn.say("of_rows")
    return catalogue().indicators[indicator].title.in_language(drawn.visit.language)


def _indicators(drawn: Drawn) -> list[str]:
    return sorted(catalogue().measured, key=lambda each: swedish_order(_name(drawn, each)))


def _figures(drawn: Drawn, spec: TableSpec, each: Contents, numeric: list[Contents]) -> Figures | None:
    """One column (and all with the same header but for the period or region): its indicator, scale and counts."""
    key = each.column.key
    now = next((figures for figures in spec.figures if figures.column == key), None)
    by_rows = "indicator" in spec.columns
    options = [_LEAVE, *([_OF_ROWS] if by_rows else []), *_indicators(drawn)]
    start = _LEAVE if now is None else now.indicator or (_OF_ROWS if by_rows else spec.indicator.text)
    with st.container(border=True):
        left, right = st.columns([3, 2])
        with left:
            label = plain(drawn.column_label(each.column))
            indicator = drawn.pick(
                f"of:{key}",
                label,
                options,
                options.index(start) if start in options else 0,
                lambda one: _name(drawn, one),
            )
            drawn.why(f"figures:{key}")
        if indicator == _LEAVE:
            return None
        with right:
            scale = drawn.pick(
                f"scale:{key}",
                drawn.say("scale"),
                SCALES,
                SCALES.index(now.scale if now else "as_is"),
                lambda one: drawn.visit.say(f"mapping.scale.{one}"),
            )
            drawn.why(f"scale:{key}")
        beside = _besides(drawn, now, key, [one.column for one in numeric if one.column.key != key])
    return Figures(
        column=key,
        indicator="" if indicator == _OF_ROWS else indicator,
        scale=scale,
        comment=now.comment if now else "",
        **beside,
    )


def _besides(drawn: Drawn, now: Figures | None, key: str, others: list[Column]) -> dict[str, str]:
    """Numerator, denominator, base and limits, each a column or none."""
    labels = {"": drawn.say("none"), **{each.key: drawn.column_label(each) for each in reversed(others)}}
    keys = ["", *dict.fromkeys(each.key for each in others)]
    chosen = {}
    for place, name in zip(st.columns(len(SECONDARY)), SECONDARY, strict=True):
        start = getattr(now, name) if now else ""
        with place:
            chosen[name] = drawn.pick(
                f"{name}:{key}",
                drawn.say(name),
                keys,
                keys.index(start) if start in keys else 0,
                lambda one: labels[one],
            )
    return chosen


def _words(drawn: Drawn, spec: TableSpec, contents: list[Contents]) -> dict[str, Word]:
    """Every text of the indicator column: an indicator on a scale, or left."""
    named = next((each for each in contents if each.column.key == spec.columns["indicator"]), None)
    texts = (
        [] if "topic" in spec.columns or named is None else [word_key("", text) for text in dict.fromkeys(named.texts)]
    )
    keys = list(dict.fromkeys([*spec.words, *texts]))[:_MOST_WORDS]
    options = [_LEAVE, *_indicators(drawn)]
    found = {}
    with st.expander(drawn.say("words"), expanded=True):
        for key in keys:
            now = spec.words.get(key, Word())
            if now.role != "value":
                found[key] = now
                continue
            left, right = st.columns([3, 2])
            with left:
                indicator = drawn.pick(
                    f"word:{key}",
                    plain(key),
                    options,
                    options.index(now.indicator or _LEAVE),
                    lambda one: _name(drawn, one),
                )
                drawn.why(f"word:{key}")
            with right:
                scale = drawn.pick(
                    f"wordscale:{key}",
                    drawn.say("scale"),
                    SCALES,
                    SCALES.index(now.scale),
                    lambda one: drawn.visit.say(f"mapping.scale.{one}"),
                )
            found[key] = Word(indicator="" if indicator == _LEAVE else indicator, scale=scale)
    return found


def _regions(drawn: Drawn, spec: TableSpec, contents: list[Contents]) -> dict[str, str]:
    """Names in the region column that the catalogue does not know: a region, left, or still to be said."""
    known = catalogue()
    column = next((each for each in contents if each.column.key == spec.columns.get("region")), None)
    texts = [text for text in column.texts if not known.region_named(text)] if column else []
    names = list(dict.fromkeys([*spec.regions, *texts]))[:_MOST_WORDS]
    options = [_UNSAID, "", *known.regions]

    def shown(code: str) -> str:
        return drawn.say("unsaid") if code == _UNSAID else known.regions[code].name if code else drawn.say("leave")

    return _said(drawn, "region", drawn.say("regions"), names, options, spec.regions, shown)


def _signs(drawn: Drawn, spec: TableSpec, numeric: list[Contents]) -> dict[str, str]:
    """Texts among the figures that are none: why the value is missing, or still to be said."""
    columns = {each.column for each in spec.figures}
    texts = [
        tidy_name(text) for each in numeric if each.column.key in columns for text in each.texts if not is_figure(text)
    ]
    usual = {sign for sign in spec.missing if sign in SIGNS and spec.missing[sign] == SIGNS[sign]}
    signs = [text for text in dict.fromkeys(texts) if text not in usual and len(text) <= _LONGEST_SIGN][:_MOST_WORDS]

    def shown(reason: str) -> str:
        return drawn.say("unsaid") if reason == _UNSAID else drawn.visit.say(f"reasons.{reason}")

    found = _said(drawn, "sign", drawn.say("signs"), signs, [_UNSAID, *REASONS], spec.missing, shown)
    return {sign: reason for sign, reason in spec.missing.items() if sign not in signs} | found


def _said(
    drawn: Drawn,
    kind: str,
    title: str,
    texts: list[str],
    options: list[str],
    now: dict[str, str],
    shown: Callable[[str], str],
) -> dict[str, str]:
    """A picker per text; those still to be said are left out."""
    found: dict[str, str] = {}
    if texts:
        with st.expander(title, expanded=True):
            for text in texts:
                start = options.index(now.get(text, _UNSAID))
                chosen = drawn.pick(f"{kind}:{text}", plain(text), options, start, shown)
                drawn.why(f"{kind}:{text}")
                found |= {} if chosen == _UNSAID else {text: chosen}
    return found
