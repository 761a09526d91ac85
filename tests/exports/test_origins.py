"""Which figures came from which file: in words, computed from the uploads of the rows."""

import pytest

from analysis import compare_regions
from analysis.figures import figures_of
from exports.origins import Origin, origins, part_in_words
from indicators import catalogue
from tests.exports.conftest import PUBLISHED_AT


def figure(region, period, value=60.0):
    return {"indicator": "trust_overall", "region": region, "period": period, "value": value}


def test_a_figure_that_another_file_replaced_is_named_with_its_file(store, publish):
    codes = catalogue().region_codes
    publish([figure(code, "2020") for code in (*codes, "00")], file="a.json")
    publish([figure("25", "2020", 62.9)], file="b.xlsx")
    found = origins(compare_regions(store, "trust_overall").rows, {1: "kolada_json", 2: "template"}, "sv")

    assert found == [
        Origin(1, "Kolada (filen a.json)", "20 regioner och riket 2020", PUBLISHED_AT),
        Origin(2, "egen fil b.xlsx", "Region Norrbotten 2020", PUBLISHED_AT),
    ]


@pytest.mark.parametrize(
    ("rows", "swedish", "english"),
    [
        ([("25", "2020")], "Region Norrbotten 2020", "Region Norrbotten 2020"),
        (
            [("25", "2020"), ("00", "2020")],
            "Region Norrbotten 2020 och riket 2020",
            "Region Norrbotten 2020 and Riket 2020",
        ),
        (
            [("25", "2018"), ("25", "2019"), ("25", "2020")],
            "Region Norrbotten 2018–2020",
            "Region Norrbotten 2018–2020",
        ),
        (
            [("25", "2019"), ("24", "2020"), ("00", "2020")],
            "Region Västerbotten, Region Norrbotten och riket 2019–2020",
            "Region Västerbotten, Region Norrbotten and Riket 2019–2020",
        ),
        ([("25", "2020"), ("24", "2020"), ("23", "2020")], "3 regioner 2020", "3 regions 2020"),
    ],
)
def test_a_part_is_named_or_counted(store, publish, rows, swedish, english):
    publish([figure(*row) for row in rows])
    figures = figures_of(store, catalogue().indicators["trust_overall"])

    assert (part_in_words(figures, "sv"), part_in_words(figures, "en")) == (swedish, english)
