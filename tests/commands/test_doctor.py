"""`doctor`: each fault is made, and found."""

import sqlite3

from commands.doctor import judged, shown_settings
from commands.health import NOTHING
from commands.terminal import Terminal
from models.migrate import newest_revision


def verdicts(ran):
    return {check["name"]: check["ok"] for check in ran.document["checks"]}


def damage(tmp_path, query):
    connection = sqlite3.connect(tmp_path / "store.sqlite3")
    connection.executescript(query)
    connection.close()


def test_a_sound_store(run, good_file, tmp_path):
    run("load", good_file)
    ran = run("doctor", "--json")
    document = ran.document

    assert (ran.code, document["ok"]) == (0, True)
    named = (
        "store",
        "revision",
        "newest_revision",
        "integrity",
        "foreign_keys",
        "journal_mode",
        "uploads",
        "observations",
        "data_version",
        "incomplete",
    )
    assert {name: document[name] for name in named} == {
        "store": str(tmp_path / "store.sqlite3"),
        "revision": newest_revision(),
        "newest_revision": newest_revision(),
        "integrity": "ok",
        "foreign_keys": True,
        "journal_mode": "wal",
        "uploads": 1,
        "observations": 2,
        "data_version": 1,
        "incomplete": [],
    }
    assert document["sqlite_version"] == sqlite3.sqlite_version
    assert {"polars", "streamlit", "openpyxl"} <= set(document["libraries"])
    assert document["settings"]["language"] == "sv"
    assert set(verdicts(ran).values()) == {True}
    assert run("doctor").out.count("bra ") == len(document["checks"])


def test_care_units_are_rows_of_their_upload_too(run, project, tmp_path):
    run("load", project / "sample_data" / "syntetisk_vardenheter.csv", "--accept-warnings", "--note", "prov")
    assert run("doctor", "--json").code == 0

    damage(tmp_path, "DELETE FROM care_unit WHERE id = 1")
    ran = run("doctor", "--json")
    lost = {"id": 1, "file": "syntetisk_vardenheter.csv", "recorded": 112, "stored": 111}
    assert (ran.code, ran.document["incomplete"]) == (1, [lost])


def test_a_missing_store_is_found_missing_and_not_created(run, tmp_path):
    ran = run("doctor", "--json")

    assert (ran.code, ran.document["ok"], ran.document["missing"], verdicts(ran)) == (1, False, True, {"found": False})
    assert not (tmp_path / "store.sqlite3").exists()


def test_a_file_that_is_no_database(run, tmp_path):
    (tmp_path / "store.sqlite3").write_bytes(b"not a database, but longer than its header" * 100)
    ran = run("doctor", "--json")

    assert (ran.code, verdicts(ran)) == (1, {"found": True, "readable": False})
    assert ran.document["unreadable"] == "file is not a database"


def test_an_upload_that_lost_a_figure(run, good_file, tmp_path):
    run("load", good_file)
    damage(tmp_path, "DELETE FROM observation WHERE region = '25'")
    ran = run("doctor", "--json")

    assert (ran.code, ran.document["incomplete"]) == (
        1,
        [{"id": 1, "file": "inloggningar.csv", "recorded": 2, "stored": 1}],
    )
    assert [name for name, ok in verdicts(ran).items() if not ok] == ["complete"]


def test_a_row_that_refers_to_nothing(run, good_file, tmp_path):
    run("load", good_file)
    damage(
        tmp_path, "PRAGMA foreign_keys=OFF; DROP TRIGGER publication_no_update; UPDATE publication SET upload_id = 99"
    )
    ran = run("doctor", "--json")

    assert (ran.code, ran.document["foreign_keys"]) == (1, False)


def test_a_store_of_another_release_is_named_and_left_as_it_is(run, store, tmp_path):
    store.close()
    damage(tmp_path, "UPDATE alembic_version SET version_num = '9999'")
    ran = run("doctor", "--json")

    assert (ran.code, ran.document["revision"], verdicts(ran)["revision"]) == (1, "9999", False)


def test_a_database_of_something_else(run, tmp_path):
    damage(tmp_path, "CREATE TABLE annat (x)")
    ran = run("doctor", "--json")

    assert (ran.code, ran.document["revision"], ran.document["uploads"]) == (1, None, None)


def test_no_password_is_shown(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://bo:hemligt@db/x?password=hemligt")

    assert shown_settings()["database_url"] == "postgresql+psycopg://bo:***@db/x"


def test_a_server_of_its_own_has_no_checks_of_a_file():
    health = {**NOTHING, "missing": False, "store": "postgresql://db/x", "revision": "0001", "newest_revision": "0001"}

    assert [check["name"] for check in judged(health, Terminal("sv", as_json=False))] == [
        "found",
        "revision",
        "complete",
    ]
