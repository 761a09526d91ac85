"""What can happen to a machine: after each the store is as before or as after, and what happened was said in words."""

import fcntl
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from access import LOCAL_CLI
from analysis.figures import figures_of
from indicators import catalogue
from loaders import check_file, publish_file, restore_upload, withdraw_upload
from loaders.checked import DeskRefused
from loaders.publishing import statuses
from models import Store, StoreRefused, open_store
from models.backup import copy_store
from models.settings import PROJECT
from tests.loaders.files import csv_bytes, template
from tests.models.test_upgrades import back_to
from tests.publishing import publish

pytestmark = pytest.mark.slow
GOOD = csv_bytes(template("trust_overall;25;2019;;52,9;;;;;;Rapport;"))


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def zero_bytes(file: Path) -> None:
    file.write_bytes(b"")


def noise(file: Path) -> None:
    file.write_bytes(random.Random(1).randbytes(8192))


def half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def first_page_lost(file: Path) -> None:
    _overwritten(file, 0)


def a_page_lost(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'observation'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    _overwritten(file, (page - 1) * size)


def _overwritten(file: Path, start: int) -> None:
    with file.open("r+b") as opened:
        opened.seek(start)
        opened.write(b"\x55" * 4096)


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def its_folder_is_gone(file: Path) -> None:
    shutil.rmtree(file.parent)


def somebody_elses(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE theirs (id)")


@pytest.mark.parametrize(
    ("happened", "reason"),
    [
        (zero_bytes, "not_ours"),
        (noise, "unreadable"),
        (half, "unreadable"),
        (first_page_lost, "unreadable"),
        (a_page_lost, "unreadable"),
        (a_folder, "cannot_open"),
        (its_folder_is_gone, "missing"),
        (somebody_elses, "not_ours"),
    ],
)
def test_a_store_that_is_none_shows_no_figure_and_is_left_as_it_is(
    sample_file: Path, tmp_path: Path, happened: Callable[[Path], None], reason: str
) -> None:
    file = tmp_path / "store" / "store.sqlite3"
    file.parent.mkdir()
    shutil.copy(sample_file, file)
    open_store(f"sqlite:///{file}").close()
    happened(file)
    before = files_of(tmp_path)

    def look() -> None:
        with closing(open_store(f"sqlite:///{file}")) as store:
            figures_of(store, catalogue().indicators["trust_overall"])

    with pytest.raises(StoreRefused) as refused:
        look()
    assert refused.value.reason == reason
    assert all(str(file) in refused.value.message(language) or reason == "missing" for language in ("sv", "en"))
    assert files_of(tmp_path) == before


@contextmanager
def victim(step: str, store: Path, *more: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.chaos.victim", step, *more],
        cwd=PROJECT,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{store}"},
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "began\n"
        yield process
        process.kill()


KILLS = {"upload": 2, "publish": 2, "migrate": 2, "backup": 2}
SPAN = {"upload": 0.15, "publish": 0.15, "migrate": 0.6, "backup": 0.2}
"""Seconds that each takes, about; the kills fall anywhere in them."""


@pytest.mark.parametrize("more", [1, pytest.param(15, marks=pytest.mark.hard)])
@pytest.mark.parametrize("step", KILLS)
def test_a_step_that_is_killed_is_done_or_was_never_begun(
    sample_file: Path, earlier_file: Path, tmp_path: Path, step: str, more: int
) -> None:
    before = earlier_file if step == "migrate" else sample_file
    after, copy = tmp_path / "after.sqlite3", tmp_path / "copy.sqlite3"
    shutil.copy(before, after)
    with victim(step, after, str(tmp_path / "first.sqlite3")) as done:
        assert done.wait(60) == 0
    ends = [_rows(before), _rows(after)]
    moments = random.Random(step)
    for _ in range(KILLS[step] * more):
        file = tmp_path / "store.sqlite3"
        for each in tmp_path.glob("store.sqlite3*"):
            each.unlink()
        shutil.copy(before, file)
        with victim(step, file, str(copy)) as process:
            time.sleep(moments.uniform(0, SPAN[step]))
            process.kill()
        assert _rows(file) in ends
        if copy.exists():
            assert _rows(copy) == _rows(before)
            copy.unlink()
    # And the next one goes on from where the last was killed.
    with victim(step, file, str(copy)) as process:
        assert process.wait(60) == 0
    assert _rows(file) == ends[1]


def _rows(file: Path) -> dict[str, int]:
    """How many rows each table has: a kill leaves no other numbers than those before and after."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in sorted(names)}


@pytest.fixture(scope="module")
def earlier_file(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample data in a store as an earlier release left it."""
    file = tmp_path_factory.mktemp("earlier") / "store.sqlite3"
    store = open_store(f"sqlite:///{file}", create=True)
    back_to(store, "0010")
    store.close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("ATTACH ? AS sample", (str(sample_file),))
        for (name,) in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
            if name not in ("alembic_version", "sqlite_sequence"):
                columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f'PRAGMA main.table_info("{name}")'))
                rows = f'SELECT {columns} FROM sample."{name}"'
                connection.execute(f'INSERT INTO main."{name}" ({columns}) {rows}')
        connection.commit()
    return file


FULL = """
set -e
mount -t tmpfs -o size={size}k tmpfs {folder}
cp {sample} {folder}/store.sqlite3
head -c 100000000 /dev/zero > {folder}/filler 2>/dev/null || true
{python} -m tests.chaos.victim {step} {folder}/copy.sqlite3
cp {folder}/store.sqlite3 {out}/full.sqlite3
rm {folder}/filler
{python} -m tests.chaos.victim {step} {folder}/copy.sqlite3
"""


@pytest.mark.parametrize("step", ["upload", "publish", "backup"])
def test_a_full_disk_keeps_what_was_there_and_takes_the_next_when_there_is_room(
    sample_file: Path, tmp_path: Path, step: str
) -> None:
    """A real disk, in memory and mounted for this process alone."""
    folder, size = tmp_path / "disk", sample_file.stat().st_size // 1024
    folder.mkdir()
    script = FULL.format(
        folder=folder, out=tmp_path, sample=sample_file, step=step, python=sys.executable, size=3 * size + 8192
    )
    alone = ["unshare", "--mount", *([] if os.getuid() == 0 else ["--user", "--map-root-user"])]
    told = subprocess.run(
        [*alone, "sh", "-c", script],
        cwd=PROJECT,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{folder / 'store.sqlite3'}"},
        capture_output=True,
        text=True,
    )
    first, second = [line for line in told.stdout.splitlines() if line != "began"] or [told.stderr, ""]
    assert "inte plats kvar på disken" in first
    assert second == "done"
    assert _rows(tmp_path / "full.sqlite3") == _rows(sample_file)


MINUTES = timedelta(minutes=5)


@pytest.mark.parametrize(
    ("back", "taken"),
    [(timedelta(days=365), False), (MINUTES + timedelta(seconds=1), False), (MINUTES - timedelta(seconds=30), True)],
)
def test_a_clock_that_goes_back_dates_no_publication(
    store: Store, monkeypatch: pytest.MonkeyPatch, back: timedelta, taken: bool
) -> None:
    """What was shown last year follows from the dates: nothing may be published into it."""
    upload = publish(store, [{"indicator": "trust_overall", "region": "25", "period": "2020", "value": 1.0}])
    then = f"{datetime.now(UTC) - back:%Y-%m-%dT%H:%M:%S.%fZ}"
    monkeypatch.setattr(statuses, "now", lambda: then)
    before = _log(store)
    steps: list[Callable[[], object]] = [
        lambda: publish_file(store, check_file(None, "a.csv", GOOD), by=LOCAL_CLI, accept_warnings=True),
        lambda: withdraw_upload(store, upload, by=LOCAL_CLI, note="prov"),
        lambda: restore_upload(store, upload, by=LOCAL_CLI, note="prov"),
    ]
    for step in steps[: 3 if taken else 2]:
        if taken:
            step()
            continue
        with pytest.raises(DeskRefused) as refused:
            step()
        assert then[:16] in refused.value.message("sv")
        assert "clock" in refused.value.message("en")
        assert _log(store) == before
    if not taken:
        ahead = f"{datetime.now(UTC) + timedelta(hours=1):%Y-%m-%dT%H:%M}"
        monkeypatch.setenv("DASHBOARD_CLOCK_WAS_AHEAD_UNTIL", ahead)
        for step in steps:
            step()


def _log(store: Store) -> list[tuple[object, ...]]:
    with store.read() as connection:
        events = connection.execute(sql("SELECT count(*) FROM audit_event")).scalar_one()
        return [(events,), *map(tuple, connection.execute(sql("SELECT id, action, at FROM publication ORDER BY id")))]


def test_what_is_published_twice_in_the_hour_that_comes_twice_stands_in_its_order(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On 25 October 2026 the clock on the wall says half past two both at 00:30 and at 01:30 UTC."""
    for at, value in (("2026-10-25T00:30:00.000000Z", "52,9"), ("2026-10-25T01:30:00.000000Z", "53,9")):
        monkeypatch.setattr(statuses, "now", lambda at=at: at)
        checked = check_file(store, "a.csv", csv_bytes(template(f"trust_overall;25;2019;;{value};;;;;;Rapport;")))
        publish_file(store, checked, by=LOCAL_CLI, note="rättat", accept_warnings=True)
    indicator = catalogue().indicators["trust_overall"]
    told = [figures_of(store, indicator, day)["value"].to_list() for day in (date(2026, 10, 24), date(2026, 10, 25))]
    assert told == [[], [53.9]]


def test_a_copy_of_a_store_that_is_written_in_meanwhile_is_one_moments(sample_file: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(sample_file, tmp_path / "store.sqlite3"))
    store = open_store(f"sqlite:///{file}")
    with victim("publish", file) as process:
        copy_store(store, tmp_path / "copy.sqlite3")
        assert process.wait(60) == 0
    assert _rows(tmp_path / "copy.sqlite3") in (_rows(sample_file), _rows(file))
    store.close()


def test_a_second_backup_under_the_same_name_leaves_the_first_ones_work_alone(
    sample_file: Path, tmp_path: Path
) -> None:
    part = tmp_path / ".copy.sqlite3.part"
    with part.open("wb") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        with closing(open_store(f"sqlite:///{sample_file}")) as store:
            with pytest.raises(StoreRefused) as refused:
                copy_store(store, tmp_path / "copy.sqlite3")
            assert refused.value.reason == "exists"
        assert part.exists()
