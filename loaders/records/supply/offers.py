"""What every unit offered in every period: one row per unit, service and period, with the cell that says so."""

from typing import Any, Final

import polars as pl

from analysis.records import schema_of
from indicators import tidy_name
from loaders.checks.context import looked_up
from loaders.problems import ERROR, WARNING, Ignored
from loaders.records.supply.findings import Findings
from loaders.records.supply.heads import service_key
from loaders.records.supply.plan import LONG, Plan, ServiceColumn
from loaders.records.supply.rows import leave_column
from loaders.records.supply.words import is_sum, status_of
from loaders.tables.addresses import cell, cell_range, runs
from loaders.tables.numbers import parse_number

_OF_ROW: Final = (
    "sheet",
    "row",
    "name",
    "unit",
    "region",
    "period",
    "period_start",
    "period_end",
    "period_kind",
    "comment",
)


def claimed_offers(plan: Plan, rows: pl.DataFrame, findings: Findings) -> list[pl.DataFrame]:
    """The rows' offers in the file's own words, one frame per column of a service: columns _OF_ROW,
    service, service_printed, status_printed, cases_printed, and the columns' numbers col, service_col and cases_col."""
    return [_long(plan, rows, findings)] if plan.shape == LONG else _wide(plan, rows, findings)


def _long(plan: Plan, rows: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    findings.rows(rows.filter(pl.col("service") == ""), "no_service", "service", "name")
    rows = rows.filter(pl.col("service") != "").rename({"service": "service_printed"})
    service = plan.columns.get("service", 1)
    col = plan.columns.get("status") or plan.columns.get("cases") or service

    def judge(printed: str) -> tuple[str]:
        named = plan.service_names.get(tidy_name(printed))
        return (service_key(printed, findings.known) if named is None else named,)

    rows = looked_up(rows, ["service_printed"], judge, {"service": pl.String})
    _leave_rows(plan, rows.filter(pl.col("service") == ""), findings)
    return rows.filter(pl.col("service") != "").select(
        *_OF_ROW,
        "service",
        "service_printed",
        pl.col("status").alias("status_printed"),
        pl.col("cases").alias("cases_printed"),
        *_cols(col, service, plan.columns.get("cases")),
    )


def _cols(col: int, service: int, cases: int | None) -> list[pl.Expr]:
    """Where an offer stands: its status, its service and its cases (0 where it has none)."""
    places = {"col": col, "service_col": service, "cases_col": cases or 0}
    return [pl.lit(place, pl.Int64).alias(name) for name, place in places.items()]


def _leave_rows(plan: Plan, rows: pl.DataFrame, findings: Findings) -> None:
    """Rows of services that a mapping leaves."""
    for name, part in rows.group_by("service_printed", maintain_order=True):
        for first, last in runs(part["row"]):
            place = cell_range(first, last, 1, plan.sheet.width)
            findings.ignored.append(Ignored(plan.sheet.name, place, "mapped_word", {"found": name[0]}))


def _wide(plan: Plan, rows: pl.DataFrame, findings: Findings) -> list[pl.DataFrame]:
    parts = []
    for service in columns_of_services(plan, rows, findings):
        cases = pl.col(f"c{service.cases}") if service.cases else pl.lit("")
        parts.append(
            rows.select(
                *_OF_ROW[:-1],
                pl.lit("").alias("comment"),
                pl.lit(service.service).alias("service"),
                pl.lit(service.printed).alias("service_printed"),
                pl.col(f"c{service.col}").alias("status_printed"),
                cases.alias("cases_printed"),
                *_cols(service.col, service.col, service.cases),
            )
        )
    return parts


def columns_of_services(plan: Plan, rows: pl.DataFrame, findings: Findings) -> list[ServiceColumn]:
    """The columns that hold services, from the left; of two with the same service the second is an error. A column
    whose name nobody knows is a service where most of its cells say a status, else it is listed as not read."""
    found = list(plan.services)
    for col, header in plan.unsure.items():
        if _says_statuses(rows, col, header, found):
            found.append(ServiceColumn(col, service_key(header, findings.known), header, plan.first - 1))
        else:
            leave_column(plan, rows, col, header, findings)
    kept: dict[str, ServiceColumn] = {}
    for each in sorted(found, key=lambda each: each.col):
        if each.service in kept:
            values = {"first": kept[each.service].printed}
            findings.say(ERROR, "service_twice", plan.sheet.name, cell(each.row, each.col), each.printed, "", values)
        kept.setdefault(each.service, each)
    return list(kept.values())


def _says_statuses(rows: pl.DataFrame, col: int, header: str, services: list[ServiceColumn]) -> bool:
    if is_sum(header):
        return False
    texts = [text for text in rows[f"c{col}"] if text]
    if not texts:
        return min(each.col for each in services) < col < max(each.col for each in services)
    return sum(status_of(text) is not None for text in texts) >= len(texts) / 2


def judged_offers(claimed: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """The offers with status and cases, columns of service_offer; what cannot be read is an error."""

    def status(printed: str, sheet: str) -> tuple[str | None]:
        return (findings.plans[sheet].statuses.get(tidy_name(printed)) or status_of(printed),)

    claimed = looked_up(claimed, ["status_printed", "sheet"], status, {"status": pl.String})
    findings.rows(claimed.filter(pl.col("status").is_null()), "unknown_status", "col", "status_printed")
    claimed = looked_up(claimed, ["cases_printed"], _cases, {"cases": pl.Float64, "bad_cases": pl.Boolean})
    findings.rows(claimed.filter("bad_cases"), "bad_cases", "cases_col", "cases_printed")
    silent = pl.col("status_printed") == ""
    handled = silent & (pl.col("cases") > 0)
    none = claimed.filter(silent, pl.col("cases") == 0)
    if none.height:
        findings.say(WARNING, "no_cases", values={"count": none.height})
    _check_marks(claimed.filter(pl.col("cases").is_null()), findings)
    refused = claimed.filter(pl.col("status").is_in(["not_offered", "not_applicable"]), pl.col("cases") > 0)
    findings.rows(refused, "cases_not_offered", "cases_col", "cases_printed", severity=WARNING)
    status_told = pl.when(handled).then(pl.lit("offered")).otherwise(pl.col("status"))
    printed = pl.when(silent).then(pl.col("cases_printed")).otherwise(pl.col("status_printed"))
    return claimed.with_columns(status=status_told, printed=printed).filter(pl.col("status").is_not_null())


def _check_marks(claimed: pl.DataFrame, findings: Findings) -> None:
    """Files that tick what is offered and leave the rest empty: an empty cell is read as not known, never as no."""
    empty = claimed.filter(pl.col("status_printed") == "").height
    told = set(claimed.filter(pl.col("status_printed") != "")["status"])
    if empty and told == {"offered"}:
        findings.say(WARNING, "only_marked", values={"count": empty})


def _cases(printed: str) -> tuple[float | None, bool]:
    if status_of(printed) == "unknown":
        return None, False
    number = parse_number(printed)
    whole = number is not None and number >= 0 and number == int(number)
    return (number, False) if whole else (None, True)


def check_offers(offers: pl.DataFrame, findings: Findings) -> None:
    """A second statement of the same unit, service and period is an error; a service nobody knows is a warning."""
    again = pl.int_range(pl.len()).over("unit", "service", "period", order_by=["sheet", "row"]) > 0
    of_row = pl.struct("sheet", "row", "service_col")
    first = of_row.first().over("unit", "service", "period")
    twice = offers.with_columns(first=first, again=again).filter("again").unique(["sheet", "row"], maintain_order=True)
    places = [
        " ".join(filter(None, (each["sheet"], cell(each["row"], each["service_col"])))) for each in twice["first"]
    ]
    twice = twice.with_columns(first=pl.Series(places, dtype=pl.String))
    findings.rows(twice, "offer_twice", "service_col", "name", values=("unit", "service_printed", "first"))
    unknown = offers.filter(pl.col("service").str.starts_with("?"))
    for (_,), part in unknown.group_by("service", maintain_order=True):
        row = part.row(0, named=True)
        plan = findings.plans[row["sheet"]]
        at = row["row"] if plan.shape == LONG else _header_row(plan, row["col"])
        findings.say(
            WARNING,
            "unknown_service",
            row["sheet"],
            cell(at, row["service_col"]),
            row["service_printed"],
            "",
            {"count": part["unit"].n_unique()},
        )


def _header_row(plan: Plan, col: int) -> int:
    return next((each.row for each in plan.services if each.col == col), plan.first - 1)


def stored_offers(offers: pl.DataFrame) -> pl.DataFrame:
    """The columns of service_offer, in their types."""
    schema: dict[str, Any] = schema_of("service_offer")
    offers = offers.sort("sheet", "row", "col").with_columns(path=pl.lit(""))
    return offers.select(pl.col(name).cast(type_) for name, type_ in schema.items())
