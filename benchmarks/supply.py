"""Supply on a store of 1 500 care units × 30 services × 60 months = 2.7 M offers: how long do the page's questions and
the gap list take? Bars: the page's script run at most 1.5 s the first time and 300 ms warm, a gap list of 20 000 rows
at most 5 s.

    python -m benchmarks.supply [STORE.sqlite3]      a store given is built once and kept for the next run

Prints, for offers that came in one upload a month, the first time and warm, beside the bar. What one question has read
the next one has ready, as on the page.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
from sqlmodel import Session
from streamlit.testing.v1 import AppTest  # noqa: TID251 (measures the page)

from analysis import supply
from exports.supply.cover import SupplyQuestion
from exports.supply.workbook import gaps_csv, gaps_workbook
from indicators import catalogue, period_of
from models import Publication, Store, Upload, now, open_store
from models.records import ALWAYS, CareUnit, ServiceOffer
from models.settings import PROJECT

UNITS, SERVICES, MONTHS, REGIONS = 1500, 30, 60, 6
GAPS = 20_000
SECTIONS = ("regions", "within", "matrix", "gaps", "change", "mend")
WARM_RUNS = 5
_STATUSES = ("offered", "not_offered", "not_applicable", "unknown")


def _upload(store: Store, file: str, fill: Callable[[Any, int], None]) -> None:
    content = file.encode()
    with store.write() as connection, Session(connection) as session:
        upload = Upload(
            file=file,
            sha256=sha256(content).hexdigest(),
            size=len(content),
            content=content,
            layout="supply_long",
            uploaded_at=now(),
            uploaded_by="benchmark",
            observations=0,
            ignored=0,
            report="{}",
            synthetic=True,
            status="published",
        )
        session.add(upload)
        session.flush()
        assert upload.id is not None
        fill(connection, upload.id)
        session.add(Publication(upload_id=upload.id, action="published", at=now(), by="benchmark"))
        session.flush()


def _region(number: int) -> str:
    return catalogue().default_group.regions[number % REGIONS]


def _units() -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "unit": f"SE23210000-{number:04d}",
                "valid_from": ALWAYS,
                "name": f"Exempel hälsocentral {number}",
                "kind": "health_centre" if number % 3 else "clinic",
                "kind_printed": "",
                "region": _region(number),
                "municipality": f"Kommun {number // REGIONS % 15}",
                "area": "",
                "parent": "",
                "merged_into": "",
                "sheet": "Enheter",
                "row": number + 2,
                "col": 1,
                "path": "",
            }
            for number in range(UNITS)
        ]
    )


def _statuses(services: list[str], drawn: random.Random) -> list[str]:
    """Every third unit offers next to nothing, so that some are below the level and the gap list is long."""
    return [
        status
        for number in range(UNITS)
        for status in drawn.choices(_STATUSES, (11, 15, 2, 2) if number % 3 else (2, 24, 2, 2), k=len(services))
    ]


def _offers(services: list[str], month: str, drawn: random.Random) -> pl.DataFrame:
    period = period_of(month)
    cells = [(number, at) for number in range(UNITS) for at in range(len(services))]
    return pl.DataFrame(
        {
            "unit": [f"SE23210000-{number:04d}" for number, _ in cells],
            "service": [services[at] for _, at in cells],
            "region": [_region(number) for number, _ in cells],
            "status": _statuses(services, drawn),
            "row": [number + 5 for number, _ in cells],
            "col": [at + 3 for _, at in cells],
        }
    ).with_columns(
        period=pl.lit(month),
        period_start=pl.lit(period.start),
        period_end=pl.lit(period.end),
        period_kind=pl.lit(period.kind),
        cases=pl.lit(None, pl.Float64),
        service_printed=pl.lit("Tjänst i filens ord"),
        printed=pl.lit("ja"),
        comment=pl.lit(""),
        sheet=pl.lit("Utbud"),
        path=pl.lit(""),
    )


def build(store: Store) -> None:
    """The units in one upload, then each month's offers in one of their own."""
    drawn = random.Random(1177)
    known = list(catalogue().eservices)
    services = known + [f"service_{number}" for number in range(len(known), SERVICES)]

    def put(model: type, frame: pl.DataFrame) -> Callable[[Any, int], None]:
        return lambda connection, upload: store.insert_rows(
            connection, model, frame.with_columns(pl.lit(upload).alias("upload_id"))
        )

    _upload(store, "enheter-syntetisk.xlsx", put(CareUnit, _units()))
    for number in range(MONTHS):
        month = f"{2020 + number // 12}-{number % 12 + 1:02d}"
        _upload(store, f"utbud-{month}-syntetisk.xlsx", put(ServiceOffer, _offers(services, month, drawn)))


class Took(NamedTuple):
    """Seconds by the clock, and of the processor: on a busy machine only the latter says something."""

    clock: float
    processor: float


def timed(work: Callable[[], Any]) -> tuple[Any, Took]:
    clock, processor = time.perf_counter(), time.process_time()
    given = work()
    return given, Took(time.perf_counter() - clock, time.process_time() - processor)


def _said(what: str, first: Took, warm: Took | None, bar: float) -> None:
    again = "" if warm is None else f"   warm{warm.clock * 1000:8.1f} ms"
    ratio = f"{first.clock / bar:6.2f} × the bar of {bar} s"
    print(f"{what:34}{first.clock:8.3f} s (processor {first.processor:6.3f}){ratio}{again}")


def main(place: Path) -> None:
    fresh = not place.exists()
    store = open_store(f"sqlite:///{place}", create=True)
    if fresh:
        _, took = timed(lambda: build(store))
        print(f"built {UNITS * SERVICES * MONTHS:,} offers in {took.clock:.0f} s, {place.stat().st_size / 1e6:.0f} MB")
    every = catalogue().default_group.regions
    (period, *_), took = timed(lambda: supply.supply_periods(store))
    rule = supply.minimum_rule("4", period)
    asked = {
        "standing": lambda: supply.standing(store, period, rule),
        "shares": lambda: supply.shares(supply.standing(store, period, rule), ("code", "municipality")),
        "compared shares": lambda: supply.compared_shares(store, period, rule),
        "offers (the matrix), one region": lambda: supply.offers(store, period, codes=every[:1]),
        "gaps, all regions": lambda: supply.gaps(store, period, rule, codes=every),
        "if closed": lambda: supply.if_closed(store, period, rule, 5, code=every[0]),
        "share over time, one region": lambda: supply.share_over_time(store, rule, codes=every[:1]),
        "share over time, all regions": lambda: supply.share_over_time(store, rule, codes=every),
    }
    _said("periods", took, timed(lambda: supply.supply_periods(store))[1], 1.5)
    for what, work in asked.items():
        _said(what, timed(work)[1], timed(work)[1], 1.5)
    listed = supply.gaps(store, period, rule, codes=every).head(GAPS)
    question = SupplyQuestion(period, rule, supply.COUNTED_KINDS, every, store.data_version())
    for what, make in (("gap list as xlsx", gaps_workbook), ("gap list as csv", gaps_csv)):
        _said(what, timed(lambda make=make: make(listed, question, language="sv"))[1], None, 5)
    store.close()
    draw_page(place)


def draw_page(place: Path) -> None:
    """Each section's whole script run through AppTest, whose own work is some milliseconds: the first time it is drawn
    (the period's offers are read by the first section), and the median of the warm runs."""
    os.environ["DATABASE_URL"] = f"sqlite:///{place}"
    page = AppTest.from_file(str(PROJECT / "dashboard.py"))
    page.run(timeout=60)
    for section in SECTIONS:
        page.switch_page("pages/supply.py")
        page.query_params["view"] = section
        first, *warm = (timed(lambda: page.run(timeout=60))[1] for _ in range(1 + WARM_RUNS))
        assert not page.exception, page.exception
        _said(f"page, {section}", first, sorted(warm)[WARM_RUNS // 2], 1.5)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(Path(folder) / "supply.sqlite3")
