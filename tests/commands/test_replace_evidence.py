"""A bare table after a rich one, from the terminal: what stands, what is told, what replaces it (design §4)."""

import re
from pathlib import Path
from typing import Any

import pytest

from analysis import compare_regions
from models import Store

TURNED = ("04", "12")
"""Of Vårdbarometern 2015, Sörmland and Skåne are worse than riket only because the file has their intervals."""


@pytest.fixture
def bare(own_sample_store: Store, tmp_path: Path) -> Path:
    """The values of 2015 and nothing else."""
    rows = compare_regions(own_sample_store, "trust_vardcentral", "2015").rows.to_dicts()
    lines = [f"trust_vardcentral;{row['region']};2015;{row['value']}" for row in rows if row["code"] != "00"]
    file = tmp_path / "bara_varden.csv"
    file.write_text("\n".join(["Indikator;Region;Period;Värde", *lines, ""]).replace(".", ","), encoding="utf-8")
    return file


def shown(run: Any, *more: str) -> dict[str, tuple[Any, ...]]:
    rows = run("compare", "trust_vardcentral", "--period", "2015", "--json", *more).document["rows"]
    return {
        row["code"]: (row["judgement"], row["base_n"] is not None, row["upload"] == row["origin"], row["confirmed_by"])
        for row in rows
        if row["code"] in TURNED
    }


def test_a_bare_table_confirms_and_says_what_it_lacks_and_would_turn(run, own_sample_store: Store, bare: Path):
    told = run("check", bare, "--json").document
    [warning] = [one for one in told["problems"] if one["rule"].startswith("evidence")]
    assert warning["rule"] == "evidence_kept"
    assert "intervall, bas, täljare" in warning["message"]
    assert re.search("Sörmland 2015: sämre → [^;]+; Skåne 2015: sämre → ", warning["message"])
    assert "Vården i siffror" in warning["message"]
    assert told["changes"]["turns"] == []
    turned = {one["code"]: one for one in told["changes"]["turns_if_replaced"]}
    assert {
        code: (turned[code]["judgement_before"], turned[code]["judgement_after"]) for code in TURNED
    } == dict.fromkeys(TURNED, ("worse", "similar"))
    done = run("load", bare, "--accept-warnings", "--json").document
    assert shown(run) == {code: ("worse", True, True, [done["upload"]]) for code in TURNED}


def test_only_replace_evidence_lets_the_poorer_rows_stand_and_a_note_says_why(run, own_sample_store: Store, bare: Path):
    refused = run("load", bare, "--accept-warnings", "--replace-evidence")
    assert refused.code == 1
    assert "--note" in refused.err
    done = run("load", bare, "--accept-warnings", "--replace-evidence", "--note", "avtalat", "--json").document
    assert shown(run) == {code: ("similar", False, False, [done["upload"]]) for code in TURNED}
    run("withdraw", done["upload"], "--note", "ångrat")
    assert shown(run) == {code: ("worse", True, True, []) for code in TURNED}
    run("restore", done["upload"], "--note", "ändå")
    assert shown(run) == {code: ("similar", False, False, [done["upload"]]) for code in TURNED}


def test_a_staged_file_is_published_with_the_same_choice(run, own_sample_store: Store, bare: Path):
    upload = run("stage", bare, "--json").document["upload"]
    run("publish", upload, "--accept-warnings", "--replace-evidence", "--note", "avtalat")
    assert shown(run) == {code: ("similar", False, False, [upload]) for code in TURNED}
