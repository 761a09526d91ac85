"""Loading a Vården i siffror CSV, recognise → check → publish, beside the least a user could do: polars.read_csv
and an executemany of the same rows into the same table with its constraints and indexes.

    python benchmarks/load.py [ROWS …]

prints ratios (the bar: at most 2; the one by CPU does not depend on what else the machine does), seconds per 100 000
rows (linear) and the peak memory of a process that loads; and the same file by sqlite-utils, and into PostgreSQL beside
psql's `\\copy` of it.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from itertools import islice, product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import polars as pl

from access import LOCAL_CLI
from indicators import catalogue
from loaders import check_file, publish_file
from models import open_store
from tests.postgres import programs, running_server

HEADER = (
    "Datum och tid för uttag;Register/källa;Titel;Diagramrubrik;Indikator-Id;Mätperiod;Länskod;Enhetskod;Enhetstyp;"
    "Enhetsnamn;Ålder;Kön/Totalt;Måttenhet;Värde;Täljare;Nämnare/antal fall;KI-Låg;KI-Hög;"
    "Täckningsgrad i %;Bortfall i %;Önskat värde;Högsta målnivå;Utgivare målnivå;Område"
)
SIZES = (10_000, 100_000, 200_000, 1_000_000)


def write_file(path: Path, rows: int) -> None:
    """A file of the 2019 layout with `rows` distinct keys: indicators × regions × sexes × days from 1900 on."""
    known = catalogue()
    titled = [
        (each.publisher_ids.vardenisiffror[0], each.title.sv, each.guids[0] if each.guids else "-")
        for each in known.indicators.values()
        if each.publisher_ids.vardenisiffror and each.unit == "percent"
    ]
    days = (date(1900, 1, 1) + timedelta(days=number) for number in range(45_000))
    regions = [known.regions[code] for code in known.region_codes]
    keys = islice(product(days, titled, regions, ("Totalt", "Kvinnor", "Män")), rows)
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        out.write(HEADER + "\r\n")
        for number, (day, (title, heading, guid), region, sex) in enumerate(keys):
            value, base = 40 + number % 500 / 10, 500 + number % 4000
            out.write(
                f"2026-01-01 12:00:00;Väntetider i vården;{title};{heading};{guid};{day};{region.code};{region.code};"
                f"Län;{region.name};Alla;{sex};%;{value:.1f};{int(base * value / 100)};{base};{value - 2:.1f};"
                f"{value + 2:.1f};0;-;Högt;-;-;Hälso- och sjukvård i rimlig tid\r\n".replace(".", ",")
            )


def clock() -> tuple[float, float]:
    """Seconds by the clock on the wall, and of the processor's time."""
    return time.perf_counter(), time.process_time()


def by_hand(path: Path, folder: Path) -> tuple[float, float]:
    """Seconds (wall, CPU) for read_csv + executemany of ready rows into an empty store of ours."""
    store = open_store(f"sqlite:///{folder / 'plain.sqlite3'}", create=True)
    checked = check_file(None, path.name, path.read_bytes())
    names = [*checked.observations.columns, "upload_id"]
    frame = checked.observations.with_columns(
        pl.col("period_start", "period_end").dt.to_string("iso"), upload_id=pl.lit(1)
    )
    rows = frame.rows()
    marks = ", ".join("?" * len(names))
    quoted = ", ".join(f'"{name}"' for name in names)
    with store.engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")  # no upload row: the by-hand user has none
        start, cpu = clock()
        pl.read_csv(path, separator=";", infer_schema=False)
        driver.execute("BEGIN")
        driver.executemany(f"INSERT INTO observation ({quoted}) VALUES ({marks})", rows)  # noqa: S608
        driver.execute("COMMIT")
        end, cpu_end = clock()
    store.close()
    return end - start, cpu_end - cpu


def by_sqlite_utils(path: Path, folder: Path) -> float:
    """Seconds for `sqlite-utils insert` of the csv into a table of texts, without keys or checks."""
    words = ["insert", str(folder / "theirs.sqlite3"), "rows", str(path), "--csv", "--delimiter", ";"]
    words += ["--encoding", "utf-8-sig", "--no-detect-types"]
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "sqlite_utils", *words], check=True, capture_output=True)
    return time.perf_counter() - start


def by_copy(path: Path, server: str) -> float:
    """Seconds for psql's `\\copy` of the csv into a table of texts, without keys or checks."""
    columns = ", ".join(f"c{number} text" for number in range(HEADER.count(";") + 1))
    copy = f"\\copy plain FROM '{path}' WITH (FORMAT csv, DELIMITER ';', HEADER)"
    psql = [str(programs() / "psql"), server, "-q", "-c"]
    subprocess.run([*psql, f"CREATE TABLE plain ({columns})"], check=True)
    start = time.perf_counter()
    subprocess.run([*psql, copy], check=True)
    return time.perf_counter() - start


def by_loaders(path: Path, url: str) -> tuple[float, float, float]:
    """Seconds to check and to publish, and the CPU seconds of both."""
    store = open_store(url, create=True)
    start, cpu = clock()
    checked = check_file(store, path.name, path.read_bytes())
    middle = time.perf_counter()
    published = publish_file(store, checked, by=LOCAL_CLI, accept_warnings=True)
    end, cpu_end = clock()
    assert not published.repeat
    store.close()
    return middle - start, end - middle, cpu_end - cpu


def one_size(rows: int) -> None:
    """Run in a process of its own, so that the peak memory is this size's."""
    with tempfile.TemporaryDirectory() as name:
        folder, path = Path(name), Path(name) / "file.csv"
        write_file(path, rows)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        check, publish, cpu = by_loaders(path, f"sqlite:///{folder / 'ours.sqlite3'}")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        hand, hand_cpu = by_hand(path, folder)
        megabytes = path.stat().st_size / 1e6
        theirs = by_sqlite_utils(path, folder)
        with running_server(swedish=False) as server:
            copied = by_copy(path, server)
            subprocess.run([str(programs() / "createdb"), f"--maintenance-db={server}", "ours"], check=True)
            pg_check, pg_publish, _ = by_loaders(path, server.rpartition("/")[0] + "/ours")
    ours, on_postgresql = check + publish, pg_check + pg_publish
    print(
        f"{rows:>9} rows {megabytes:6.0f} MB: ours {ours:6.2f} s (check {check:.2f}, publish {publish:.2f}), "
        f"by hand {hand:6.2f} s, ratio {ours / hand:4.2f} (bar 2), by CPU {cpu / hand_cpu:4.2f}; "
        f"{ours / rows * 1e5:.2f} s per 100 000 rows; "
        f"peak {peak:.0f} MiB (start {before:.0f}; bar 1024)\n"
        f"{rows:>9} rows: sqlite-utils {theirs:.2f} s, {theirs / ours:.2f} × ours on SQLite (bar 3), "
        f"{theirs / on_postgresql:.2f} × on PostgreSQL (bar 3); PostgreSQL {on_postgresql:.2f} s (check "
        f"{pg_check:.2f}, publish {pg_publish:.2f}), \\copy {copied:.2f} s, "
        f"ratio {on_postgresql / copied:.2f} (bar 2.5)",
        flush=True,
    )


def main(sizes: list[int]) -> None:
    os.environ.setdefault("DASHBOARD_MAX_FILE_MB", "500")
    if len(sizes) == 1:
        one_size(sizes[0])
        return
    for rows in sizes or SIZES:
        subprocess.run([sys.executable, __file__, str(rows)], check=True)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]])
