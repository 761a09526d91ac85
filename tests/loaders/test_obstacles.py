"""A file that no layout knows is told why by the line in the way, and how it can be read all the same."""

import pytest

from loaders import check_file
from tests.loaders.files import csv_bytes

ROWS = "Stockholm;63;61;62\nUppsala;65;63;64\n"
WAYS = [
    ("no_period", f"trust_hospital\nRegion;Kvinnor;Män;Totalt\n{ROWS}", "A2", '"Kvinnor" (B2)'),
    ("period_apart", f"trust_hospital\n\n2021\nRegion;Kvinnor;Män;Totalt\n{ROWS}", "A3", '"2021" står på en egen rad'),
    (
        "line_between",
        f"trust_hospital\nRegion;2021;2022;2023\nAlfa;Beta;Gamma;Delta\nHuv;ena;andra;tredje\nk;l;m;n\n"
        f"o;p;q;r\ns;t;u;v\nw;x;y;z\n{ROWS}",
        "A8",
        '"w" står mellan',
    ),
    ("periods_in_rows", "Län;Året;Betyget\nSkåne;2021;3\nUppsala;2021;4\n", "B2", '"Län" (A1), "Året" (B1)'),
    ("", "a;b\n1;2\n", "", "känns inte igen"),
]


@pytest.mark.parametrize(("variant", "text", "cell", "words"), WAYS)
def test_the_line_in_the_way_is_named_and_mapping_offered(variant: str, text: str, cell: str, words: str):
    (error,) = check_file(None, "fil.csv", csv_bytes(text)).errors
    assert (error.rule, error.variant, error.cell) == ("unknown_layout", variant, cell)
    assert words in error.message("sv")
    assert "cli.py map" in error.advice("sv")
    assert "cli.py map" in error.advice("en")


@pytest.mark.parametrize("name", ["~$siffror.xlsx", ".~lock.siffror.ods#"])
def test_a_lock_beside_an_open_file_is_told_as_one(name: str):
    (error,) = check_file(None, name, b"\x06Anna A" + bytes(150)).errors
    assert error.variant == "refused_lock_file"


def test_no_library_speaks_english_in_swedish():
    for content in (b'a;b\n"x;2\n', b'a;b\n1;2\n3;"x"y\n', b"PK\x03\x04" + bytes(100)):
        (error,) = check_file(None, "fil", content).errors
        assert not {"unexpected", "expected", "zip", "file", "end of"} & set(error.message("sv").lower().split())
