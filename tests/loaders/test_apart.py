"""Files checked in a process of their own: the same answers, and a process that truly ends when it is stopped."""

import io
import os
import struct
import threading
import time
from pathlib import Path

import pytest

from access import LOCAL_CLI
from analysis import what_would_change
from loaders import apart, check_file, publish_file
from loaders.apart import Job, Stopped
from loaders.apart.codec import receive, send
from loaders.apart.files import FileJob, file_job, staged_job
from loaders.checked import CheckedFile, DeskRefused
from models import Store
from models.settings import PROJECT
from tests.loaders.files import csv_bytes, template
from tests.loaders.workbooks import formatted

pytestmark = pytest.mark.one_engine("a file is checked before it meets a store")

SAMPLES = sorted(file for file in (PROJECT / "sample_data").iterdir() if file.suffix in (".csv", ".json", ".xlsx"))
OTHERS = {
    "tom.csv": b"",
    "okänd.csv": b"a;b\n1;2\n",
    "fel.csv": csv_bytes(template("nki_phone;Skåne;2020;;x", "nki_phone;Nowhere;2020;;8\x007")),
    "struken.xlsx": formatted("E2", 62.9, "General", font_strikeout=True),
    "trasig.xlsx": b"PK\x03\x04",
}
SLEEPS = "import time; time.sleep(600)"


@pytest.fixture(autouse=True)
def _no_process_left():
    yield
    apart.end()


def same(one: CheckedFile, other: CheckedFile) -> bool:
    plain = CheckedFile.__dataclass_fields__.keys() - {"observations", "records"}
    pairs = [
        (one.observations, other.observations),
        *((one.records[kind], other.records[kind]) for kind in one.records),
    ]
    return (
        all(getattr(one, name) == getattr(other, name) for name in plain)
        and one.records.keys() == other.records.keys()
        and all(ours.schema == theirs.schema and ours.equals(theirs) for ours, theirs in pairs)
    )


def test_what_is_found_apart_is_what_is_found_here(store: Store):
    """One process for all of them: it keeps nothing from one file to the next."""
    files = {**{path.name: path.read_bytes() for path in SAMPLES}, **OTHERS}
    for name, content in files.items():
        assert same(file_job(store, name, content).result(), check_file(store, name, content)), name


def test_what_would_change_is_found_apart_too(store: Store):
    old, new = (csv_bytes(template(f"nki_phone;Skåne;2020;;{value};;;;;;;")) for value in ("87,25", "86"))
    publish_file(store, check_file(store, "a.csv", old), by=LOCAL_CLI)
    here = check_file(store, "b.csv", new)
    assert here.warnings
    assert same(file_job(store, "b.csv", new).result(), here)
    assert file_job(store, "a.csv", old).result().repeat_of == 1


def test_a_refusal_keeps_its_words(store: Store):
    with pytest.raises(DeskRefused) as refused:
        staged_job(store, 99, "a.csv").result()
    assert "99" in refused.value.message()


@pytest.mark.parametrize(("code", "found"), [(SLEEPS, "1 s"), ("import os; os.abort()", "–"), ("1 / 0", "–")])
def test_what_its_process_does_not_survive_is_a_fault_of_the_file(
    code: str, found: str, monkeypatch: pytest.MonkeyPatch
):
    apart.end()  # a process that waits from another test would do the work
    monkeypatch.setenv("DASHBOARD_READ_SECONDS", "1")
    monkeypatch.setattr(apart, "_CODE", code)
    checked = file_job(None, "fil.csv", b"a;b").result()
    assert [(each.variant, each.found) for each in checked.errors] == [("judging_limits", found)]
    assert (checked.file, checked.content, checked.accepted) == ("fil.csv", b"a;b", False)
    assert "{" not in checked.errors[0].message()


def test_who_stops_a_check_ends_its_process_and_those_it_began(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    told = tmp_path / "pids"
    os.mkfifo(told)
    code = (
        "import os, subprocess; child = subprocess.Popen(['sleep', '600']); "
        f"open({str(told)!r}, 'w').write(f'{{os.getpid()}} {{child.pid}}'); child.wait()"
    )
    monkeypatch.setattr(apart, "_CODE", code)
    job = Job(None, "check_file", "fil.csv", b"a;b")
    ended: list[Stopped] = []

    def wait() -> None:
        with pytest.raises(Stopped) as stopped:
            job.result()
        ended.append(stopped.value)

    waiting = threading.Thread(target=wait)
    waiting.start()
    pids = [int(pid) for pid in told.read_text().split()]
    job.stop()
    waiting.join()
    assert [stopped.late for stopped in ended] == [False]
    for _ in range(600):  # a killed process takes its time to go, on a busy machine
        if not any(map(_alive, pids)):
            return
        time.sleep(0.05)
    pytest.fail(f"alive: {[pid for pid in pids if _alive(pid)]}")


def _alive(pid: int) -> bool:
    """Whether a process still does anything: one that nobody has fetched yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_check_stopped_before_it_begins_never_does(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(apart, "_CODE", SLEEPS)
    job = Job(None, "check_file", "fil.csv", b"a;b")
    job.stop()
    with pytest.raises(Stopped):
        job.result()


def test_a_process_is_kept_for_the_next_file_and_replaced_when_it_has_died():
    def process() -> int:
        FileJob(Job(None, "check_file", "a.csv", b"a;b"), "a.csv", lambda: b"a;b").result()
        return apart._IDLE[0].process.pid

    apart.begin()
    first = process()
    assert process() == first
    apart._IDLE[0].process.kill()
    assert process() != first


def test_only_the_classes_named_are_made():
    def received(told: bytes) -> object:
        return receive(io.BytesIO(struct.pack(">QQQ", 8, 0, len(told)) + told))

    out = io.BytesIO()
    send(out, {"a": (1, None, [2.5, "å\ud800"])})
    out.seek(0)
    assert receive(out) == {"a": (1, None, [2.5, "å\ud800"])}
    with pytest.raises(KeyError):
        received(b'{"is": "Popen", "with": {"args": ["true"]}}')
    with pytest.raises(EOFError):
        receive(io.BytesIO(b"\0"))
    with pytest.raises(ValueError, match="9"):
        receive(io.BytesIO(b"\xff" * 16))
    with pytest.raises(TypeError):
        send(io.BytesIO(), object())


def test_what_would_change_is_found_apart_as_it_is_here(store: Store):
    publish_file(
        store,
        check_file(store, "a.csv", csv_bytes(template("nki_phone;Skåne;2020;;8"))),
        by=LOCAL_CLI,
        note="x",
        accept_warnings=True,
    )
    checked = check_file(store, "b.csv", csv_bytes(template("nki_phone;Skåne;2020;;7", "nki_phone;Gotland;2020;;6")))
    here = what_would_change(store, checked.observations, checked.records)
    there = Job(store, "preview", checked.observations, checked.records).result()
    assert here.changed().height == 1
    assert (there.unjudged, there.records.counts.shape) == (here.unjudged, here.records.counts.shape)
    for name in ("figures", "turns", "evidence", "turns_if_replaced"):
        assert getattr(there, name).equals(getattr(here, name)), name
