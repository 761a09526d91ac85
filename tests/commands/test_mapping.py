"""`map`, and `check` and `load` by a saved mapping."""

import json

import pytest

REPORT = "Region;Månad;Inkomna samtal\nNorrbotten;2024-01;900\nDalarna;2024-01;700\n"


@pytest.fixture
def report(tmp_path):
    file = tmp_path / "rapport.csv"
    file.write_text(REPORT, encoding="utf-8")
    return file


def test_a_proposal_is_shown_with_its_reasons_and_nothing_is_stored(run, report, tmp_path):
    shown, told = run("map", report), run("map", report, "--json").document

    assert shown.code == 0
    assert 'Kolumnen "Region" innehåller namn på regioner.' in shown.out
    assert (told["check"]["observations"], told["saved"], told["lacking"]) == (2, None, [])
    assert told["mapping"]["tables"][0]["columns"] == {"region": "region", "period": "månad"}
    assert not (tmp_path / "store.sqlite3").exists()


def test_a_saved_mapping_reads_the_next_file_and_can_be_named(run, report, tmp_path):
    assert run("map", report, "--save", "Samtal", "--json").document["saved"] == "Samtal"
    later = tmp_path / "februari.csv"
    later.write_text(REPORT.replace("2024-01", "2024-02"), encoding="utf-8")
    checked, loaded = (
        run("check", later, "--json").document,
        run("load", later, "--mapping", "Samtal", "--json").document,
    )

    assert (checked["layout"], checked["mapping"], checked["confidence"]) == ("mapped", "Samtal", 1.0)
    assert (loaded["upload"], loaded["observations"], loaded["mapping"]) == (1, 2, "Samtal")
    assert [each["name"] for each in run("map", "--json").document] == ["Samtal"]


def test_a_corrected_mapping_is_read_from_a_file(run, report, tmp_path):
    told = run("map", report, "--json").document
    told["mapping"]["tables"][0]["figures"][0]["indicator"] = "calls_answered"
    spec = tmp_path / "tolkning.json"
    for document in (told, told["mapping"]):  # the whole answer, or the mapping alone
        spec.write_text(json.dumps(document), encoding="utf-8")
        assert run("map", report, "--spec", spec, "--json").document["mapping"] == told["mapping"]


@pytest.mark.parametrize("content", ["{}", "[]", "inte json", '{"tables": [{"okänt": 1}]}'])
def test_what_is_no_mapping_is_wrong_usage(run, report, tmp_path, content):
    spec = tmp_path / "fel.json"
    spec.write_text(content, encoding="utf-8")
    ran = run("map", report, "--spec", spec, "--json")

    assert (ran.code, list(ran.document)) == (2, ["error"])


def test_a_file_without_a_table_is_refused(run, tmp_path):
    file = tmp_path / "text.csv"
    file.write_text("bara text\n", encoding="utf-8")
    assert run("map", file).code == 1


def test_unknown_names_are_refused(run, report):
    assert run("check", report, "--mapping", "nej", "--json").document == {
        "error": 'Det finns ingen sparad tolkning som heter "nej".'
    }
    assert run("check", report, "--layout", "nej").code == 2
    assert run("map", "--save", "x").code == 2


def test_a_mapping_is_deleted_by_name(run, report):
    run("map", report, "--save", "Samtal")
    assert run("map", "--delete", "Samtal", "--json").document == {"deleted": "Samtal"}
    assert run("map").out == "Inga sparade tolkningar.\n"
    assert run("map", "--delete", "Samtal").code == 1
