"""A year with a footnote's mark is still that year: the mark goes with the figures, no column of numbers is lost."""

import pytest

from loaders import check_file
from loaders.layouts.footnotes import note_of, parted
from tests.loaders.files import csv_bytes

MARKED = (
    "trust_hospital\nRegion;2019*;2020¹;2021\nRegion Skåne;60;61;62\nRegion Dalarna;63;64;65\n"
    "* preliminärt\n1) Ny fråga\nKälla: SKR\n"
)
TURNED = "trust_hospital\nÅr;Region Skåne;Region Dalarna\n2019*;60;63\n2020;61;64\n* preliminärt\n"
KOLADA = "Nyckeltals-id;Region;2019*;2020\nU70446;Region Skåne;60;61\n"


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            MARKED,
            [
                ("12", "2019", 60.0, "2019*: preliminärt"),
                ("12", "2020", 61.0, "2020¹: Ny fråga"),
                ("12", "2021", 62.0, ""),
                ("20", "2019", 63.0, "2019*: preliminärt"),
                ("20", "2020", 64.0, "2020¹: Ny fråga"),
                ("20", "2021", 65.0, ""),
            ],
        ),
        (
            TURNED,
            [
                ("12", "2019", 60.0, "2019*: preliminärt"),
                ("12", "2020", 61.0, ""),
                ("20", "2019", 63.0, "2019*: preliminärt"),
                ("20", "2020", 64.0, ""),
            ],
        ),
        (KOLADA, [("12", "2019", 60.0, "2019*"), ("12", "2020", 61.0, "")]),
    ],
    ids=["wide", "turned", "kolada"],
)
def test_a_marked_year_is_read_and_its_footnote_kept(text: str, figures: list[tuple[object, ...]]):
    checked = check_file(None, "fil", csv_bytes(text))
    assert checked.problems == ()
    assert checked.observations.select("region", "period", "value", "comment").rows() == figures


@pytest.mark.parametrize(
    ("text", "place", "header"),
    [
        ("trust_hospital\nRegion;2019;2018–2020\nRegion Skåne;60;61\n", "C3", "2018–2020"),
        ("trust_hospital\nÅr;Region Skåne;Region Dalarna\n2019;60;63\nMedel;61;64\n", "B4", "Medel"),
        ("Nyckeltals-id;Region;2019;2020 prel\nU70446;Region Skåne;60;61\n", "D2", "2020 prel"),
    ],
    ids=["wide", "turned", "kolada"],
)
def test_numbers_under_a_header_that_is_no_period_are_an_error_that_names_it(text: str, place: str, header: str):
    (error,) = check_file(None, "fil", csv_bytes(text)).errors
    assert error.message() == (
        f'Cell {place}: rubriken "{header}" är varken period, kön, kod eller jämförelse, så talen under eller bredvid '
        "den kan inte läsas. Tillåtet: en period för varje kolumn eller rad med tal, till exempel 2019, 2019* eller "
        "mars 2019. Skriv perioden i rubriken, eller ta bort kolumnen eller raden ur filen."
    )


def test_numbers_without_a_header_are_an_error():
    (error,) = check_file(None, "fil", csv_bytes("trust_hospital\n;Region;2019\n1;Region Skåne;60\n")).errors
    assert error.message("en") == (
        "Cell A3: the numbers here have no header, so they cannot be read. Allowed: a period for each column or row of "
        "numbers, for example 2019, 2019* or mars 2019. Write the period in the header, or remove the numbers from the "
        "file."
    )


@pytest.mark.parametrize(
    ("header", "parts"),
    [
        ("2019**", ("2019", "**")),
        ("2019 ¹⁾", ("2019 ¹⁾", "")),  # a raised bracket is no sign we know: told, not guessed
        ("2020¹²", ("2020", "¹²")),
        ("2019 ²)", ("2019", "²)")),
        ("2019 a)", ("2019", "a)")),
        ("2019†", ("2019", "†")),
        ("*", ("*", "")),
        ("2019)", ("2019)", "")),
    ],
)
def test_the_marks_that_are_known(header: str, parts: tuple[str, str]):
    assert parted(header) == parts


def test_a_mark_finds_its_own_footnote():
    lines = ["** omräknat", "* preliminärt", "2 Ny fråga", "12 procent fler", "a) bara kvinnor"]
    assert [note_of(mark, lines) for mark in ("*", "**", "²", "¹", "a)")] == [
        "preliminärt",
        "omräknat",
        "Ny fråga",
        "",
        "bara kvinnor",
    ]
