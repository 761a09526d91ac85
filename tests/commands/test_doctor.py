"""`doctor`: each fault is made, and found."""

import sqlite3

import pytest

from commands.doctor import judged, shown_settings
from commands.health import NOTHING
from commands.terminal import Terminal
from models.migrate import newest_revision
from tests.behind import behind_its_back, guard_off


def verdicts(ran):
    return {check["name"]: check["ok"] for check in ran.document["checks"]}


def test_a_sound_store(run, good_file, own_url):
    run("load", good_file)
    on_sqlite = own_url.startswith("sqlite")
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
        "store": own_url.removeprefix("sqlite:///"),
        "revision": newest_revision(),
        "newest_revision": newest_revision(),
        "integrity": "ok" if on_sqlite else None,
        "foreign_keys": True if on_sqlite else None,
        "journal_mode": "wal" if on_sqlite else None,
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


def test_care_units_are_rows_of_their_upload_too(run, project):
    run("load", project / "sample_data" / "syntetisk_vardenheter.csv", "--accept-warnings", "--note", "prov")
    assert run("doctor", "--json").code == 0

    behind_its_back("DELETE FROM care_unit WHERE id = 1")
    ran = run("doctor", "--json")
    lost = {"id": 1, "file": "syntetisk_vardenheter.csv", "recorded": 112, "stored": 111}
    assert (ran.code, ran.document["incomplete"]) == (1, [lost])


def test_a_missing_store_is_found_missing_and_not_created(run, tmp_path):
    ran = run("doctor", "--json")

    assert (ran.code, ran.document["ok"], ran.document["missing"], verdicts(ran)) == (1, False, True, {"found": False})
    assert not (tmp_path / "store.sqlite3").exists()


@pytest.mark.one_engine("a file that is none")
def test_a_file_that_is_no_database(run, tmp_path):
    (tmp_path / "store.sqlite3").write_bytes(b"not a database, but longer than its header" * 100)
    ran = run("doctor", "--json")

    assert (ran.code, verdicts(ran)) == (1, {"found": True, "readable": False})
    assert ran.document["unreadable"] == "file is not a database"


def test_an_upload_that_lost_a_figure(run, good_file):
    run("load", good_file)
    behind_its_back("DELETE FROM observation WHERE region = '25'")
    ran = run("doctor", "--json")

    assert (ran.code, ran.document["incomplete"]) == (
        1,
        [{"id": 1, "file": "inloggningar.csv", "recorded": 2, "stored": 1}],
    )
    assert [name for name, ok in verdicts(ran).items() if not ok] == ["complete"]


@pytest.mark.one_engine("foreign keys can be off")
def test_a_row_that_refers_to_nothing(run, good_file):
    run("load", good_file)
    behind_its_back(guard_off("publication"), "UPDATE publication SET upload_id = 99")
    ran = run("doctor", "--json")

    assert (ran.code, ran.document["foreign_keys"]) == (1, False)


def test_a_store_of_another_release_is_named_and_left_as_it_is(run, store, tmp_path):
    store.close()
    behind_its_back("UPDATE alembic_version SET version_num = '9999'")
    ran = run("doctor", "--json")

    assert (ran.code, ran.document["revision"], verdicts(ran)["revision"]) == (1, "9999", False)


def test_a_database_of_something_else(run, tmp_path):
    behind_its_back("CREATE TABLE annat (x int)")
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


def test_a_clock_that_was_set_back_is_found_and_no_other_is(run, good_file, monkeypatch):
    run("load", good_file)
    assert verdicts(run("doctor", "--json"))["clock"] is True
    monkeypatch.setattr("commands.doctor.now", lambda: "2020-01-01T00:00:00.000000Z")
    ran = run("doctor", "--json")
    assert (ran.code, [name for name, ok in verdicts(ran).items() if not ok]) == (1, ["clock"])
    assert "2020-01-01T00:00:00Z" in ran.document["checks"][-2]["detail"]


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, []),
        ({"PUBLIC_URL": "http://127.0.0.1:8501"}, []),
        ({"PUBLIC_URL": "https://x.se"}, ["HOSTS", "PROXY_ADDRESSES", "BEHIND_TLS"]),
        ({"PUBLIC_URL": "https://x.se", "HOSTS": "x.se:443", "PROXY_ADDRESSES": "10.0.0.1", "BEHIND_TLS": "1"}, []),
        ({"PUBLIC_URL": "http://x.se", "HOSTS": "y.se", "PROXY_ADDRESSES": "10.0.0.1"}, ["HOSTS"]),
        (
            {"PUBLIC_URL": "http://x.se", "HOSTS": "x.se", "PROXY_ADDRESSES": "10.0.0.1", "BEHIND_TLS": "1"},
            ["BEHIND_TLS"],
        ),
    ],
)
def test_settings_that_do_not_go_with_the_outward_address_are_named(run, good_file, monkeypatch, given, wrong):
    for name, value in given.items():
        monkeypatch.setenv(f"DASHBOARD_{name}", value)
    run("load", good_file)
    ran = run("doctor", "--json")
    (told,) = (check["detail"] for check in ran.document["checks"] if check["name"] == "proxy")
    assert verdicts(ran)["proxy"] is not bool(wrong)
    assert [name for name in ("HOSTS", "PROXY_ADDRESSES", "BEHIND_TLS") if f"DASHBOARD_{name}" in told] == wrong
