"""`uploads` and `indicators`."""

import hashlib

from indicators import catalogue

UPLOAD = {
    "id",
    "file",
    "sha256",
    "size",
    "layout",
    "status",
    "synthetic",
    "observations",
    "ignored",
    "uploaded_at",
    "uploaded_by",
    "published_at",
    "published_by",
    "note",
}


def test_uploads_are_listed_with_their_digest(run, good_file):
    run("load", good_file, "--note", "hej")
    [upload] = run("uploads", "--json").document

    assert set(upload) == UPLOAD
    assert {name: upload[name] for name in ("id", "file", "sha256", "status", "layout", "observations", "note")} == {
        "id": 1,
        "file": "inloggningar.csv",
        "sha256": hashlib.sha256(good_file.read_bytes()).hexdigest(),
        "status": "published",
        "layout": "template",
        "observations": 2,
        "note": "hej",
    }
    assert "inloggningar.csv  publicerad  dashboardens mall  nej" in run("uploads").out


def test_no_uploads_is_an_empty_list(run, store):
    assert run("uploads", "--json").document == []
    assert run("uploads").out == "Inga uppladdningar än.\n"


def test_every_indicator_is_listed_with_its_publishers_ids_without_any_store(run, tmp_path):
    ran = run("indicators", "--json")
    by_id = {one["id"]: one for one in ran.document}

    assert ran.code == 0
    assert list(by_id) == list(catalogue().indicators)
    assert all(set(one["publisher_ids"]) == {"kolada", "vardenisiffror", "skr"} for one in ran.document)
    assert (by_id["trust_overall"]["unit"], by_id["trust_overall"]["direction"]) == ("percent", "higher_is_better")
    assert by_id["eservices_1177_positive"]["predecessor"] == "trust_1177_eservices"
    assert not (tmp_path / "store.sqlite3").exists()


def test_a_person_reads_titles_areas_and_units_in_the_chosen_language(run, monkeypatch):
    assert "Inloggningar på 1177" in run("indicators").out
    monkeypatch.setenv("DASHBOARD_LANGUAGE", "en")
    assert "Uptake" in run("indicators").out
