"""`export` and `template`: the files themselves are tested in tests/exports."""

import hashlib
import io

import openpyxl
import pytest


def test_a_workbook_of_the_shown_table(run, good_file, tmp_path):
    run("load", good_file)
    out = tmp_path / "ut.xlsx"
    ran = run("export", "workbook", "--indicator", "logins", "--out", out, "--json")
    content = out.read_bytes()

    assert ran.code == 0
    assert ran.document == {
        "file": str(out),
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "format": "workbook",
        "indicator": "logins",
        "period": "2023-01",
        "as_of": None,
        "data_version": 1,
    }
    sheets = openpyxl.load_workbook(io.BytesIO(content))
    assert [row[4].value for row in sheets["Underlag"].iter_rows()] == ["Värde (antal)", 7, 5]
    assert sheets["Källor"]["F2"].value == hashlib.sha256(good_file.read_bytes()).hexdigest()


def test_a_csv_of_the_shown_table_replaces_the_file_that_was_there(run, good_file, tmp_path):
    run("load", good_file)
    out = tmp_path / "ut.csv"
    out.write_text("gammalt")
    ran = run("export", "csv", "--indicator", "logins", "--regions", "25", "--out", out)

    assert (ran.code, ran.out.startswith(f"Skrev {out} (")) == (0, True)
    assert len(out.read_text("utf-8-sig").splitlines()) == 2
    assert {file.name for file in tmp_path.iterdir() if "part" in file.name} == set()


@pytest.mark.parametrize("kind", ["workbook", "csv"])
def test_all_of_it(run, good_file, tmp_path, kind):
    run("load", good_file)
    ran = run("export", kind, "--all", "--out", tmp_path / "allt", "--json")

    assert (ran.code, ran.document["indicator"], ran.document["period"]) == (0, None, None)
    assert (tmp_path / "allt").stat().st_size == ran.document["size"]


@pytest.mark.parametrize(
    "words",
    [
        ["workbook", "--out", "ut.xlsx"],  # neither an indicator nor all
        ["workbook", "--all", "--indicator", "logins", "--out", "ut.xlsx"],  # both
        ["csv", "--all", "--period", "2023-01", "--out", "ut.csv"],  # all has every period
        ["csv", "--all"],  # no file named
        ["pdf", "--all", "--out", "ut.pdf"],
        ["csv", "--all", "--out", "finns/inte/ut.csv"],
        ["csv", "--all", "--out", "/dev/null"],  # it would be replaced by a file
        ["csv", "--indicator", "nej", "--out", "ut.csv"],
        ["csv", "--indicator", "logins", "--period", "2099", "--out", "ut.csv"],
    ],
)
def test_wrong_usage_writes_nothing(run, good_file, tmp_path, monkeypatch, words):
    run("load", good_file)
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())

    assert run("export", *words).code == 2
    assert set(tmp_path.iterdir()) == before


def test_a_file_that_cannot_be_written_is_a_refusal(run, store, tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("commands.export.Path.write_bytes", full)
    ran = run("export", "csv", "--all", "--out", tmp_path / "ut.csv")

    assert (ran.code, "gick inte att skriva" in ran.err) == (1, True)


def test_the_template_never_replaces_one_that_may_be_filled_in(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert run("template").code == 0
    assert (tmp_path / "mall-1177.xlsx").exists()
    assert run("template").code == 1
    assert run("template", "--out", "mall-1177.xlsx").code == 0  # named: as asked


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_filled_in_template_is_loaded_as_written(run, tmp_path, language):
    file = tmp_path / "mall.xlsx"
    run("--language", language, "template", "--out", file)
    book = openpyxl.load_workbook(file)
    row = [
        "trust_overall",
        "Region Norrbotten",
        "2020",
        "Totalt",
        62.9,
        None,
        None,
        1000,
        59.9,
        65.8,
        "Rapport, s. 3",
        "",
    ]
    for column, value in enumerate(row, start=1):
        book["Data"].cell(2, column, value)
    book.save(file)

    loaded = run("load", file, "--accept-warnings", "--json")
    assert (loaded.code, loaded.document["layout"], loaded.document["observations"]) == (0, "template", 1)
    [figure] = run("compare", "trust_overall", "--json").document["rows"]
    written = {
        "code": "25",
        "period": "2020",
        "value": 62.9,
        "base_n": 1000.0,
        "ci_low": 59.9,
        "ci_high": 65.8,
        "source": "Rapport, s. 3",
        "cell": "E2",
    }
    assert {name: figure[name] for name in written} == written


def test_an_empty_template_is_refused_with_a_reason(run, tmp_path):
    file = tmp_path / "mall.xlsx"
    run("template", "--out", file)
    ran = run("check", file, "--json")

    assert (ran.code, ran.document["layout"]) == (1, "template")
    assert ran.document["problems"]


def test_some_indicators_of_all_are_taken_by_themselves(run, sample_store, tmp_path):
    out = tmp_path / "valda.xlsx"
    ran = run("export", "workbook", "--all", "--only", "trust_overall,nki_phone", "--out", out, "--json")
    assert (ran.code, ran.err.strip()) == (0, "229 siffror, ungefär 0,1 MB som Excel.")
    rows = openpyxl.load_workbook(out)["Underlag"].iter_rows(min_row=2, max_col=1, values_only=True)
    assert {row[0] for row in rows} == {"trust_overall", "nki_phone"}


@pytest.mark.parametrize(
    "words", [("--only", "trust_overall"), ("--all", "--only", "ingen_sådan")], ids=["without all", "unknown"]
)
def test_only_is_of_all_and_of_known_indicators(run, sample_store, tmp_path, words):
    out = tmp_path / "x.xlsx"
    assert run("export", "workbook", *words, "--out", out).code in (1, 2)
    assert not out.exists()
