"""The page's tables about care units as a workbook: unrounded numbers, the rule and made-up data on the cover."""

import io

import openpyxl
import polars as pl
import pytest

from analysis.supply import minimum_rule
from exports.supply_shares import tables_workbook
from indicators import period_of

PERIOD = period_of("2024-01")


def made(synthetic: bool, language: str = "sv") -> openpyxl.Workbook:
    frame = pl.DataFrame(
        {"municipality": ["Kiruna", "=Boden"], "share": [100 / 7, None], "ci_low": [6.1, None], "synthetic": synthetic}
    )
    content = tables_workbook(
        "Rubrik", [("Kommun", frame)], PERIOD, minimum_rule("4", PERIOD), language=language, link="http://x/supply",
        files=["utbud.csv (uppladdning 1, antal uppgifter: 2)"],
    )  # fmt: skip
    return openpyxl.load_workbook(io.BytesIO(content))


def test_numbers_are_numbers_and_shown_with_one_decimal() -> None:
    book = made(synthetic=True)
    assert list(book["Kommun"].values) == [
        ("Kommun", "Andel", "Nedre gräns", "Flagga"),
        ("Kiruna", pytest.approx(100 / 7), 6.1, "x"),
        ("=Boden", None, None, "x"),  # no share is no number; a name is never a formula
    ]
    assert book["Kommun"]["B2"].number_format == "0.0"
    assert book["Kommun"]["A3"].data_type == "s"


def test_the_cover_says_the_rule_and_that_the_data_are_made_up() -> None:
    cover = dict(list(made(synthetic=True)["Om filen"].values)[1:])
    assert cover["Miniminivå"] == "minst 4 e-tjänster, eller alla tillämpliga om de är färre"
    assert (cover["Period"], cover["Länk till vyn"]) == ("januari 2024", "http://x/supply")
    assert cover["Fil"] == "utbud.csv (uppladdning 1, antal uppgifter: 2)"
    assert "Syntetiska exempeldata" in cover
    assert "Syntetiska exempeldata" not in dict(list(made(synthetic=False)["Om filen"].values)[1:])
