"""`check` and `load`."""

import os

import pytest

from analysis import uploads_list
from models import open_store

UNKNOWN_REGION = {
    "severity": "error",
    "rule": "unknown_region",
    "indicators": ["logins"],
    "sheet": "",
    "cell": "B2",
    "found": "Norbotten",
}


def uploads():
    store = open_store()
    found = uploads_list(store)
    store.close()
    return found


def test_a_good_file_is_checked_without_any_store(run, good_file, tmp_path):
    ran = run("check", good_file, "--json")

    assert (ran.code, ran.err) == (0, "")
    assert ran.document == {
        "file": "inloggningar.csv",
        "layout": "template",
        "confidence": 0.98,
        "mapping": None,
        "accepted": True,
        "repeat": False,
        "ignored": [],
        "problems": [],
        "observations": 2,
        "synthetic": False,
        "changes": None,
    }
    assert not (tmp_path / "store.sqlite3").exists()


def test_a_bad_file_is_refused_with_its_problem_in_the_asked_language(run, bad_file):
    swedish, english = run("check", bad_file, "--json"), run("--language", "en", "check", bad_file, "--json")

    assert (swedish.code, english.code) == (1, 1)
    for ran in (swedish, english):
        [problem] = ran.document["problems"]
        assert {name: problem[name] for name in UNKNOWN_REGION} == UNKNOWN_REGION
    assert "ingen känd region" in swedish.document["problems"][0]["message"]
    assert "ingen känd region" not in english.document["problems"][0]["message"]


def test_several_files_are_a_list_and_one_bad_one_decides_the_exit_code(run, good_file, bad_file):
    ran = run("check", good_file, bad_file, "--json")

    assert ran.code == 1
    assert [(one["file"], one["accepted"]) for one in ran.document] == [
        ("inloggningar.csv", True),
        ("okand_region.csv", False),
    ]


def test_a_person_reads_the_problems_and_what_was_left_out(run, bad_file, file_with_a_warning):
    refused, left_out = run("check", bad_file), run("check", file_with_a_warning)

    assert refused.out.startswith("okand_region.csv: kan inte läsas in\n")
    assert (
        '  Fel: Cell B2: "Norbotten" är ingen känd region (Inloggningar på 1177). Menade du "Region Norrbotten"? '
        "Tillåtet: en av de 21 regionerna eller Riket, med namn eller kod. Rätta namnet eller koden.\n"
    ) in refused.out
    assert left_out.code == 0
    assert "okand_indikator.csv: kan läsas in\n" in left_out.out
    assert "  Varning: " in left_out.out
    assert "  Inte inläst: Cell " in left_out.out


def test_load_creates_the_store_says_so_and_tells_where_the_file_went(run, good_file):
    ran = run("load", good_file, "--note", "första", "--json")

    assert ran.code == 0
    assert "fanns inte och har skapats" in ran.err
    assert ran.document == {
        "file": "inloggningar.csv",
        "layout": "template",
        "confidence": 0.98,
        "mapping": None,
        "accepted": True,
        "repeat": False,
        "ignored": [],
        "problems": [],
        "observations": 2,
        "synthetic": False,
        "upload": 1,
        "publication": 1,
    }
    assert uploads().select("file", "status", "note", "uploaded_by", "synthetic").rows() == [
        ("inloggningar.csv", "published", "första", "local:cli", False)
    ]


def test_the_same_file_again_is_a_repeat_and_changes_nothing(run, good_file):
    run("load", good_file)
    checked, again = run("check", good_file, "--json"), run("load", good_file, "--json")

    assert (checked.code, checked.document["repeat"]) == (0, True)
    assert (again.code, again.err) == (0, "")
    assert (again.document["repeat"], again.document["upload"], again.document["publication"]) == (True, 1, None)
    assert "finns redan som uppladdning 1" in run("load", good_file).out
    assert "finns redan som uppladdning 1" in run("check", good_file).out
    assert uploads().height == 1


def test_a_refused_file_changes_nothing_and_the_others_are_loaded(run, good_file, bad_file):
    ran = run("load", bad_file, good_file, "--json")

    assert ran.code == 1
    assert [(one["file"], one["upload"]) for one in ran.document] == [
        ("okand_region.csv", None),
        ("inloggningar.csv", 1),
    ]
    assert "okand_region.csv" in ran.err
    assert uploads()["file"].to_list() == ["inloggningar.csv"]


def test_warnings_must_be_accepted(run, file_with_a_warning):
    refused = run("load", file_with_a_warning, "--json")
    accepted = run("load", file_with_a_warning, "--accept-warnings", "--json")

    assert (refused.code, refused.document["accepted"], refused.document["upload"]) == (1, True, None)
    assert (accepted.code, accepted.document["observations"], accepted.document["upload"]) == (0, 1, 1)


def test_a_changed_figure_needs_a_note_that_says_why(run, good_file, tmp_path):
    run("load", good_file)
    revised = tmp_path / "rattad.csv"
    revised.write_text("Indikator;Region;Period;Värde\nlogins;Norrbotten;2023-01;6\n", encoding="utf-8")
    silent = run("load", revised, "--accept-warnings", "--json")
    told = run("load", revised, "--accept-warnings", "--note", "rättad av källan", "--json")

    assert (silent.code, silent.document["accepted"], silent.document["upload"]) == (1, True, None)
    assert silent.err.startswith(
        "rattad.csv: inget importerades. Publicerade uppgifter ändras. Skriv varför (--note):\n"
        "  Filen: publicerade uppgifter ändras (Inloggningar på 1177). Antal: 1, ur inloggningar.csv."
    )
    assert (told.code, told.document["upload"]) == (0, 2)
    assert uploads()["note"].to_list() == ["rättad av källan", ""]


def test_a_file_can_be_marked_synthetic(run, good_file):
    assert run("load", good_file, "--synthetic", "--json").document["synthetic"] is True
    assert uploads()["synthetic"].to_list() == [True]


def test_a_file_that_calls_itself_synthetic_is_told_apart(run, tmp_path):
    file = tmp_path / "pahittad.csv"
    file.write_text("Indikator;Region;Period;Värde;Källa\nlogins;25;2023-01;5;Syntetisk\n", encoding="utf-8")

    assert "Filen säger själv att den innehåller syntetiska data." in run("check", file).out


def test_a_large_file_is_read_no_further_than_the_limit(run, tmp_path, monkeypatch):
    monkeypatch.setenv("DASHBOARD_MAX_FILE_MB", "1")
    file = tmp_path / "stor.csv"
    file.write_bytes(b"x" * 3_000_000)
    ran = run("check", file, "--json")

    assert (ran.code, [problem["rule"] for problem in ran.document["problems"]]) == (1, ["too_large"])


@pytest.mark.parametrize("command", ["check", "load"])
def test_a_file_that_is_not_there_is_wrong_usage(run, command, tmp_path):
    ran = run(command, tmp_path / "nej.csv")

    assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize("command", ["check", "load"])
def test_no_file_is_wrong_usage(run, command):
    assert run(command).code == 2


@pytest.mark.one_engine("a file that is no database")
def test_check_looks_for_repeats_and_so_refuses_a_store_it_cannot_read(run, good_file, tmp_path):
    (tmp_path / "store.sqlite3").write_bytes(b"not a database, but longer than its header" * 100)
    ran = run("check", good_file, "--json")

    assert (ran.code, "går inte att läsa" in ran.document["error"]) == (1, True)


def test_a_pipe_is_wrong_usage_and_is_not_waited_for(run, tmp_path):
    pipe = tmp_path / "ror.csv"
    os.mkfifo(pipe)
    ran = run("check", pipe, "--json")

    assert (ran.code, list(ran.document)) == (2, ["error"])


def test_a_file_that_cannot_be_read_is_said_in_words(run):
    ran = run("check", "/proc/self/mem")

    assert ran.code == 2
    assert "gick inte att läsa" in ran.err
