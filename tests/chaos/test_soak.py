"""Ten minutes of readers who come and go while figures are published and withdrawn: memory stands still."""

import asyncio
import shutil
from pathlib import Path

import pytest

from access import LOCAL_CLI
from benchmarks.viewers import memory, served, view
from loaders import check_file, publish_file, withdraw_upload
from models import open_store
from tests.loaders.files import csv_bytes, template

pytestmark = [pytest.mark.hard, pytest.mark.one_engine("what comes after the store")]
MINUTES = 10
SETTLED = 3
"""Minutes after which all that is kept for the next reader has been made."""
MORE = 1.1


def test_ten_minutes_of_readers_and_publications_take_no_more_memory(sample_file: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(sample_file, tmp_path / "store.sqlite3"))
    store, seen = open_store(f"sqlite:///{file}"), []
    with served(tmp_path, store.url) as servers:
        server = servers["one"]
        for minute in range(MINUTES):
            for part in range(4):
                told = asyncio.run(view(server.address, False, 20, 14.0, 5.0))
                assert told.errors == []
                row = f"trust_overall;25;2019;;{50 + part},{minute};;;;;;Rapport;"
                checked = check_file(store, f"{minute}_{part}.csv", csv_bytes(template(row)))
                done = publish_file(store, checked, by=LOCAL_CLI, note="prov", accept_warnings=True)
                withdraw_upload(store, done.upload_id, by=LOCAL_CLI, note="prov")
            seen.append(memory(server.pid))
    store.close()
    assert max(seen[SETTLED:]) <= MORE * seen[SETTLED - 1], seen
