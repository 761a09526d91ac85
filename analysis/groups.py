"""Which regions a group holds: the catalogue's, but for the audited group what a person has confirmed."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

import polars as pl

from analysis.benchmarks import Benchmark
from analysis.moments import until
from indicators import RegionGroup, catalogue
from models import Store
from models.entered import last_of

_STORED: Final = f"""
SELECT key, regions, source, entered_at, entered_by FROM audited_group
WHERE NOT withdrawn AND id IN {last_of("audited_group", "key")}
"""  # noqa: S608 (our own subquery)
_SCHEMA: Final = dict.fromkeys(("key", "regions", "source", "entered_at", "entered_by"), pl.String)


@dataclass(frozen=True)
class Confirmed:
    """Which regions the audit covered, and where that can be checked."""

    group: str
    regions: tuple[str, ...]
    source: str
    entered_at: str
    entered_by: str


def confirmed_group(store: Store, as_of: date | None = None) -> Confirmed | None:
    """What a revisor or administratör has stated of the audited group by the end of the day; None: an assumption."""
    return _confirmed(store, store.data_version(), as_of)


@lru_cache(maxsize=32)
def _confirmed(store: Store, _version: int, as_of: date | None) -> Confirmed | None:
    group = catalogue().default_group.id
    found = store.frame(_STORED, _SCHEMA, until=until(as_of)).filter(key=group)
    if found.is_empty():
        return None
    row = found.row(0, named=True)
    return Confirmed(group, tuple(row["regions"].split()), row["source"], row["entered_at"], row["entered_by"])


def groups_in_force(store: Store, as_of: date | None = None) -> dict[str, RegionGroup]:
    """Every group by id, the audited one with the regions that are confirmed and without the note that it is an
    assumption. The catalogue's order of the regions is kept where they are the same."""
    confirmed = confirmed_group(store, as_of)
    groups = dict(catalogue().groups)
    if confirmed is None:
        return groups
    known = groups[confirmed.group]
    kept = [code for code in known.regions if code in confirmed.regions]
    regions = (*kept, *(code for code in confirmed.regions if code not in kept))
    return groups | {known.id: known.model_copy(update={"regions": regions, "note": None})}


def audited_regions(store: Store, as_of: date | None = None) -> tuple[str, ...]:
    """The regions of the audited group."""
    return groups_in_force(store, as_of)[catalogue().default_group.id].regions


def with_regions(benchmark: Benchmark, store: Store, as_of: date | None) -> Benchmark:
    """The benchmark with the regions its group holds."""
    if benchmark.kind != "group":
        return benchmark
    return replace(benchmark, regions=groups_in_force(store, as_of)[benchmark.key].regions)
