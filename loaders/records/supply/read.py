"""A document of supply or units → records, every sheet of it, judged together."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

import polars as pl
from sqlalchemy import text as sql

from analysis.moments import today_in_sweden
from indicators import Catalogue
from loaders.problems import WARNING, Ignored
from loaders.records.reading import RecordReading
from loaders.records.supply.findings import Findings
from loaders.records.supply.heads import heads_of
from loaders.records.supply.nameless import say_nameless
from loaders.records.supply.offers import check_offers, claimed_offers, judged_offers, stored_offers
from loaders.records.supply.periods import resolve_periods
from loaders.records.supply.plan import UNITS, Plan
from loaders.records.supply.register import register_of
from loaders.records.supply.rows import rows_of_units
from loaders.records.supply.seen import described_units
from loaders.records.supply.units import resolve_units
from loaders.records.supply.wordings import listed_units
from loaders.tables.addresses import cell_range
from loaders.tables.document import ROW, Document, Sheet
from models import Store
from models.publications import COUNTING_UPLOADS, FOREVER


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
