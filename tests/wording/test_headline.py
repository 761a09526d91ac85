"""A page's finding says what the rows say, and nothing of a region that cannot be judged or has no figure."""

from typing import Any

import pytest

from analysis import Comparison
from tests.charts.judged_rows import ROWS, assessed, comparison, row
from wording.headline import distance_in_words, headline, lead, listed, regions_counted

NBSP = "\N{NO-BREAK SPACE}"
TITLE = "Förtroende för hälso- och sjukvården i sin helhet 2023"
# The rows: Dalarna and Gävleborg better, Västernorrland similar, Jämtland Härjedalen worse, Västerbotten has a value
# that cannot be assessed, Norrbotten has no value; Stockholm has no row.


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (("23", "20", "21"), "Jämtland Härjedalen under riket, Dalarna och Gävleborg över"),
        (("20", "23", "21"), "Jämtland Härjedalen under riket, Dalarna och Gävleborg över"),
        (("23",), "Jämtland Härjedalen under riket"),
        (("20", "24", "25"), "Dalarna över riket"),
        (("22",), "ingen säker skillnad mot riket i någon av regionerna"),
        # One that cannot be assessed, or has no figure, has not been found to be without a difference.
        (("22", "24"), "ingen säker skillnad mot riket i de regioner som kan bedömas"),
        (("22", "25"), "ingen säker skillnad mot riket i de regioner som kan bedömas"),
        (("22", "01"), "ingen säker skillnad mot riket i de regioner som kan bedömas"),
        (("24",), "kan inte bedömas för de valda regionerna"),
        (("24", "25"), "kan inte bedömas för de valda regionerna"),
        (("25",), "siffror saknas för de valda regionerna"),
        (("01",), "siffror saknas för de valda regionerna"),
    ],
)
def test_headline(codes: tuple[str, ...], said: str) -> None:
    assert headline(comparison(), codes) == f"{TITLE}: {said}"


def test_headline_of_what_is_not_published_names_the_measure_alone() -> None:
    assert headline(comparison(period=None), ("20",)) == "Förtroende för hälso- och sjukvården i sin helhet"


@pytest.mark.parametrize(("flagged", "marked"), [("20", True), ("00", True), ("21", False)])
def test_headline_that_rests_on_example_data_says_so(flagged: str, marked: bool) -> None:
    rows = tuple({**one, "flags": "x"} if one["code"] == flagged else one for one in ROWS)
    said = headline(comparison(rows), ("20", "23"))
    assert said.endswith(" (syntetiska exempeldata)") is marked


FAR = f"Dalarna har 70,0{NBSP}%, 10,0 procentenheter högre än riket (med 95{NBSP}% säkerhet 7,0 till 13,0)."


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (("23", "20"), [FAR]),
        (("20", "22"), [FAR, "För Västernorrland syns ingen säker skillnad mot riket."]),
        (("20", "24"), [FAR, "Västerbotten kan inte bedömas."]),
        (("20", "25", "01"), [FAR, "Siffra saknas för Norrbotten och Stockholm."]),
        (("22",), [f"Västernorrland har 61,0{NBSP}%: ingen säker skillnad mot riket."]),
        (("24", "25"), ["Siffra saknas för Norrbotten."]),
        (("24",), []),
        (("25",), []),
    ],
)
def test_lead(codes: tuple[str, ...], said: list[str]) -> None:
    assert lead(comparison(), codes, []) == [one.replace(f"95{NBSP}%", "95 %") for one in said]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("20", FAR.replace(f"95{NBSP}%", "95 %")),
        ("22", f"Västernorrland har 61,0{NBSP}%: ingen säker skillnad mot riket."),
        ("24", f"Västerbotten har 50,0{NBSP}%, som inte kan bedömas mot riket."),
    ],
)
def test_a_distance_is_told_only_where_it_is_marked(code: str, said: str) -> None:
    assert distance_in_words(comparison(), row_of(comparison(), code)) == said


def test_the_distance_below_names_its_nearer_end_first() -> None:
    said = distance_in_words(comparison(), row_of(comparison(), "23"))
    assert "55,0\N{NO-BREAK SPACE}%, 5,0 procentenheter lägre än riket (med 95 % säkerhet 2,0 till 8,0)" in said


def row_of(made: Comparison, code: str) -> dict[str, Any]:
    return made.rows.row(made.rows["code"].to_list().index(code), named=True)


def test_all_regions_are_counted_and_the_nation_is_none_of_them() -> None:
    counted = "2 av 4 regioner ligger över riket och 1 under; för 1 syns ingen säker skillnad."
    assert regions_counted(comparison()) == counted
    assert regions_counted(comparison((row("25", unassessed="no_value"), assessed("00", 60.0, "better", 95, 1)))) == ""


@pytest.mark.parametrize(
    ("names", "said"), [([], ""), (["A"], "A"), (["A", "B"], "A och B"), (["A", "B", "C"], "A, B och C")]
)
def test_listed(names: list[str], said: str) -> None:
    assert listed(names, "sv") == said
