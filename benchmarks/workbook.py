"""Workbook of 20 000 rows: `everything_workbook` beside bare openpyxl write-only with the same cells and formats.

Prints ratios of one run, the median CPU seconds of three interleaved rounds: ours from an open store (questions,
evidence, wording, all five sheets, zip) over two bare loops that are handed finished values and write the data sheet
alone: the plain one makes a new cell for each formatted number, the tuned one keeps one cell per column and format.
The issue's bar is 1.3.
Run: python -m benchmarks.workbook
"""

import io
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import polars as pl
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from sqlalchemy import text as sql

from analysis.figures import _figures
from exports import every_figure, everything_workbook
from exports.data import everything_sheet
from indicators import catalogue
from models import Observation, Store, now, open_store

ROWS = 20_000
ROUNDS = 3
BAR = 1.3


def fill(store: Store) -> None:
    """Every indicator × region, monthly, until there are 20 000 observations of one upload."""
    known = catalogue()
    months = [date(2010 + at // 12, at % 12 + 1, 1) for at in range(12 * 15)]
    keys = [(one, code, month) for month in months for one in known.indicators for code in known.regions][:ROWS]
    frame = pl.DataFrame(
        {
            "upload_id": [1] * ROWS,
            "indicator": [key[0] for key in keys],
            "region": [key[1] for key in keys],
            "care_unit": [""] * ROWS,
            "period": [f"{key[2]:%Y-%m}" for key in keys],
            "period_start": [key[2] for key in keys],
            "period_end": [key[2].replace(day=28) for key in keys],
            "period_kind": ["month"] * ROWS,
            "sex": ["T"] * ROWS,
            "age": ["all"] * ROWS,
            "value": [round(40 + at % 509 / 10, 1) for at in range(ROWS)],
            "numerator": [float(400 + at % 97) for at in range(ROWS)],
            "denominator": [1000.0] * ROWS,
            "base_n": [1000.0] * ROWS,
            "flags": [""] * ROWS,
            "reason": [""] * ROWS,
            "printed": [""] * ROWS,
            "source": ["Benchmark"] * ROWS,
            "comment": [""] * ROWS,
            "sheet": ["Data"] * ROWS,
            "row": [at + 2 for at in range(ROWS)],
            "col": [5] * ROWS,
            "path": [""] * ROWS,
        }
    )
    moment = now()
    with store.write() as connection:
        connection.execute(
            sql(
                "INSERT INTO upload (id, file, sha256, size, content, layout, uploaded_at, uploaded_by, observations,"
                " ignored, report, synthetic, status)"
                " VALUES (1, 'b.csv', :sha, 0, :no, 'wide', :at, 'b', :n, 0, '{}', false, 'published')"
            ),
            {"sha": "0" * 64, "no": b"", "at": moment, "n": ROWS},
        )
        store.insert_rows(connection, Observation, frame)
        connection.execute(
            sql("INSERT INTO publication (upload_id, action, at, \"by\", note) VALUES (1, 'published', :at, 'b', '')"),
            {"at": moment},
        )


def ours(store: Store) -> bytes:
    _figures.cache_clear()  # the questions to the store are part of the price
    return everything_workbook(store, language="sv")


def bare(frame: pl.DataFrame, formats: dict[str, object], *, tuned: bool) -> bytes:
    """The data sheet alone, as one would write it by hand: no check of any text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    sheet.append(frame.columns)
    kinds = [formats.get(name) for name in frame.columns]
    kept: dict[tuple[int, str], WriteOnlyCell] = {}
    for at, row in enumerate(frame.iter_rows()):
        cells = []
        for number, (value, kind) in enumerate(zip(row, kinds, strict=True)):
            if value is None or value == "":
                cells.append(None)
                continue
            wanted = kind if isinstance(kind, str) else kind[at] if isinstance(kind, list) else None
            if isinstance(value, date):
                wanted = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
            if wanted is None:
                cells.append(value)
                continue
            cell = kept.get((number, wanted)) if tuned else None
            if cell is None:
                cell = WriteOnlyCell(sheet)
                cell.number_format = wanted
                kept[(number, wanted)] = cell
            cell.value = value
            cells.append(cell)
        sheet.append(cells)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def seconds(work: Callable[[], bytes]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'benchmark.sqlite3'}", create=True)
        fill(store)
        sheet = everything_sheet(every_figure(store), "sv")
        runs: dict[str, Callable[[], bytes]] = {
            "ours": lambda: ours(store),
            "plain": lambda: bare(sheet.frame, dict(sheet.formats), tuned=False),
            "tuned": lambda: bare(sheet.frame, dict(sheet.formats), tuned=True),
        }
        times: dict[str, list[float]] = {name: [] for name in runs}
        for _ in range(ROUNDS):
            for name, work in runs.items():
                times[name].append(seconds(work))
        store.close()
    middle = {name: statistics.median(found) for name, found in times.items()}
    print(f"{sheet.frame.height} rows x {sheet.frame.width} columns")
    for name in ("plain", "tuned"):
        ratio = middle["ours"] / middle[name]
        against = f"bare openpyxl, {name} {middle[name]:.2f} s"
        print(f"everything_workbook {middle['ours']:.2f} s / {against} = {ratio:.2f} (bar {BAR})")


if __name__ == "__main__":
    main()
