"""The care units published now, as a supply file may speak of them: by HSA-id, or by name within a region."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from analysis.records import current_records, schema_of
from indicators import tidy_name
from models import Store

NAMED: Final = "name:"
"""What the key of a unit without HSA-id begins with; no file may give it."""


@dataclass(frozen=True)
class Register:
    """`wordings`: the published rows, columns of care_unit. `regions`: unit → region code. `names`: (region, tidied
    name) → the one unit of that name: one with an HSA-id before one that has nothing but the name."""

    wordings: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=schema_of("care_unit")))
    regions: dict[str, str] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)


def register_of(store: Store | None) -> Register:
    """The register as it is published now; an empty one without a store."""
    if store is None:
        return Register()
    wordings = current_records(store, "care_unit").select(list(schema_of("care_unit"))).sort("unit", "valid_from")
    return register_from(wordings)


def register_from(wordings: pl.DataFrame) -> Register:
    """The register that these rows make."""
    named: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for unit, name, region in wordings.select("unit", "name", "region").iter_rows():
        named[region, tidy_name(name)].add(unit)
    told = {key: {unit for unit in units if not unit.startswith(NAMED)} or units for key, units in named.items()}
    return Register(
        wordings,
        dict(wordings.select("unit", "region").iter_rows()),
        {key: next(iter(units)) for key, units in told.items() if len(units) == 1},
    )


def unit_named(region: str, name: str) -> str:
    """The key of a unit that no file gives an HSA-id.

    >>> unit_named("25", "Exempelhälsocentralen  Norr")
    'name:25:exempelhälsocentralen norr'
    """
    return f"{NAMED}{region}:{tidy_name(name)}"
