"""Against what are the regions judged, and how strictly? The benchmark and the level of a view, in its address."""

from typing import Final

import polars as pl
import streamlit as st

from analysis import periods_available
from analysis.benchmarks import chosen_benchmark
from analysis.figures import figures_of
from indicators import NATION, Indicator, Period, catalogue, period_label, period_of
from ui.address import pick
from ui.visit import Visit

RIKET: Final = "riket"
TARGET: Final = "target"
"""A known choice though no target is set: the answer says that."""
_OF_A_PERIOD: Final = "period:"


def benchmark(
    visit: Visit,
    indicator: Indicator,
    sex: str,
    period: str | None,
    usual: str = RIKET,
    *,
    include_synthetic: bool = True,
) -> str:
    """What the regions are compared with: riket, a group's mean, their own earlier period, another region. `usual`
    where the address names none."""
    known = _known(visit, indicator, sex, period, include_synthetic)
    label = visit.say("against.benchmark")
    return pick(visit, "benchmark", known, label=label, shown=lambda key: _shown(visit, key), default=usual)


def where_nation_is_unknown(visit: Visit, indicator: Indicator, sex: str, period: str | None) -> str:
    """What to compare with by default where a nation's figure may be lacking: riket if it has one, else the mean of the
    group that the regions are chosen from by default."""
    rows = figures_of(visit.store, indicator, visit.as_of, sex=sex)
    nation = rows.filter(pl.col("period") == (period or ""), pl.col("code") == NATION)["value"]
    return RIKET if nation.count() else f"group:{catalogue().default_group.id}"


def of_a_period() -> tuple[str, ...]:
    """The address's benchmark parameter where it names a period, which belongs to the indicator and period chosen."""
    return ("benchmark",) if st.query_params.get("benchmark", "").startswith(_OF_A_PERIOD) else ()


def _known(visit: Visit, indicator: Indicator, sex: str, period: str | None, include_synthetic: bool) -> list[str]:
    groups = list(catalogue().groups)
    return [
        RIKET,
        *(f"group:{group}" for group in groups),
        *(f"{_OF_A_PERIOD}{earlier.key}" for earlier in _earlier(visit, indicator, sex, period, include_synthetic)),
        *(f"region:{code}" for code in catalogue().codes_by_name),
        *(f"group:{group}:unweighted" for group in groups),
        TARGET,
    ]


def _earlier(visit: Visit, indicator: Indicator, sex: str, period: str | None, include_synthetic: bool) -> list[Period]:
    """Earlier periods of the chosen one's kind, latest first. Where the indicator replaced another, also the year
    before its first: another question was asked then, and the answer says so."""
    if period is None:
        return []
    chosen = period_of(period)
    available = periods_available(
        visit.store, indicator.id, sex=sex, as_of=visit.as_of, include_synthetic=include_synthetic
    )
    own = [each for each in available if each.kind == chosen.kind]
    found = [each for each in own if each.end < chosen.start]
    if indicator.predecessor and chosen.kind == "year":
        found.append(period_of(str(min(each.start.year for each in own) - 1)))
    return found


def _shown(visit: Visit, key: str) -> str:
    meant = chosen_benchmark(key)
    if meant.kind == "group":
        group = catalogue().groups[meant.key].title.in_language(visit.language)
        return visit.say("against.group" if meant.weighted else "against.group_unweighted", group=group)
    if meant.kind == "region":
        return catalogue().regions[meant.key].name
    if meant.kind == "period":
        return visit.say("against.period", period=period_label(meant.key, visit.language))
    return visit.say(f"against.{meant.kind}")
