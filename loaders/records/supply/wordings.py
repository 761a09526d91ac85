"""A unit list's rows as care units: the days they hold for, what they belong to and have become."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from analysis.records import schema_of
from indicators import tidy_name
from loaders.checks.context import looked_up
from loaders.problems import WARNING
from loaders.records.supply.findings import Findings
from loaders.records.supply.register import Register, register_from
from loaders.records.supply.words import kind_of, status_of
from loaders.tables.hsa import is_hsa_id
from loaders.tables.periods import read_period
from models.records import ALWAYS

_OPEN = ("tills vidare", "pågående", "öppen", "9999-12-31")


def listed_units(rows: pl.DataFrame, findings: Findings, register: Register) -> pl.DataFrame:
    """The care units of a list's rows (unit, region and the texts), columns of care_unit. Overlapping days of one unit
    are an error; a unit of the same region that the list no longer has is a warning."""
    schema = {"valid_from": pl.Date, "valid_to": pl.Date, "bad": pl.String}
    printed = {"valid_from": "from_printed", "valid_to": "to_printed", "kind": "kind_printed"}
    rows = looked_up(rows.rename(printed), ["from_printed", "to_printed"], _days, schema)
    for role, found in (("valid_from", "from_printed"), ("valid_to", "to_printed")):
        findings.rows(rows.filter(pl.col("bad") == role), "bad_day", role, found)
    findings.rows(rows.filter(pl.col("bad") == "order"), "days_turned", "valid_to", "to_printed")
    rows = rows.filter(pl.col("bad") == "")
    units = care_units(rows, findings)
    _check_days(units, findings)
    units = _resolved(units, findings, register)
    _check_merged(units, findings)
    _check_vanished(units, findings, register)
    return units


def care_units(rows: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """Rows with columns of care_unit, the kind in our words; a unit without a name goes by its id."""

    def judge(printed: str, sheet: str) -> tuple[str]:
        return (findings.plans[sheet].kinds.get(tidy_name(printed)) or kind_of(printed),)

    rows = looked_up(rows, ["kind_printed", "sheet"], judge, {"kind": pl.String})
    silent = rows.filter(pl.col("kind_printed") == "")
    if silent.height:
        findings.say(WARNING, "no_kind", values={"count": silent["unit"].n_unique()})
    strange = rows.filter(pl.col("kind") == "other", pl.col("kind_printed") != "")
    strange = strange.unique("kind_printed", maintain_order=True)
    findings.rows(strange, "unknown_kind", "kind", "kind_printed", severity=WARNING)
    col = pl.col("sheet").replace_strict({name: _first(plan.columns) for name, plan in findings.plans.items()})
    named = pl.when(pl.col("name") == "").then(pl.col("unit_printed")).otherwise(pl.col("name"))
    rows = rows.with_columns(name=named, col=col, path=pl.lit(""))
    return rows.select(pl.col(name).cast(type_) for name, type_ in schema_of("care_unit").items())


def _first(columns: Mapping[str, int]) -> int:
    return columns.get("name") or columns.get("unit") or 1


def _days(first: str, last: str) -> tuple[date | None, date | None, str]:
    start, end = _period(first), _period(last)
    if start is None or end is None:
        return None, None, "valid_from" if start is None else "valid_to"
    from_, to = start[0] or ALWAYS, end[1]
    return from_, to, "order" if to and to < from_ else ""


def _period(printed: str) -> tuple[date | None, date | None] | None:
    """(first day, last day) of a printed day, month or year; (None, None) for an open end, None for what is no day."""
    if status_of(printed) == "unknown" or tidy_name(printed) in _OPEN:
        return None, None
    period = read_period(printed.removesuffix(" 00:00:00"))
    return (period.start, period.end) if period else None


def _check_days(units: pl.DataFrame, findings: Findings) -> None:
    ordered = units.sort("unit", "valid_from", "row").with_columns(
        before=pl.col("valid_from").shift().over("unit"),
        until=pl.col("valid_to").shift().over("unit"),
        first=pl.col("row").shift().over("unit"),
    )
    clash = (pl.col("before") == pl.col("valid_from")) | (pl.col("until") >= pl.col("valid_from"))
    findings.rows(
        ordered.filter(clash.fill_null(False)).sort("sheet", "row"),
        "unit_twice",
        "name",
        "name",
        values=("unit", "first"),
    )


def _resolved(units: pl.DataFrame, findings: Findings, register: Register) -> pl.DataFrame:
    """Parents and mergers by unit, where the list or the register has one of that id or name."""
    own = register_from(units)
    here = set(units["unit"]) | set(register.regions)

    def judge(printed: str, region: str) -> tuple[str, bool]:
        if not printed or status_of(printed) == "unknown":
            return "", True
        unit = printed.upper() if is_hsa_id(printed) else ""
        key = (region, tidy_name(printed))
        found = unit if unit in here else own.names.get(key) or register.names.get(key)
        return found or unit or printed, found is not None and found != ""

    for role, rule in (("parent", "unknown_parent"), ("merged_into", "unknown_merger")):
        units = looked_up(
            units.rename({role: "told"}), ["told", "region"], judge, {role: pl.String, "there": pl.Boolean}
        )
        findings.rows(units.filter(~pl.col("there")), rule, role, "told", severity=WARNING, values=("name",))
        units = units.drop("there", "told")
    return units.select(list(schema_of("care_unit")))


def _check_merged(units: pl.DataFrame, findings: Findings) -> None:
    still_open = units.filter(pl.col("merged_into") != "", pl.col("valid_to").is_null())
    findings.rows(still_open, "merged_open", "merged_into", "name", severity=WARNING)


def _check_vanished(units: pl.DataFrame, findings: Findings, register: Register) -> None:
    """Units of the register that still hold and that a newer list of their region does not have."""
    open_ = register.wordings.filter(pl.col("region").is_in(units["region"].unique().implode()))
    open_ = open_.group_by("unit", maintain_order=True).last().filter(pl.col("valid_to").is_null())
    gone = open_.filter(~pl.col("unit").is_in(units["unit"].unique().implode()))
    if gone.height:
        shown = ", ".join(gone["name"].sort().head(5))
        findings.say(WARNING, "vanished", found=shown, values={"count": gone.height})
