"""The upload desk without a browser: stage, publish, withdraw, restore; each step told, refused ones too."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def values(run: Run) -> dict[str, float | None]:
    """Region code → logins in January 2023, Riket left out."""
    rows = run("compare", "logins", "--period", "2023-01", "--json").document["rows"]
    return {row["code"]: row["value"] for row in rows if row["code"] != "00"}


def second_file(tmp_path: Path) -> Path:
    file = tmp_path / "rattelse.csv"
    file.write_text("Indikator;Region;Period;Värde;Källa\nlogins;Skåne;2023-01;9;Rapport 2\n", encoding="utf-8")
    return file


def test_a_staged_file_is_published_on_its_own_word(run: Run, good_file: Path):
    staged = run("stage", good_file, "--note", "granska", "--json")
    assert (staged.code, staged.document["upload"]) == (0, 1)
    assert [one["status"] for one in run("uploads", "--json").document] == ["staged"]
    published = run("publish", 1, "--json")
    assert (published.code, published.document) == (
        0,
        {"upload": 1, "action": "published", "publication": 1, "note": ""},
    )
    assert values(run) == {"12": 7.0, "25": 5.0}


def test_a_rejected_upload_is_never_published(run: Run, good_file: Path):
    run("stage", good_file)
    assert run("reject", 1).code == 1
    assert run("reject", 1, "--note", "fel fil").out == "Uppladdning 1 är avvisad.\n"
    refused = run("publish", 1, "--json")
    assert refused.code == 1
    assert refused.document == {"error": "Uppladdning 1 (avvisad) kan inte publiceras eller avvisas."}


def test_withdrawing_brings_back_what_was_there_and_restoring_undoes_that(run: Run, good_file: Path, tmp_path: Path):
    run("load", good_file)
    assert run("load", second_file(tmp_path), "--accept-warnings", "--note", "rättat").code == 0
    assert values(run) == {"12": 9.0, "25": 5.0}
    withdrawn = run("withdraw", 2, "--note", "det var ingen rättelse", "--json")
    assert withdrawn.document == {
        "upload": 2,
        "action": "withdrawn",
        "publication": 3,
        "note": "det var ingen rättelse",
    }
    assert values(run) == {"12": 7.0, "25": 5.0}
    assert [one["status"] for one in run("uploads", "--json").document] == ["withdrawn", "published"]
    assert run("restore", 2, "--note", "jo").code == 0
    assert values(run) == {"12": 9.0, "25": 5.0}


def test_a_step_that_cannot_be_taken_says_why(run: Run, good_file: Path):
    run("load", good_file)
    for words, told in (
        (("withdraw", 1), "Skriv varför. Inget ändrades.\n"),
        (("withdraw", 7, "--note", "x"), "Det finns ingen uppladdning med nummer 7.\n"),
        (("publish", 1), "Uppladdning 1 (publicerad) kan inte publiceras eller avvisas.\n"),
        (("publish", 7), "Det finns ingen uppladdning med nummer 7.\n"),
    ):
        done = run(*words)
        assert (done.code, done.out, done.err) == (1, "", told)


def test_check_tells_what_would_change_without_changing_it(run: Run, good_file: Path, tmp_path: Path):
    run("load", good_file)
    told = run("check", second_file(tmp_path), "--json").document["changes"]
    assert told == {
        "counts": [
            {"indicator": "logins", "period": "2023-01", "new": 0, "same": 0, "changed": 1, "gone": 0, "not_in_file": 1}
        ],
        "changed": [
            {
                "indicator": "logins",
                "code": "12",
                "region": "Region Skåne",
                "period": "2023-01",
                "sex": "T",
                "kind": "changed",
                "old": 7.0,
                "new": 9.0,
                "difference": 2.0,
                "old_reason": "",
                "new_reason": "",
                "old_file": "inloggningar.csv",
                "sheet": "",
                "cell": "D2",
            }
        ],
        "turns": [],
        "unjudged": 0,
        "evidence": [],
        "turns_if_replaced": [],
    }
    assert values(run) == {"12": 7.0, "25": 5.0}
