"""kill -9 at any moment leaves the store as before or as after: twenty kills here, two hundred in `make test-hard`."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import polars as pl
import pytest

from access import broken_at, logged_events
from models import RECORDS, Store, open_store
from models.settings import PROJECT

_STORED = " + ".join(
    f"(SELECT count(*) FROM {table} t WHERE t.upload_id = u.id)"
    for table in ("observation", *(kind.table.__tablename__ for kind in RECORDS.values()))
)
_PARTS = f"""
SELECT u.id, u.status, u.observations AS recorded, length(u.content) AS stored_bytes, u.size AS size,
       {_STORED} AS stored,
       (SELECT count(*) FROM publication p WHERE p.upload_id = u.id) AS events,
       (SELECT action FROM publication p WHERE p.upload_id = u.id ORDER BY p.id DESC LIMIT 1) AS last
FROM upload u ORDER BY u.id
"""
_SCHEMA = {
    "id": pl.Int64,
    "status": pl.String,
    "recorded": pl.Int64,
    "stored_bytes": pl.Int64,
    "size": pl.Int64,
    "stored": pl.Int64,
    "events": pl.Int64,
    "last": pl.String,
}


@contextmanager
def forking() -> Iterator[Callable[[int, float], None]]:
    """kill(seed, after): let a child publish, and kill it that many seconds after it has begun."""
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.crash_child"],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdin is not None
    assert parent.stdout is not None
    asked, told = parent.stdin, parent.stdout

    def kill(seed: int, after: float) -> None:
        asked.write(f"{seed}\n")
        asked.flush()
        child = int(told.readline())
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        assert told.readline() == "gone\n"

    try:
        yield kill
    finally:
        asked.close()
        told.close()
        parent.wait()


def assert_whole(store: Store) -> Counter[str]:
    """Every upload is there with all that belongs to it; gives the uploads' states."""
    parts = store.frame(_PARTS, _SCHEMA)
    assert parts.filter(pl.col("recorded") != pl.col("stored")).is_empty()
    assert parts.filter(pl.col("size") != pl.col("stored_bytes")).is_empty()
    status = pl.when(pl.col("last") == "withdrawn").then(pl.lit("withdrawn")).otherwise(pl.lit("published"))
    assert parts.filter(status != pl.col("status")).is_empty()
    logged = (
        logged_events(store).group_by("subject").len().with_columns(id=pl.col("subject").str.slice(7).cast(pl.Int64))
    )
    assert parts.join(logged, on="id").select(pl.col("events") == pl.col("len")).to_series().all()
    assert logged.height == parts.height
    assert broken_at(store) is None
    if store.is_sqlite:
        with store.read() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    return Counter(parts["status"])


def many_kills(kills: int, first_seed: int) -> None:
    moments = random.Random(first_seed)
    opened = open_store(create=True)
    states: Counter[str] = Counter()
    with forking() as kill:
        for seed in range(first_seed, first_seed + kills):
            kill(seed, moments.uniform(0, 0.5))
            states = assert_whole(opened)
    opened.close()
    assert states.total() > kills, "the children published between the kills"


@pytest.mark.slow
def test_twenty_kills_leave_nothing_half_done() -> None:
    many_kills(20, first_seed=1)


@pytest.mark.hard
@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_hundred_kills_in_each_journal_mode_leave_nothing_half_done(
    journal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_SQLITE_JOURNAL", journal)
    many_kills(100, first_seed=1000)
