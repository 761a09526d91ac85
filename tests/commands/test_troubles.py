"""Every command that writes, on a store that cannot be written: words, one document, exit 1, and nothing half done."""

import errno
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from access import LOCAL_CLI, users
from loaders import check_file, publish_file, stage_file
from models import open_store
from models.backup import contents_of
from tests.troubles import AT_OPENING, SAID, trouble

pytestmark = pytest.mark.one_engine("locked, read-only, full, gone: a file's troubles")

WRITING = [
    "load {file}",
    "stage {file}",
    "publish 2",
    "reject 2 --note x",
    "withdraw 1 --note x",
    "users create kim --invite",
    "users roles bo.ek --role publicist",
    "users erase bo.ek",
    "targets add trust_primary_care --region 25 --kind at_least --value 60 --from 2026-01-01 "
    "--body Regionfullmäktige --decided 2025-11-12 --document RS-2025-1",
    "remark add logins 2023-01 --effect note --reason x --source y",
    "base add barometer 2025 900 --source y",
    "followup import {letters}",
    "sample",
]


@pytest.fixture
def prepared(store, tmp_path) -> Path:
    """1 published, 2 staged, an account; the store's file."""
    for number, (region, keep) in enumerate((("Norrbotten", publish_file), ("Skåne", stage_file))):
        content = f"Indikator;Region;Period;Värde\nlogins;{region};2023-01;5\n".encode()
        keep(store, check_file(store, f"{number}.csv", content), by=LOCAL_CLI)
    users.create_user(store, LOCAL_CLI, login="bo.ek", name="", roles=[])
    store.close()
    return tmp_path / "store.sqlite3"


def contents(file: Path) -> dict[str, tuple[int, str]]:
    with closing(sqlite3.connect(file)) as connection:
        return contents_of(connection)


@pytest.mark.parametrize("kind", AT_OPENING)
@pytest.mark.parametrize("words", WRITING, ids=lambda words: words.split(" -")[0])
def test_a_command_that_writes_says_what_is_wrong(run, prepared, good_file, project, monkeypatch, words, kind):
    letters = project / "sample_data" / "audits" / "recommendations.csv"
    if words == "sample":
        prepared.unlink()
        open_store(create=True).close()
    before = contents(prepared)
    with trouble(kind, prepared, monkeypatch):
        ran = run(*words.format(file=good_file, letters=letters).split(), "--json")

    assert (ran.code, list(ran.document)) == (1, ["error"])
    assert SAID[kind] in ran.document["error"]
    assert contents(prepared) == before


@pytest.mark.parametrize("words", ["uploads", "compare logins", "indicators", "log", "doctor"])
def test_what_only_reads_goes_on_while_another_writes(run, prepared, monkeypatch, words):
    with trouble("locked", prepared, monkeypatch):
        assert run(*words.split(), "--json").code == 0


@pytest.mark.parametrize("words", ["load {file}", "uploads", "compare logins", "export csv --all --out x.csv", "log"])
def test_a_damaged_store_says_so(run, tmp_path, good_file, words):
    (tmp_path / "store.sqlite3").write_bytes(b"not a database, but longer than its header" * 100)
    ran = run(*words.format(file=good_file).split(), "--json")

    assert (ran.code, list(ran.document), "går inte att läsa" in ran.document["error"]) == (1, ["error"], True)


def test_when_the_disk_fills_up_between_two_files_the_answer_says_which_is_stored(
    run, prepared, good_file, monkeypatch
):
    later = good_file.with_name("later.csv")
    later.write_text("Indikator;Region;Period;Värde\nlogins;Uppsala;2023-01;5\n", encoding="utf-8")
    real = publish_file

    def then_full(store, checked, **asked):
        if checked.file == "later.csv":
            with trouble("full", prepared, monkeypatch):
                return real(store, checked, **asked)
        return real(store, checked, **asked)

    monkeypatch.setattr("commands.files.publish_file", then_full)
    ran = run("load", good_file, later, "--json")

    assert (ran.code, [(one["file"], one["upload"]) for one in ran.document]) == (
        1,
        [("inloggningar.csv", 3), ("later.csv", None)],
    )
    assert SAID["full"] in ran.document[1]["error"]
    assert json.dumps(run("uploads", "--json").document).count('"published"') == 2


@pytest.mark.parametrize(("number", "said"), [(errno.ENOSPC, "full"), (errno.EROFS, "read_only")])
def test_a_disk_that_refuses_elsewhere_than_in_the_store(run, prepared, monkeypatch, number, said):
    def refusing(*_asked):
        raise OSError(number, "as the system says it", "/somewhere/else")

    monkeypatch.setattr("commands.listings.uploads_list", refusing)
    ran = run("uploads", "--json")

    assert (ran.code, list(ran.document), "/somewhere/else" in ran.document["error"]) == (1, ["error"], True)
    assert said == "full" or "skrivskyddat" in ran.document["error"]
