"""A reader never sees a figure that is no longer the published one, though another process publishes meanwhile."""

import subprocess
import sys
import time

from analysis import compare_regions
from models import Store
from models.settings import PROJECT
from tests.publishing import publish

READS = 1000
EVENTS = 40
LONGEST = 120  # seconds

_WRITER = f"""
import time
from models import open_store
from tests.publishing import publish, withdraw
store = open_store()
for event in range(2, {EVENTS}, 2):
    row = {{"indicator": "trust_overall", "region": "25", "period": "2023", "value": float(event)}}
    upload = publish(store, [row])
    time.sleep(0.1)  # time for a slow machine to read in between
    withdraw(store, upload)
    time.sleep(0.1)
"""


def test_no_stale_read_of_1000_while_another_process_publishes_and_withdraws(store: Store) -> None:
    publish(store, [{"indicator": "trust_overall", "region": "25", "period": "2023", "value": 1.0}])
    writer = subprocess.Popen([sys.executable, "-c", _WRITER], cwd=PROJECT)
    versions, stale, reads, until = set(), [], 0, time.monotonic() + LONGEST
    while (reads < READS or writer.poll() is None) and time.monotonic() < until:
        before = store.data_version()
        rows = compare_regions(store, "trust_overall", "2023").rows
        if before != store.data_version():
            continue  # published while we read: either figure was true
        reads += 1
        versions.add(before)
        if rows["value"].to_list() != [float(before) if before % 2 == 0 else 1.0]:
            stale.append((before, rows["value"].to_list()))
    assert writer.wait(timeout=LONGEST) == 0
    assert stale == []
    assert reads >= READS
    assert store.data_version() == EVENTS - 1
    assert len(versions) > 3  # the reads were spread over the changes (how many depends on the machine)
