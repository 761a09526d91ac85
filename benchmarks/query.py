"""One indicator in the regions over ten years, asked of stores of ten thousand to ten million figures, beside others'
ways of answering the same question.

    python -m benchmarks.query [ROWS …]

The store holds the regions' own yearly figures of every indicator, and figures of single care units by month, the same
indicator's among them, in as many uploads as their publishers would send. Asked is what a page reads first: every
region and year of one indicator. Ours is told twice: the question put to the store, and all that makes it a figure
(which of several uploads stands, evidence, small numbers), nothing kept from before. Datasette answers over its own
door inside the process, by the very SQL of ours; DuckDB and polars read the same columns from a Parquet file of the
rows, sorted by indicator, and know nothing of uploads. The bars: the
question takes at most 1.3 times as long of the largest store as of the smallest, and never longer than datasette.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice, product
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import duckdb
import polars as pl
from datasette.app import Datasette

from analysis import figures as figures_module
from analysis.figures import figures_of
from indicators import catalogue
from models import Store, open_store
from models.publications import FOREVER
from models.tables import SHOWN

SIZES: Final = (10_000, 100_000, 1_000_000, 10_000_000)
TIMES = 15
ASKED: Final = "trust_overall"
YEARS: Final = range(2014, 2024)
_AN_UPLOAD: Final = 100_000  # rows
_AT_A_TIME: Final = 500_000
_FLAT, _MOST = 1.3, 1.0
_SHOWN: Final = f"indicator = '{ASKED}' AND care_unit = '' AND age = 'all'"
_COLUMNS: Final = (
    "upload_id", "indicator", "region", "care_unit", "period", "period_start", "period_end", "period_kind", "sex",
    "age", "value", "base_n", "flags", "reason", "printed", "decimals", "source", "comment", "sheet", "row", "col",
    "path",
)  # fmt: skip
_NUMBERS: Final = ("value", "base_n")
_WHOLE: Final = ("upload_id", "decimals", "row", "col")


def rows_of(count: int) -> Iterator[tuple[Any, ...]]:
    """So many rows of observations: first the regions' years of every indicator, then units by month."""
    known = catalogue()
    names, regions = sorted(known.indicators), known.region_codes
    years = ((name, region, "", str(year), f"{year}-01-01", f"{year}-12-31", "year") for year, name, region in
             product(YEARS, names, regions))  # fmt: skip
    months = (
        (name, region, f"unit{unit:05d}", f"{year}-{month:02d}", f"{year}-{month:02d}-01", f"{year}-{month:02d}-28",
         "month")
        for unit, year, month, name, region in product(range(10**6), YEARS, range(1, 13), names, regions)
    )  # fmt: skip
    for number, place in zip(range(count), (each for part in (years, months) for each in part), strict=False):
        value = 40 + number % 500 / 10
        rest = ("T", "all", value, 500 + number % 4000, "", "", f"{value:.1f}", 1, "", "", "", number + 1, 4, "")
        yield (number // _AN_UPLOAD + 1, *place, *rest)


def filled(folder: Path, count: int) -> Store:
    """A store with so many figures, published, and a Parquet file of them beside it (rows.parquet)."""
    store = open_store(f"sqlite:///{folder / 'store.sqlite3'}", create=True)
    names, marks = ", ".join(f'"{name}"' for name in _COLUMNS), ", ".join("?" * len(_COLUMNS))
    uploads = [(number,) for number in range(1, (count - 1) // _AN_UPLOAD + 2)]
    with store.write() as connection:
        driver: Any = connection.connection.driver_connection
        driver.executemany(
            "INSERT INTO upload (id, file, sha256, size, layout, uploaded_at, uploaded_by, observations, ignored, "
            "report, synthetic, status, content) VALUES (?, 'made.csv', printf('%064d', ?1), 1, 'template', "
            "'2026-01-01T00:00:00.000000Z', 'local', 1, 0, '{}', 1, 'published', x'00')",
            uploads,
        )
        driver.executemany(
            "INSERT INTO publication (upload_id, action, at, by, note, confirmations) "
            "VALUES (?, 'published', '2026-01-01T00:00:00.000000Z', 'local', '', '[]')",
            uploads,
        )
        driver.executemany(f"INSERT INTO observation ({names}) VALUES ({marks})", rows_of(count))  # noqa: S608
    with store.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
    held = {name: pl.Float64 if name in _NUMBERS else pl.Int64 if name in _WHOLE else pl.String for name in _COLUMNS}
    rows = rows_of(count)
    for number in range(0, count, _AT_A_TIME):
        part = pl.DataFrame(list(islice(rows, _AT_A_TIME)), schema=held, orient="row")
        part.write_parquet(folder / f"part{number}.parquet")
    sorted_rows = f"SELECT * FROM '{folder}/part*.parquet' ORDER BY indicator"  # noqa: S608 (our own words)
    with duckdb.connect() as base:
        base.execute(f"COPY ({sorted_rows}) TO '{folder / 'rows.parquet'}'")
    return store


def milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """Median and slowest of TIMES, after one that is not counted."""
    work()
    spent = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent), max(spent)


def one_size(count: int) -> dict[str, tuple[float, float]]:
    """Milliseconds of each way to ask a store of so many figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = filled(folder, count)
        indicator, rows = catalogue().indicators[ASKED], f"'{folder / 'rows.parquet'}'"
        shown = [pl.col(name) == value for name, value in (("indicator", ASKED), *SHOWN.items())]

        def whole() -> int:
            figures_module._figures.cache_clear()
            figures_module._selected.cache_clear()
            return figures_of(store, indicator).height

        question = {"indicator": ASKED, "until": FOREVER}
        plain = milliseconds(lambda: store.frame(figures_module._CURRENT, figures_module._CURRENT_SCHEMA, **question))
        served = Datasette([str(folder / "store.sqlite3")], settings={"max_returned_rows": 100_000})
        asked = {"sql": figures_module._CURRENT, "_shape": "array", **question}
        address = f"/store.json?{urlencode(asked)}"
        loop = asyncio.new_event_loop()
        answer = loop.run_until_complete(served.client.get(address))
        assert len(answer.json()) == whole(), answer.text[:500]
        base, filtered = duckdb.connect(), f"SELECT * FROM {rows} WHERE {_SHOWN}"  # noqa: S608 (our own words)
        found = {
            "ours, the question": plain,
            "ours, all of it": milliseconds(whole),
            "datasette": milliseconds(lambda: loop.run_until_complete(served.client.get(address))),
            "DuckDB over Parquet": milliseconds(lambda: base.sql(filtered).fetchall()),
            "polars over Parquet": milliseconds(
                lambda: pl.scan_parquet(folder / "rows.parquet").filter(*shown).collect().rows()
            ),
        }
        loop.close()
        base.close()
        store.close()
    return found


def main(sizes: list[int]) -> None:
    os.environ.setdefault("DASHBOARD_LANGUAGE", "sv")
    found = {size: one_size(size) for size in sizes}
    print(f"{ASKED}, every region and year; milliseconds, median (slowest) of {TIMES}")
    print(f"{'figures stored':<22}" + "".join(f"{size:>18,}".replace(",", " ") for size in sizes))
    for way in found[sizes[0]]:
        told = "".join(f"{f'{median:.2f} ({slowest:.1f})':>18}" for median, slowest in (found[s][way] for s in sizes))
        print(f"{way:<22}{told}")
    ours, last = [found[size]["ours, the question"][0] for size in sizes], found[sizes[-1]]
    print(f"the question, largest store / smallest: {ours[-1] / ours[0]:.2f} (bar {_FLAT})")
    print(f"the question / datasette, largest store: {ours[-1] / last['datasette'][0]:.2f} (bar {_MOST:.0f})")
    print(f"all of it / datasette, largest store: {last['ours, all of it'][0] / last['datasette'][0]:.2f}")


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or list(SIZES))
