"""The key measures of the chosen regions: a heat map of judgements against riket, and a sentence per region.

Each measure is shown in its latest period that can be judged for any of the regions. Synthetic figures never enter
unless the reader switches them on (issue 2). Everything the page shows is made once per view, and kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

import polars as pl
import streamlit as st

from analysis import Comparison, Marks, compare_regions, marked_count
from analysis.age import is_older, newest_barometer
from analysis.figures import figures_of
from analysis.waves import latest_judged, newer_unjudged
from charts import heat_map_in_words, judged_heat_map
from charts.heat_map import row_title
from indicators import NATION, Indicator, catalogue, period_label
from ui import certainty, vega
from ui.area_pages import PAGE_OF, page_of
from ui.cache import Key, kept, ready_spec, view_key
from ui.escape import plain
from ui.frame import Frame
from ui.notes import bullets
from ui.overview.table import headline_table
from ui.pickers import synthetic as synthetic_switch
from ui.targets.beside import state_lines
from wording.regions import standing
from wording.sentences import benchmarks_of

_ORDER: Final = ("trust_overall", "trust_1177_phone")  # what the audits ask for leads


def pickers(frame: Frame) -> tuple[float, bool]:
    """The level, and whether synthetic figures take part."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        return certainty.level_of(frame), synthetic_switch(frame)


@dataclass(frozen=True)
class Block:
    """Some measures: the map's specification (empty for none), the same in words, the table as HTML, their titles."""

    spec: dict[str, Any] = field(default_factory=dict)
    said: str = ""
    table: str = ""
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overview:
    """What the page shows, in words. `now`: what says how things stand; `regions`: (code, sentence as markdown);
    `measures`: (page, title, address); `marked`: how many comparisons of `now` could be assessed, are marked, would be
    by chance; `without`: titles of measures that have no figure; `newer`: newer
    measurements that cannot be judged; `older`: what says how things were, counted nowhere;
    `against`: the benchmark in words."""

    now: Block
    regions: tuple[tuple[str, str], ...]
    measures: tuple[tuple[str, str, dict[str, str]], ...]
    rests_on: tuple[str, ...]
    marked: Marks
    without: tuple[str, ...]
    newer: tuple[str, ...]
    older: Block
    against: str
    synthetic: bool


def overview(frame: Frame, chosen: Sequence[str], level: float, *, synthetic: bool) -> Overview:
    """The view of these region codes at this level, with or without synthetic figures."""
    frame.indicators.update(one.id for one in _key_measures())
    key = view_key(frame, "overview", tuple(chosen), str(level), str(synthetic))
    return kept(key, partial(_overview, frame, tuple(chosen), level, synthetic, key))


def _overview(frame: Frame, chosen: tuple[str, ...], level: float, synthetic: bool, key: Key) -> Overview:
    asked = _key_measures()
    # One period per measure, whichever regions are shown: what is said of a region must not hang on its company.
    every = [one for each in asked if (one := _latest(frame, each, catalogue().region_codes, level, synthetic))]
    found = [one for one in every if _has_value(one, chosen)]
    shown = {one.indicator.id for one in found}
    without = tuple(each.short_title.in_language(frame.language) for each in asked if each.id not in shown)
    if not found:
        return Overview(Block(), (), (), (), Marks(), without, (), Block(), benchmarks_of([], frame.language), False)
    then = {one.indicator.id for one in _older(frame, every, synthetic)}
    now, older = ([one for one in found if (one.indicator.id in then) == old] for old in (False, True))
    standing_now = [one for one in every if one.indicator.id not in then]
    return Overview(
        _block(frame, now, chosen, key),
        tuple((code, _sentence(frame, standing_now, code)) for code in chosen),
        tuple(_measure(frame, one) for one in found),
        _rests_on(frame, [_of_regions(one, chosen) for one in found]),
        marked_count([_of_regions(one, chosen) for one in now]),
        without,
        tuple(said for one in found if (said := _newer(frame, one, chosen, synthetic))),
        _block(frame, older, chosen, ("older", *key), older=True),
        benchmarks_of(now or found, frame.language),
        any(_of_regions(one, chosen).synthetic for one in found),
    )


def _block(
    frame: Frame, comparisons: Sequence[Comparison], chosen: tuple[str, ...], key: Key, *, older: bool = False
) -> Block:
    """The measures as a map and a table; nothing for none."""
    if not comparisons:
        return Block()
    more: dict[str, Any] = {"regions": chosen, "older": older}
    return Block(
        ready_spec(key, lambda: judged_heat_map(comparisons, frame.language, **more)),
        heat_map_in_words(comparisons, frame.language, **more),
        headline_table(frame, comparisons, chosen, older=older),
        tuple(row_title(one, frame.language) for one in comparisons),
    )


def _has_value(comparison: Comparison, chosen: Sequence[str]) -> bool:
    own = comparison.rows.filter(pl.col("code").is_in(list(chosen)))
    return own["value"].count() > 0


def _key_measures() -> list[Indicator]:
    areas = list(PAGE_OF)
    leading = [each for each in catalogue().indicators.values() if each.headline and each.area in areas]
    places = {name: place for place, name in enumerate(_ORDER)}
    return sorted(leading, key=lambda each: (areas.index(each.area), places.get(each.id, len(_ORDER))))


def _latest(
    frame: Frame, indicator: Indicator, chosen: Sequence[str], level: float, synthetic: bool
) -> Comparison | None:
    """The latest period that can be judged for any of the regions, judged among all regions."""
    latest = latest_judged(_figures(frame, indicator, chosen, synthetic))
    if latest is None:
        return None
    return compare_regions(
        frame.store, indicator.id, latest.key, level=level, as_of=frame.as_of, include_synthetic=synthetic
    )


def _figures(frame: Frame, indicator: Indicator, chosen: Sequence[str], synthetic: bool) -> pl.DataFrame:
    rows = figures_of(frame.store, indicator, frame.as_of, sex="T", include_synthetic=synthetic)
    return rows.filter(pl.col("code").is_in(list(chosen)))


def _newer(frame: Frame, comparison: Comparison, chosen: Sequence[str], synthetic: bool) -> str:
    """That a newer measurement exists which the map does not show, and why; "" where there is none."""
    figures = _figures(frame, comparison.indicator, chosen, synthetic)
    found = newer_unjudged(figures, comparison.period)
    if found is None:
        return ""
    title = comparison.indicator.short_title.in_language(frame.language)
    values = {"title": title, "period": period_label(found[0].key, frame.language)}
    return plain(frame.say(f"overview.newer.{found[1]}", **values))


def _of_regions(comparison: Comparison, chosen: Sequence[str]) -> Comparison:
    rows = comparison.rows.filter(pl.col("code").is_in([*chosen, NATION]))
    return replace(comparison, rows=rows, synthetic=bool(rows["flags"].str.contains("x", literal=True).any()))


def _sentence(frame: Frame, comparisons: Sequence[Comparison], code: str) -> str:
    name = plain(catalogue().regions[code].short_name)
    said = plain(standing(comparisons, code, frame.language))
    return frame.say("overview.region.sentence", name=name, said=said)


def _measure(frame: Frame, comparison: Comparison) -> tuple[str, str, dict[str, str]]:
    period = comparison.period.key if comparison.period else ""
    address = frame.linked(indicator=comparison.indicator.id, period=period)
    return page_of(comparison.indicator), plain(row_title(comparison, frame.language)), address


def _rests_on(frame: Frame, comparisons: Sequence[Comparison]) -> tuple[str, ...]:
    """What the judgements of the map rest on; `none` also where there is no value to compare with."""
    rows = pl.concat([one.rows.select("code", "value", "evidence", "judgement") for one in comparisons])
    regions = rows.filter(pl.col("code") != NATION)
    judged = regions.filter(pl.col("judgement") != "not_assessable")
    kinds = [kind for kind in ("published", "computed", "assumed") if kind in set(judged["evidence"])]
    if judged.height < regions.height:
        kinds.append("none")
    return tuple(frame.say(f"overview.{kind}") for kind in kinds)


def _older(frame: Frame, comparisons: Sequence[Comparison], synthetic: bool) -> list[Comparison]:
    """The measures whose latest figure is an older measurement: shown and named, never counted as how things stand."""
    newest = newest_barometer(frame.store, frame.as_of, include_synthetic=synthetic)
    return [one for one in comparisons if one.period and is_older(one.period, newest)]


def draw(frame: Frame, shown: Overview, level: float, *, synthetic: bool) -> None:
    """The map, the sentences with their ways to the profiles, the ways to each measure, and how sure it is."""
    if shown.now.spec or not shown.older.spec:
        st.header(plain(frame.say("overview.map", benchmark=shown.against)), anchor=False)
    if not (shown.now.spec or shown.older.spec):
        st.info(frame.say("overview.nothing"))
        return
    _drawn(frame, shown.now)
    state_lines(frame, [one.id for one in _key_measures()], [code for code, _ in shown.regions], synthetic=synthetic)
    certainty.how_sure_of(frame, shown.marked, shown.against, level)
    if shown.older.spec:
        st.header(frame.say("overview.older_heading"), anchor=False)
        bullets([plain(frame.say("overview.older", title=title)) for title in shown.older.titles])
        _drawn(frame, shown.older)
    st.header(frame.say("overview.regions"), anchor=False)
    for code, sentence in shown.regions:
        st.page_link("pages/profile.py", label=sentence, query_params=frame.linked(region=code))
    st.header(frame.say("overview.measures"), anchor=False)
    for page, title, address in shown.measures:
        st.page_link(f"pages/{page}.py", label=title, query_params=address)
    without = [frame.say("overview.without", titles=plain(", ".join(shown.without)))] if shown.without else []
    bullets([*shown.newer, *shown.rests_on, *without])


def _drawn(frame: Frame, block: Block) -> None:
    """A block's map, and its numbers as a table."""
    if block.spec:
        vega.chart(frame, block.spec, block.said)
        with st.expander(frame.say("ui.table", count=block.table.count("<tr>") - 1)):
            st.html(block.table)
