"""Equality within a region: municipalities against each other, units against chance."""

from typing import Any

import polars as pl
import pytest
from scipy.stats import chi2_contingency, fisher_exact

from analysis.methods.funnel import funnel
from analysis.supply import Part, funnel_of_units, municipality_spread, unit_funnel

COUNTS = {"offered": 0, "not_offered": 0, "not_applicable": 0, "unknown": 0}


def units(rows: list[dict[str, Any]]) -> pl.DataFrame:
    plain = {"code": "25", "municipality": "", "state": "meets", "synthetic": False, **COUNTS}
    named = [{"unit": f"U{place}", "name": f"Enhet {place}", **plain, **row} for place, row in enumerate(rows)]
    return pl.DataFrame(named)


def reached(counts: dict[str, tuple[int, int]]) -> pl.DataFrame:
    """Units of municipalities: name → (how many reach the level, how many do not)."""
    return units(
        [
            {"municipality": name, "state": state}
            for name, pair in counts.items()
            for state, number in zip(("meets", "below"), pair, strict=True)
            for _ in range(number)
        ]
    )


def test_spread_of_large_municipalities_is_tested_by_chi2() -> None:
    found = municipality_spread(reached({"Luleå": (28, 2), "Boden": (12, 18), "Piteå": (22, 8)}), "25")
    assert (found.lowest, found.highest) == (Part("Boden", 40.0, 30), Part("Luleå", pytest.approx(93.33, abs=0.01), 30))
    assert found.points == pytest.approx(53.33, abs=0.01)
    expected = chi2_contingency([[28, 2], [12, 18], [22, 8]], correction=False)
    assert (found.test, found.p_value) == ("chi2", pytest.approx(expected.pvalue, rel=1e-6))
    assert found.differs
    assert (found.least, found.best) == (found.lowest, found.highest)
    assert found.rows["municipality"].to_list() == ["Boden", "Piteå", "Luleå"]


def test_small_municipalities_are_tested_by_shuffling() -> None:
    found = municipality_spread(reached({"Luleå": (8, 1), "Boden": (2, 6)}), "25")
    # With two parts the shuffle is Fisher's exact test but for which tables count as as extreme.
    exact = fisher_exact([[8, 1], [2, 6]]).pvalue
    assert (found.test, found.p_value) == ("shuffled", pytest.approx(exact, abs=0.01))


def test_a_difference_that_chance_can_give_has_no_word() -> None:
    found = municipality_spread(reached({"Luleå": (2, 1), "Boden": (1, 2), "Kiruna": (1, 0)}), "25")
    assert (found.lowest, found.highest) == (Part("Boden", pytest.approx(33.3, abs=0.1), 3), Part("Kiruna", 100.0, 1))
    assert not found.differs
    assert (found.least, found.best) == (None, None)


def test_the_least_served_part_needs_its_own_difference() -> None:
    # One far below the others; none stands out upwards.
    counts = {"Luleå": (30, 0), "Boden": (5, 25), "Piteå": (30, 0), "Kiruna": (30, 0), "Gällivare": (30, 0)}
    found = municipality_spread(reached(counts), "25")
    assert found.least == Part("Boden", pytest.approx(16.67, abs=0.01), 30)
    assert found.differs


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ({"Luleå": (3, 2)}, "one municipality"),
        ({"Luleå": (3, 0), "Boden": (2, 0)}, "every unit reaches the level"),
        ({"Luleå": (0, 3), "Boden": (0, 2)}, "no unit does"),
    ],
)
def test_nothing_to_test(counts: dict[str, tuple[int, int]], why: str) -> None:
    found = municipality_spread(reached(counts), "25")
    assert (found.test, found.p_value, found.differs, found.least, found.best) == ("", None, False, None, None), why


def test_units_that_are_unknown_or_of_no_municipality_are_outside() -> None:
    told = units(
        [
            {"municipality": "Luleå", "state": "unknown"},
            {"municipality": "", "state": "below"},
            {"municipality": "Boden", "state": "meets"},
            {"municipality": "Umeå", "state": "below", "code": "24"},
        ]
    )
    found = municipality_spread(told, "25")
    assert found.rows["municipality"].to_list() == ["Boden", "Luleå"]
    assert (found.lowest, found.highest, found.points) == (Part("Boden", 100.0, 1), Part("Boden", 100.0, 1), 0.0)


def test_a_region_without_units_has_no_spread() -> None:
    found = municipality_spread(reached({"Luleå": (1, 1)}), "24")
    assert found.rows.is_empty()
    assert (found.lowest, found.highest, found.points, found.p_value) == (None, None, None, None)


def test_the_funnel_is_the_houses_own_over_what_is_known() -> None:
    told = units(
        [
            {"offered": 5, "not_offered": 5, "unknown": 5, "municipality": "Luleå"},
            {"offered": 1, "not_offered": 29, "not_applicable": 3},
            *({"offered": 10, "not_offered": 10} for _ in range(12)),
            {"unknown": 4},
        ]
    )
    rows = unit_funnel(told, "25")
    by_unit = {row["unit"]: (row["numerator"], row["denominator"]) for row in rows.to_dicts()}
    assert [by_unit[name] for name in ("U0", "U1", "U2", "U14")] == [(5, 10), (1, 30), (10, 20), (0, 0)]
    counts = rows.select("numerator", "denominator", area="unit")
    expected = funnel(counts).rows
    assert rows["share"].to_list() == pytest.approx(
        [None if value is None else 100 * value for value in expected["value"]]
    )
    for name in ("low95", "high95", "low998", "high998"):
        assert rows[name].to_list() == [None if limit is None else 100 * limit for limit in expected[name]]
    assert rows["verdict"].to_list() == expected["verdict"].to_list()
    assert rows.filter(verdict="not_assessable")["unit"].to_list() == ["U14"]
    assert rows["outside"].to_list() == [verdict.startswith(("above", "below")) for verdict in expected["verdict"]]
    assert rows.filter(pl.col("outside"))["unit"].to_list() == ["U1"]


def test_units_of_one_name_are_told_apart() -> None:
    told = units(
        [
            {"name": "Centrum", "municipality": "Luleå"},
            {"name": "Centrum", "municipality": "Boden"},
            {"name": "Norra", "municipality": "Boden"},
            {"name": "Norra", "municipality": "Boden"},
        ]
    )
    _, counts = funnel_of_units(told, "25")
    assert counts["area"].to_list() == ["Centrum (Luleå)", "Centrum (Boden)", "Norra (U2)", "Norra (U3)"]
