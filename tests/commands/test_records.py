"""Records in a terminal: what `check`, `load`, `stage`, `publish`, `changes` and `uploads` say of a file of them."""

from pathlib import Path

import pytest

from models import Store
from tests.loaders.record_files import A, B, register, supply


@pytest.fixture
def units(tmp_path: Path) -> Path:
    file = tmp_path / "enheter.csv"
    file.write_bytes(register((A, "Björknäs"), (B, "Sandträsk")))
    return file


@pytest.fixture
def first(tmp_path: Path) -> Path:
    file = tmp_path / "utbud.csv"
    file.write_bytes(supply((A, "ja", "nej"), (B, "ja", "e.t.")))
    return file


@pytest.fixture
def second(tmp_path: Path) -> Path:
    file = tmp_path / "utbud_ny.csv"
    file.write_bytes(supply((A, "nej", "nej")))
    return file


def test_check_counts_records_and_tells_each_change(run, units: Path, first: Path, second: Path):
    run("load", units)
    run("load", first)
    told = run("check", second).out
    assert "  Filtyp: utbud av e-tjänster, en kolumn per tjänst. Innehåll: 2 uppgifter om utbud.\n" in told
    assert "  Utbud av e-tjänster juni 2025: nya 0, oförändrade 1, ändrade 1, utanför filen 2.\n" in told
    assert "Björknäs: Beställa tid  läge  erbjuds  erbjuds inte" in told
    assert "siffror" not in told
    document = run("check", second, "--json").document
    assert (document["observations"], document["records"]) == (0, {"service_offer": 2})
    assert document["changes"]["counts"] == []
    assert document["changes"]["records"]["counts"] == [
        {"record": "service_offer", "period": "2025-06", "new": 0, "same": 1, "changed": 1, "not_in_file": 2}
    ]
    (changed,) = document["changes"]["records"]["changed"]
    assert {name: changed[name] for name in ("unit", "unit_name", "service", "field", "old", "new", "cell")} == {
        "unit": A,
        "unit_name": "Björknäs",
        "service": "request_appointment",
        "field": "status",
        "old": "offered",
        "new": "not_offered",
        "cell": "E2",
    }


def test_check_of_figures_says_nothing_of_records(run, good_file: Path, store: Store):
    document = run("check", good_file, "--json").document
    assert "records" not in document
    assert set(document["changes"]) == {"counts", "changed", "turns", "unjudged", "evidence", "turns_if_replaced"}


def test_steps_count_what_they_move(run, units: Path, first: Path):
    assert run("load", units).out == "enheter.csv: publicerad som uppladdning 1, 2 vårdenheter.\n"
    assert run("stage", first).out == "utbud.csv: lagrad som uppladdning 2, 4 uppgifter om utbud, inte publicerad.\n"
    assert run("publish", 2).out == "Uppladdning 2 är publicerad. Den innehåller 4 uppgifter om utbud.\n"
    done = run("withdraw", 2, "--note", "fel fil", "--json").document
    assert done == {
        "upload": 2,
        "action": "withdrawn",
        "publication": 3,
        "note": "fel fil",
        "records": {"service_offer": 4},
    }
    assert run("restore", 2, "--note", "rätt fil").code == 0


def test_changes_count_records_per_kind_and_list_the_changed_ones(run, first: Path, second: Path):
    run("load", first)
    run("load", second, "--accept-warnings", "--note", "rättad")
    newest, oldest = run("changes", "--json").document
    assert (newest["kind"], newest["indicators"], newest["figures"]) == ("corrected", [], [])
    assert newest["records"] == [
        {
            "record": "service_offer",
            "first_period": "2025-06",
            "last_period": "2025-06",
            "new": 0,
            "changed": 1,
            "gone": 0,
            "same": 1,
            "revised": 1,
        }
    ]
    assert [(one["unit"], one["old"], one["new"]) for one in newest["changed_records"]] == [
        (A, "offered", "not_offered")
    ]
    assert (oldest["new"], oldest["changed_records"]) == (4, [])
    assert run("changes").out.splitlines()[2].endswith("rättad      Utbud av e-tjänster")


def test_uploads_count_records_by_kind(run, units: Path, good_file: Path):
    run("load", units)
    run("load", good_file)
    figures, records = run("uploads", "--json").document
    assert "records" not in figures
    assert records["records"] == {"care_unit": 2}
    lines = run("uploads").out.splitlines()
    assert lines[0].endswith("Övriga uppgifter")
    assert lines[3].endswith("2 vårdenheter")


def test_layout_of_records_may_be_named(run, first: Path):
    assert run("check", first, "--layout", "supply_wide").code == 0
    refused = run("check", first, "--layout", "care_units", "--json")
    assert [problem["rule"] for problem in refused.document["problems"]] == ["unknown_layout"]
