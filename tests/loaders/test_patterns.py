"""No text can stop the clock: every pattern of the importers, and every function of theirs that takes a text, on texts
made to make them go back over and over; and files with such texts in every cell."""

import subprocess
import sys
from pathlib import Path

import pytest

from loaders import check_file
from models.settings import PROJECT
from tests.loaders import patterns_child
from tests.loaders.files import csv_bytes

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("part", ["patterns", "functions"])
def test_no_text_stops_the_clock(part: str):
    done = subprocess.run(
        [sys.executable, "-m", "tests.loaders.patterns_child", part], cwd=PROJECT, capture_output=True, text=True
    )
    told = done.stdout.splitlines()
    assert done.returncode == 0, f"killed at: {told[-1:]} {done.stderr[-2000:]}"
    assert told[-1] == "done"
    assert len(told) > {"patterns": 250, "functions": 100}[part]


def test_the_patterns_are_found_wherever_they_are_written(tmp_path: Path):
    found = {pattern.pattern for _, pattern in patterns_child.patterns().values()}
    assert {r"antal [a-zåäö0-9 -]+", r"(?<!\w)(?:x)s?(?!\w)"} <= found  # inside a call, and made of what a call knows


HEADS = {
    "template": "Indikator;Region;Period;Kön;Värde;Täljare;Kommentar",
    "wide": "trust_overall\nRegion;2021;2022",
    "supply": "HSA-id;Enhetsnamn;Region;Boka tid;Förnya recept, antal ärenden",
    "long_supply": "HSA-id;Tjänst;Status;Period",
    "units": "HSA-id;Enhetsnamn;Region;Enhetstyp",
    "profile": "Region;Veckodag;Timme;Inkomna samtal",
    "kolada": "Kommun;Nyckeltal;2021;2022",
    "unknown": "Kolumn;Rubrik",
}


SIGNS = [" ", "\u00a0", "0", "-", "(", ",", " ,", "0 "]


@pytest.mark.parametrize(
    ("head", "sign"),
    [
        # Every other here, as on a chessboard: each head meets half of the signs, each sign half of the heads.
        pytest.param(head, sign, marks=[pytest.mark.hard] * ((number + other) % 2))
        for number, head in enumerate(HEADS)
        for other, sign in enumerate(SIGNS)
    ],
)
def test_no_cell_stops_the_clock(head: str, sign: str):
    """The suite's own time is the limit: 20 000 signs in a header, a title, a label and a value cost milliseconds."""
    text = f"a{sign * (20_000 // len(sign))}x"
    first, *rest = HEADS[head].splitlines()
    row = ";".join(["Region Skåne", *[text] * HEADS[head].splitlines()[-1].count(";")])
    lines = [first, *rest[:-1], f"{(rest or [first])[-1]};{text} ärenden", row, f"{text};{row}"]
    checked = check_file(None, "fil.csv", csv_bytes("\n".join(dict.fromkeys(lines))))
    assert not checked.accepted
