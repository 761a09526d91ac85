"""Which unit and region a row speaks of, or why it cannot be told."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from indicators import NATION, tidy_name
from loaders.checks.context import looked_up
from loaders.problems import WARNING
from loaders.records.supply.findings import Findings
from loaders.records.supply.plan import UNITS
from loaders.records.supply.register import NAMED, Register, unit_named
from loaders.records.supply.words import is_sum
from loaders.tables.hsa import is_hsa_id, region_of_unit

_ABSENT: Final = ("", "-", "–")
_LONGEST: Final = 200
"""Characters of a name; a longer one is a text in the wrong column."""


def resolve_units(rows: pl.DataFrame, findings: Findings, register: Register) -> pl.DataFrame:
    """Rows with `region` (code), `unit` (HSA-id, or `name:<region>:<tidied name>`) and `linked` (whether another row or
    the register gave a name its HSA-id), without those that cannot have them, each of which is an error."""
    nameless = rows.filter(pl.col("unit").is_in(_ABSENT) & pl.col("name").is_in(_ABSENT))
    findings.rows(nameless, "no_unit", "name" if _has(findings, "name") else "unit", "name")
    rows = rows.filter(~(pl.col("unit").is_in(_ABSENT) & pl.col("name").is_in(_ABSENT)))
    for role in ("unit", "name", "municipality", "area"):
        long = rows.filter(pl.col(role).str.len_chars() > _LONGEST).with_columns(pl.col(role).str.head(40))
        findings.rows(long, "long_name", role, role)
    rows = rows.rename({"unit": "unit_printed", "region": "region_printed"})
    rows = looked_up(
        rows,
        ["region_printed", "unit_printed"],
        _judge_region(findings, register),
        {"region": pl.String, "fault": pl.String, "near": pl.String},
    )
    nation = rows.filter(pl.col("fault") == "nation_row")
    findings.rows(nation, "nation_row", "region", "region_printed")
    for fault in ("no_region", "unknown_region", "unknown_region_near"):
        faulty = rows.filter(pl.col("fault") == fault)
        role, found = ("name", "name") if fault == "no_region" else ("region", "region_printed")
        rule = fault.removesuffix("_near")
        findings.rows(
            faulty,
            "no_region_of_unit" if fault == "no_region" else rule,
            role,
            found,
            variant="" if fault == "no_region" else fault,
            values=("near",),
        )
    elsewhere = rows.filter(pl.col("fault") == "elsewhere")
    findings.rows(elsewhere, "unit_elsewhere", "unit", "unit_printed", severity=WARNING, values=("near",))
    rows = rows.filter(pl.col("region").is_not_null())
    odd = rows.filter(~pl.col("unit_printed").is_in(_ABSENT)).unique("unit_printed", maintain_order=True)
    odd = odd.filter(pl.Series([not is_hsa_id(text) for text in odd["unit_printed"]], dtype=pl.Boolean))
    ours = pl.col("unit_printed").str.to_lowercase().str.starts_with(NAMED)
    findings.rows(odd.filter(ours), "own_key", "unit", "unit_printed")
    findings.rows(odd.filter(~ours), "odd_unit", "unit", "unit_printed", severity=WARNING)
    named = register.names | _named_here(rows)
    rows = looked_up(
        rows, ["unit_printed", "name", "region"], _judge_unit(named), {"unit": pl.String, "linked": pl.Boolean}
    )
    _check_registered(rows, findings, register)
    return rows.drop("fault", "near")


def _named_here(rows: pl.DataFrame) -> dict[tuple[str, str], str]:
    """(region, tidied name) → the one HSA-id that rows of this table give it."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for unit, name, region in rows.select("unit_printed", "name", "region").unique().iter_rows():
        if is_hsa_id(unit) and name not in _ABSENT:
            found[region, tidy_name(name)].add(unit.upper())
    return {key: next(iter(units)) for key, units in found.items() if len(units) == 1}


def _check_registered(rows: pl.DataFrame, findings: Findings, register: Register) -> None:
    """Supply counts where the register has its unit, unless the row itself describes the unit anew."""
    silent = rows.filter(
        (pl.col("name") == "") | (pl.col("kind") == ""),
        pl.col("sheet").is_in([name for name, plan in findings.plans.items() if plan.shape != UNITS]),
    )
    there = pl.col("unit").replace_strict(register.regions, default=None, return_dtype=pl.String)
    moved = silent.with_columns(there=there).filter(pl.col("there") != pl.col("region"))
    names = {code: region.name for code, region in findings.known.regions.items()}
    moved = moved.with_columns(near=pl.col("there").replace_strict(names, return_dtype=pl.String))
    findings.rows(moved, "registered_elsewhere", "unit", "unit_printed", severity=WARNING, values=("near",))


def _has(findings: Findings, role: str) -> bool:
    return any(role in plan.columns for plan in findings.plans.values())


def _judge_region(findings: Findings, register: Register) -> Callable[[str, str], tuple[str | None, str, str]]:
    known = findings.known

    def judge(printed: str, unit: str) -> tuple[str | None, str, str]:
        own = region_of_unit(unit) or register.regions.get(unit.strip().upper(), "")
        if printed in _ABSENT:
            return (own, "", "") if own else (None, "no_region", "")
        region = known.region_named(printed)
        if (region and region.code == NATION) or is_sum(printed):
            return None, "nation_row", ""
        if region is None:
            near = known.nearest_region(printed) if any(sign.isalpha() for sign in printed) else None
            return None, "unknown_region_near" if near else "unknown_region", near or ""
        said = region_of_unit(unit) if unit.strip().upper() not in register.regions else ""
        fault = "elsewhere" if said and said != region.code else ""
        return region.code, fault, known.regions[said].name if fault else ""

    return judge


def _judge_unit(names: Mapping[tuple[str, str], str]) -> Callable[[str, str, str], tuple[str, bool]]:
    def judge(printed: str, name: str, region: str) -> tuple[str, bool]:
        if printed not in _ABSENT:
            return printed.upper() if is_hsa_id(printed) else printed, False
        key = (region, tidy_name(name))
        found = names.get(key)
        return (found, True) if found else (unit_named(*key), False)

    return judge
