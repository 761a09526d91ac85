"""`init` and `sample`."""

import sqlite3

import pytest

from analysis import compare_regions, uploads_list
from loaders.sample import SAMPLE_FOLDER, SamplesRefused, publish_samples
from models import open_store
from models.migrate import newest_revision


def test_init_creates_an_empty_store_once(run, own_url):
    first, again = run("init", "--json"), run("init", "--json")

    assert (first.code, again.code) == (0, 0)
    assert "har skapats" in first.err
    assert again.err == ""
    assert (
        first.document
        == again.document
        == {
            "store": own_url.removeprefix("sqlite:///"),
            "revision": newest_revision(),
        }
    )


def test_init_refuses_a_folder_that_is_not_there(run, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/nej/store.sqlite3")

    assert run("init").code == 1


def test_init_makes_a_store_of_an_empty_database(run, tmp_path):
    (tmp_path / "store.sqlite3").touch()

    assert run("init").code == 0
    assert run("uploads", "--json").document == []


@pytest.mark.one_engine("somebody else's file")
def test_another_programs_database_is_never_written_in(run, good_file, tmp_path):
    file = tmp_path / "store.sqlite3"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE annat (x)")
    connection.close()

    for words in (["init"], ["sample"], ["load", good_file]):
        ran = run(*words)
        assert (ran.code, "är inte ett datalager" in ran.err) == (1, True)
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("annat",)]
    connection.close()


def test_sample_a_second_time_changes_nothing(run, sample_store):
    before = sample_store.data_version()
    ran = run("sample", "--json")

    assert (ran.code, ran.document["published"]) == (0, 0)
    assert all(file["repeat"] for file in ran.document["files"])
    assert sample_store.data_version() == before


def test_sample_creates_the_store_and_every_sample_file_is_in_it(run, sample_store, project):
    names = {file.name for file in (project / "sample_data").iterdir() if file.suffix in (".csv", ".json", ".xlsx")}

    assert set(uploads_list(sample_store)["file"]) == names


def test_real_sample_files_are_published_after_the_synthetic_ones_so_that_they_win(sample_store):
    synthetic = uploads_list(sample_store).sort("id")["synthetic"].to_list()

    assert synthetic == sorted(synthetic, reverse=True)
    assert compare_regions(sample_store, "trust_overall", "2020").synthetic is False


def test_sample_refuses_a_store_with_other_files_and_changes_nothing(run, good_file):
    run("load", good_file)
    ran = run("sample", "--json")

    assert ran.code == 1
    assert "inloggningar.csv" in ran.document["error"]
    store = open_store()
    assert uploads_list(store)["file"].to_list() == ["inloggningar.csv"]
    store.close()


def test_sample_goes_on_where_a_crash_left_off(run, tmp_path, project):
    """One sample file alone is published first, as if the rest had not come so far."""
    run("load", project / "sample_data" / "fortroende_1177_telefon_2017_skr.csv", "--accept-warnings")
    ran = run("sample", "--json")

    assert ran.code == 0
    assert [file["file"] for file in ran.document["files"] if file["repeat"]] == [
        "fortroende_1177_telefon_2017_skr.csv"
    ]
    assert ran.document["published"] == len(ran.document["files"]) - 1


def test_a_refusal_names_the_other_files_in_both_languages():
    refused = SamplesRefused(("egen.csv", "annan.csv"))

    assert "(egen.csv, annan.csv)" in str(refused)
    assert "already holds other files (egen.csv, annan.csv)" in refused.message("en")


def test_sample_adds_the_new_files_to_a_store_of_an_earlier_release(run, monkeypatch, tmp_path):
    """0.3.0 had the barometer up to 2023 only."""
    earlier = tmp_path / "earlier"
    earlier.mkdir()
    new = ("barometern_2024_kolada.json", "barometern_2025_kolada.json")
    for file in SAMPLE_FOLDER.iterdir():
        if file.suffix in (".csv", ".json", ".xlsx") and file.name not in new:
            (earlier / file.name).write_bytes(file.read_bytes())
    opened = open_store(create=True)
    publish_samples(opened, folder=earlier)
    before = uploads_list(opened).height
    opened.close()

    assert run("sample").code == 0
    opened = open_store()
    added = uploads_list(opened).sort("id").tail(2)
    assert set(added["file"]) == set(new)
    assert uploads_list(opened).height == before + 2
    assert compare_regions(opened, "trust_overall").rows["period"].unique().to_list() == ["2025"]
    opened.close()
