"""Which unit and region a row speaks of, or why it cannot be told."""

from collections.abc import Callable
from typing import Final

import polars as pl

from indicators import NATION, tidy_name
from loaders.checks.context import looked_up
from loaders.mapping.hsa import is_hsa_id, region_of_unit
from loaders.problems import WARNING
from loaders.supply.findings import Findings
from loaders.supply.register import Register

_ABSENT: Final = ("", "-", "–")
_LONGEST: Final = 200
"""Characters of a name; a longer one is a text in the wrong column."""


def resolve_units(rows: pl.DataFrame, findings: Findings, register: Register) -> pl.DataFrame:
    """Rows with `region` (code), `unit` (HSA-id, or `name:<region>:<tidied name>`) and `linked` (whether the register
    gave a name its HSA-id), without those that cannot have them, each of which is an error."""
    nameless = rows.filter(pl.col("unit").is_in(_ABSENT) & pl.col("name").is_in(_ABSENT))
    findings.rows(nameless, "no_unit", "name" if _has(findings, "name") else "unit", "name")
    rows = rows.filter(~(pl.col("unit").is_in(_ABSENT) & pl.col("name").is_in(_ABSENT)))
    for role in ("unit", "name", "municipality", "area"):
        long = rows.filter(pl.col(role).str.len_chars() > _LONGEST).with_columns(pl.col(role).str.head(40))
        findings.rows(long, "long_name", role, role)
    rows = rows.rename({"unit": "unit_printed", "region": "region_printed"})
    rows = looked_up(
        rows, ["region_printed", "unit_printed"], _judge_region(findings, register),
        {"region": pl.String, "fault": pl.String, "near": pl.String},
    )  # fmt: skip
    for fault in ("no_region", "unknown_region", "unknown_region_near"):
        faulty = rows.filter(pl.col("fault") == fault)
        role, found = ("name", "name") if fault == "no_region" else ("region", "region_printed")
        rule = fault.removesuffix("_near")
        findings.rows(faulty, "no_region_of_unit" if fault == "no_region" else rule, role, found, variant="" if
                      fault == "no_region" else fault, values=("near",))  # fmt: skip
    elsewhere = rows.filter(pl.col("fault") == "elsewhere")
    findings.rows(elsewhere, "unit_elsewhere", "unit", "unit_printed", severity=WARNING, values=("near",))
    rows = rows.filter(pl.col("region").is_not_null())
    odd = rows.filter(~pl.col("unit_printed").is_in(_ABSENT)).unique("unit_printed", maintain_order=True)
    odd = odd.filter(pl.Series([not is_hsa_id(text) for text in odd["unit_printed"]], dtype=pl.Boolean))
    findings.rows(odd, "odd_unit", "unit", "unit_printed", severity=WARNING)
    rows = looked_up(
        rows, ["unit_printed", "name", "region"], _judge_unit(register), {"unit": pl.String, "linked": pl.Boolean}
    )
    return rows.drop("fault", "near")


def _has(findings: Findings, role: str) -> bool:
    return any(role in plan.columns for plan in findings.plans.values())


def _judge_region(findings: Findings, register: Register) -> Callable[[str, str], tuple[str | None, str, str]]:
    known = findings.known

    def judge(printed: str, unit: str) -> tuple[str | None, str, str]:
        own = region_of_unit(unit) or register.regions.get(unit.strip().upper(), "")
        if printed in _ABSENT:
            return (own, "", "") if own else (None, "no_region", "")
        region = known.region_named(printed)
        if region is None or region.code == NATION:
            near = known.nearest_region(printed) if any(sign.isalpha() for sign in printed) else None
            return None, "unknown_region_near" if near else "unknown_region", near or ""
        said = region_of_unit(unit)
        fault = "elsewhere" if said and said != region.code else ""
        return region.code, fault, known.regions[said].name if fault else ""

    return judge


def _judge_unit(register: Register) -> Callable[[str, str, str], tuple[str, bool]]:
    def judge(printed: str, name: str, region: str) -> tuple[str, bool]:
        if printed not in _ABSENT:
            return printed.upper() if is_hsa_id(printed) else printed, False
        key = (region, tidy_name(name))
        found = register.names.get(key)
        return (found, True) if found else (unit_named(*key), False)

    return judge


def unit_named(region: str, name: str) -> str:
    """The key of a unit that no file gives an HSA-id.

    >>> unit_named("25", "Exempelhälsocentralen  Norr")
    'name:25:exempelhälsocentralen norr'
    """
    return f"name:{region}:{tidy_name(name)}"
