"""A document of supply or units → records, every sheet of it, judged together: the period of each row, and what a
unit list says of units that published supply knows by name alone."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Final

import polars as pl
from sqlalchemy import text as sql

from analysis.moments import today_in_sweden
from indicators import Catalogue, parse_period
from loaders.checks.context import looked_up
from loaders.problems import WARNING, Ignored
from loaders.records.reading import RecordReading
from loaders.records.supply.findings import Findings
from loaders.records.supply.heads import heads_of
from loaders.records.supply.offers import check_offers, claimed_offers, judged_offers, stored_offers
from loaders.records.supply.plan import UNITS, Plan
from loaders.records.supply.register import NAMED, register_of, unit_named
from loaders.records.supply.rows import rows_of_units
from loaders.records.supply.seen import described_units
from loaders.records.supply.units import resolve_units
from loaders.records.supply.wordings import listed_units
from loaders.tables.addresses import cell_range
from loaders.tables.document import ROW, Document, Sheet
from loaders.tables.periods import FUTURE, UNENDED, not_over, read_period
from models import Store
from models.publications import COUNTING_UPLOADS, FOREVER

_NAMELESS: Final = f"""
SELECT DISTINCT o.unit, u.file
FROM service_offer o JOIN {COUNTING_UPLOADS} AS p ON p.upload_id = o.upload_id JOIN upload u ON u.id = o.upload_id
WHERE o.unit LIKE :own
"""  # noqa: S608 (our own text)
_SHOWN: Final = 5


def read_supply(document: Document, known: Catalogue, store: Store | None) -> RecordReading:
    """The records of a document whose headers a layout knows."""
    return read_planned(document, heads_of(document, known), known, store)


def read_planned(
    document: Document, planned: Iterable[tuple[Sheet, Plan | None]], known: Catalogue, store: Store | None
) -> RecordReading:
    """The records of the sheets that have a plan; the others are listed, and to be confirmed."""
    found = list(planned)
    plans = {sheet.name: plan for sheet, plan in found if plan}
    findings = Findings(known, plans)
    for sheet, plan in found:
        if plan is None:
            last = int(sheet.cells[ROW].max() or 1)  # type: ignore[arg-type]
            findings.ignored.append(Ignored(sheet.name, cell_range(1, last, 1, max(sheet.width, 1)), "other_sheet"))
            findings.say(WARNING, "sheet_not_read", sheet.name)
    records = _records(findings, store)
    return RecordReading(
        {kind: frame for kind, frame in records.items() if frame.height},
        tuple(findings.problems),
        tuple(findings.ignored),
        document.says_synthetic,
    )


def _records(findings: Findings, store: Store | None) -> dict[str, pl.DataFrame]:
    register = register_of(store)
    listed: list[pl.DataFrame] = []
    offered: list[pl.DataFrame] = []
    claimed: list[pl.DataFrame] = []
    for plan in findings.plans.values():
        rows = resolve_units(rows_of_units(plan, findings), findings, register)
        if plan.shape == UNITS:
            listed.append(rows)
            continue
        rows = resolve_periods(rows, findings, today_in_sweden())
        offered.append(rows)
        claimed += claimed_offers(plan, rows, findings)
    records: dict[str, pl.DataFrame] = {}
    units = [listed_units(pl.concat(_texts(listed)), findings, register)] if listed else []
    if units:
        say_nameless(store, units[0], findings)
    if offered:
        rows = pl.concat(_texts(offered))
        _say_linked(rows, findings)
        here = {unit for frame in units for unit in frame["unit"]}
        units.append(described_units(rows, here, findings, register, partial(_newest, store, rows)))
    if claimed:
        offers = judged_offers(pl.concat(claimed), findings)
        check_offers(offers, findings)
        records["service_offer"] = stored_offers(offers)
    return {"care_unit": pl.concat(units), **records} if units else records


def _texts(frames: Sequence[pl.DataFrame]) -> list[pl.DataFrame]:
    """The rows without the sheets' own columns, which differ from sheet to sheet."""
    own = re.compile(r"c\d+")
    return [frame.select(name for name in frame.columns if not own.fullmatch(name)) for frame in frames]


def _say_linked(rows: pl.DataFrame, findings: Findings) -> None:
    count = rows.filter("linked")["unit"].n_unique()
    if count:
        findings.say(WARNING, "linked", values={"count": count})


def _newest(store: Store | None, rows: pl.DataFrame) -> date | None:
    """The last day any published offer of these regions is about."""
    if store is None or rows.is_empty():
        return None
    codes = rows["region"].unique().to_list()
    places = ", ".join(f":r{place}" for place in range(len(codes)))
    query = sql(f"""
        SELECT max(period_end) FROM service_offer
        WHERE region IN ({places}) AND upload_id IN (SELECT p.upload_id FROM {COUNTING_UPLOADS} AS p)
    """)  # noqa: S608 (our own names)
    named = {f"r{place}": code for place, code in enumerate(codes)}
    with store.read() as connection:
        found = connection.execute(query, {**named, "until": FOREVER}).scalar_one()
    return date.fromisoformat(str(found)) if found else None


def say_nameless(store: Store | None, units: pl.DataFrame, findings: Findings) -> None:
    """Supply published before the list keeps its units by name: they stand beside the list's until it is read anew."""
    listed = units.filter(~pl.col("unit").str.starts_with(NAMED))
    if store is None or listed.is_empty():
        return
    names = {unit_named(region, name): name for region, name in listed.select("region", "name").iter_rows()}
    schema = {"unit": pl.String, "file": pl.String}
    known = store.frame(_NAMELESS, schema, until=FOREVER, own=f"{NAMED}%")
    told = known.filter(pl.col("unit").is_in(list(names)))
    if told.is_empty():
        return
    alike = sorted(names[unit] for unit in told["unit"].unique())
    files = ", ".join(told["file"].unique().sort().head(_SHOWN))
    shown = ", ".join(alike[:_SHOWN])
    findings.say(WARNING, "nameless", found=shown, values={"count": len(alike), "files": files})


def resolve_periods(rows: pl.DataFrame, findings: Findings, today: date) -> pl.DataFrame:
    """Rows with period, period_start, period_end and period_kind; a period that is missing, unreadable or has not begun
    is an error, one that has not ended is to be confirmed. A day is the day an inventory was made: it counts for its
    month, and is to be confirmed."""

    def judge(printed: str) -> tuple[object, ...]:
        period = read_period(printed) if printed else None
        if period is None:
            return None, None, None, None, "unreadable_period" if printed else "no_period", False
        fault = not_over(period.start, period.end, today)
        month = parse_period(period.key[:7]) if period.kind == "day" else None
        counted = month or period
        return counted.key, counted.start, counted.end, counted.kind, fault, month is not None

    schema = {
        "key": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "period_kind": pl.String,
        "fault": pl.String,
        "day": pl.Boolean,
    }
    rows = looked_up(rows, ["period"], judge, schema)
    for (sheet,), _ in rows.filter(pl.col("fault") == "no_period").group_by("sheet", maintain_order=True):
        if "period" not in findings.plans[str(sheet)].columns:
            findings.say("error", "no_period", str(sheet))
    blank = pl.col("sheet").is_in([name for name, plan in findings.plans.items() if "period" in plan.columns])
    findings.rows(rows.filter(pl.col("fault") == "no_period", blank), "no_period", "period", "period")
    for fault in ("unreadable_period", FUTURE):
        findings.rows(rows.filter(pl.col("fault") == fault), fault, "period", "period")
    unended = rows.filter(pl.col("fault") == UNENDED).unique("period", maintain_order=True)
    findings.rows(unended, UNENDED, "period", "period", severity=WARNING)
    rows = rows.with_columns(fault=pl.col("fault").replace(UNENDED, ""))
    days = rows.filter("day", pl.col("fault") == "").unique("period", maintain_order=True)
    days = days.with_columns(month=pl.col("key"))
    findings.rows(days, "day_period", "period", "period", severity=WARNING, values=("month",))
    return rows.filter(pl.col("fault") == "").drop("period", "fault", "day").rename({"key": "period"})
