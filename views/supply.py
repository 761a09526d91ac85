"""E-services: how many care units reach the minimum level, and the regions' shares of them on one scale."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import polars as pl

from analysis import Comparison
from indicators import NATION
from locales import text
from locales.numbers import format_number, format_value
from views.area import Scale, Strip, on_one_scale
from views.parts import Reader
from views.reading import Reading, in_figures
from wording.headline import headline, lead
from wording.supply import share_of_units

SIGNS: Final = {"offered": "✓", "not_offered": "○", "not_applicable": "–", "unknown": "?"}
"""Status of a unit and service → sign; its word stands beside it, or once under a picture."""
_IN_A_BAR: Final = ("offered", "not_offered", "unknown", "not_applicable")


@dataclass(frozen=True)
class Reached:
    """The finding, and each region's share (views.area.Strip), whose value leads to the units that it counts; the same
    as rows to read."""

    headline: str
    lead: tuple[str, ...]
    strips: tuple[Strip, ...]
    scale: Scale
    reading: Reading


def reached(
    reader: Reader,
    comparison: Comparison,
    whole: Mapping[str, Any],
    regions: int,
    chosen: Sequence[str],
    units: Callable[[str], str],
) -> Reached:
    """The view of a comparison of shares. `whole`: all counted units together (a row of supply.SHARES), of so many
    `regions` with data; `chosen`: the regions that stand out; `units`: a region's code → where its units stand."""
    strips, scale = on_one_scale(reader, comparison, chosen)
    if comparison.benchmark == "riket" and scale.benchmark:
        scale = replace(scale, benchmark=_whole(comparison, whole, reader.language))
    furthest = lead(comparison, chosen, (), reader.language)[:1]
    return Reached(
        headline(comparison, chosen, reader.language),
        (_counted(whole, regions, reader.language), *furthest),
        tuple(_leading(one, units, reader.language) for one in strips),
        scale,
        _named(in_figures(reader, comparison, None, [one.code for one in strips]), reader.language),
    )


def _named(found: Reading, language: str) -> Reading:
    whole = text("supply.lead.whole", language)
    rows = (replace(one, name=whole) if one.code == NATION else one for one in found.rows)
    return replace(found, rows=tuple(rows))


def _whole(comparison: Comparison, whole: Mapping[str, Any], language: str) -> str:
    """`Alla enheter 93,0 %`, which has room over a line on a telephone."""
    indicator = comparison.indicator
    share = format_value(whole["share"], indicator.unit, indicator.decimals, language)
    return f"{text('supply.lead.whole', language)} {share}"


def _counted(whole: Mapping[str, Any], regions: int, language: str) -> str:
    """`80 av 86 räknade enheter når nivån (6 regioner med uppgifter). För 3 är det okänt.`"""
    counts = {name: format_number(whole[name], 0, language) for name in ("numerator", "denominator", "unknown")}
    said = text("supply.lead.one" if regions == 1 else "supply.lead.counted", language, regions=regions, **counts)
    return f"{said} {text('supply.lead.unknown', language, **counts)}" if whole["unknown"] else said


def _leading(one: Strip, units: Callable[[str], str], language: str) -> Strip:
    if one.nation:
        return replace(one, name=text("supply.lead.whole", language))
    return replace(one, cell=replace(one.cell, address=units(one.code)))


class ServicePart(NamedTuple):
    """The units of one status: their sign and count as printed, and their share (0–1) of all units."""

    status: str
    sign: str
    printed: str
    share: float


class ServiceRow(NamedTuple):
    """An e-service: its units by status, and `12 av 46, 26,1 %`: how many of those that can be told offer it; a
    made-up row is marked x."""

    title: str
    parts: tuple[ServicePart, ...]
    reached: str


def services(cells: pl.DataFrame, language: str) -> tuple[ServiceRow, ...]:
    """The e-services of these units (OFFERS), those that most units offer first. The share is of the units that offer
    it or do not: the unknown and those it does not apply to stand beside it."""
    counted = cells.group_by("service", pl.col(f"title_{language}").alias("title")).agg(
        *((pl.col("status") == one).sum().cast(pl.Int64).alias(one) for one in SIGNS),
        units=pl.len(),
        synthetic=pl.col("synthetic").any(),
    )
    ordered = counted.sort("offered", "title", descending=[True, False])
    return tuple(_service(row, language) for row in ordered.to_dicts())


def _service(row: Mapping[str, Any], language: str) -> ServiceRow:
    known = row["offered"] + row["not_offered"]
    share = 100 * row["offered"] / known if known else None
    said = share_of_units({**row, "numerator": row["offered"], "denominator": known, "share": share}, language)
    parts = (
        ServicePart(one, SIGNS[one], format_number(row[one], 0, language), row[one] / row["units"]) for one in _IN_A_BAR
    )
    return ServiceRow(row["title"], tuple(parts), said + ("\N{NO-BREAK SPACE}x" if row["synthetic"] else ""))
