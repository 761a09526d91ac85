"""Care units counted: every part has its sign and number, the unknown is a part of its own, and words say the same."""

import json
from datetime import date
from typing import Any

import altair as alt
import polars as pl
import pytest
import vl_convert

from charts.supply.parts import part_key, parts_in_words, supply_parts
from charts.supply.shares import shares_in_words, supply_shares
from charts.supply.trend import supply_trend, supply_trend_in_words
from locales import LANGUAGES
from wording.supply import share_of_units

NB = "\N{NO-BREAK SPACE}"


def counted(name: str, meets: int, below: int, unknown: int = 0, without: int = 0, **more: Any) -> dict[str, Any]:
    """A row of SHARES with a name; the share and its interval are told, not tested here."""
    known = meets + below
    share = 100 * meets / known if known else None
    return {
        "name": name,
        "units": known + unknown + without,
        "numerator": meets,
        "denominator": known,
        "below": below,
        "unknown": unknown,
        "not_applicable": without,
        "share": share,
        "synthetic": False,
        "ci_low": share and share - 10,
        "ci_high": share and share + 5,
        **more,
    }


NORTH = counted("Norrbotten", 12, 7, 3, 2, code="25")
NOTHING_KNOWN = counted("Gävleborg", 0, 0, 4, code="21")


def records(node: Any) -> list[dict[str, Any]]:
    """Every record of a chart's data."""
    if isinstance(node, dict):
        own = node.get("data", {}).get("values", [])
        return [*own, *(each for child in node.values() for each in records(child))]
    return [each for child in node for each in records(child)] if isinstance(node, list) else []


def unique(chart: alt.LayerChart, *fields: str) -> list[tuple[Any, ...]]:
    found = [
        tuple(one[name] for name in fields) for one in records(chart.to_dict()) if all(name in one for name in fields)
    ]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_chart_draws_the_same_twice(language: str) -> None:
    rows = [NORTH, NOTHING_KNOWN]
    for chart in (
        lambda: supply_parts(rows, "t", "s", language, chosen=["25"]),
        lambda: supply_shares(rows, "t", "s", language, whole=50.0, whole_name="alla"),
        lambda: supply_trend(over_time(), "t", "s", language, chosen=["25"]),
    ):
        first, second = chart().to_json(), chart().to_json()
        assert first == second
        assert vl_convert.vegalite_to_svg(first).startswith("<svg")


def test_the_parts_fill_the_bar_and_each_has_its_sign_and_number() -> None:
    pieces = unique(supply_parts([NORTH], "t", "s"), "state", "written", "start", "end")
    assert [(state, written, round(24 * start), round(24 * end)) for state, written, start, end in pieces] == [
        ("meets", "✓ 12", 0, 12),
        ("below", "○ 7", 12, 19),
        ("unknown", "? 3", 19, 22),  # a part of its own, beside the known ones
        ("not_applicable", "– 2", 22, 24),
    ]


def test_a_part_too_narrow_for_its_number_has_none_but_is_said() -> None:
    narrow = supply_parts([counted("A", 29, 1)], "t", "s")
    assert unique(narrow, "state", "wide") == [("meets", True), ("below", False)]
    assert unique(narrow, "said") == [("A: når nivån: 29",), ("A: når inte nivån: 1",)]


def test_numerator_and_denominator_are_printed_and_the_chosen_are_bold() -> None:
    chart = supply_parts([NORTH, {**NOTHING_KNOWN, "synthetic": True}], "t", "s", chosen=["25"])
    assert unique(chart, "name", "printed", "group") == [
        ("Norrbotten", f"12 av 19, 63,2{NB}%", "chosen"),
        ("Gävleborg", f"ingen andel, allt är okänt{NB}x", "other"),
    ]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((4, 0), "ingen andel, allt är okänt"),
        ((0, 3), "ingen andel, inget är tillämpligt"),  # nobody fails to answer where nothing applies
        ((1, 3), "ingen andel, okänt eller ej tillämpligt"),
    ],
)
def test_without_a_share_it_says_which_kind_of_nothing(counts: tuple[int, int], said: str) -> None:
    row = {**NOTHING_KNOWN, **dict(zip(("unknown", "not_applicable"), counts, strict=True))}
    assert share_of_units(row, "sv") == said


def test_the_bars_in_words_leave_out_parts_without_a_unit() -> None:
    assert part_key("sv") == "✓ når nivån, ○ når inte nivån, ? okänt, – ej tillämpligt"
    assert parts_in_words([NORTH, NOTHING_KNOWN], "Titel", "juni") == (
        "Titel, juni. "
        f"Norrbotten: når nivån: 12, når inte nivån: 7, okänt: 3, ej tillämpligt: 2, 12 av 19, 63,2{NB}%. "
        "Gävleborg: okänt: 4, ingen andel, allt är okänt."
    )


def test_a_word_stands_only_where_a_test_carries_it() -> None:
    chart = supply_shares([counted("Kiruna", 1, 9), counted("Boden", 5, 5)], "t", "s", marked={"Kiruna": "lägst"})
    assert unique(chart, "name", "printed", "group") == [
        ("Kiruna", f"1 av 10, 10,0{NB}% lägst", "chosen"),
        ("Boden", f"5 av 10, 50,0{NB}%", "other"),
    ]


def test_a_municipality_without_a_share_keeps_its_row_and_has_no_dot() -> None:
    chart = supply_shares([NORTH, NOTHING_KNOWN], "t", "s")
    assert unique(chart, "name", "printed") == [
        ("Norrbotten", f"12 av 19, 63,2{NB}%"),
        ("Gävleborg", "ingen andel, allt är okänt"),
    ]
    dots = [layer for layer in chart.to_dict()["layer"] if layer["mark"]["type"] == "point"]
    assert [one["name"] for layer in dots for one in records(layer)] == ["Norrbotten"]


def test_shares_in_words_have_their_intervals() -> None:
    assert shares_in_words([NORTH, NOTHING_KNOWN], "Titel", "juni", whole=f"Norrbotten 60,0{NB}%") == (
        f"Titel, juni. Norrbotten 60,0{NB}%. Norrbotten: 12 av 19, 63,2{NB}% (53,2–68,2{NB}%). "
        "Gävleborg: ingen andel, allt är okänt."
    )


def over_time() -> pl.DataFrame:
    """Norrbotten in three months, the second of them wholly unknown."""
    shares = {"2024-01": (5, 5), "2024-02": None, "2024-03": (9, 1)}
    rows = []
    for key, found in shares.items():
        told = counted("", *found) if found else counted("", 0, 0, 10)
        told.pop("name")
        start = date(2024, int(key[-2:]), 1)
        rows.append({"code": "25", "period": key, "period_start": start, "period_kind": "month", **told})
    return pl.DataFrame(rows)


def test_a_line_is_broken_where_a_period_has_no_share() -> None:
    points = unique(supply_trend(over_time(), "t", "s", chosen=["25"]), "code", "date", "line", "value")
    assert points == [("25", "2024-01-01", 0, 50.0), ("25", "2024-03-01", 1, 90.0)]


def test_a_region_alone_has_its_intervals_and_several_have_not() -> None:
    both = pl.concat([over_time(), over_time().with_columns(code=pl.lit("24"))])
    for rows, chosen, whiskers in ((over_time(), ["25"], 1), (both, ["25", "24"], 0)):
        spec = supply_trend(rows, "t", "s", chosen=chosen).to_dict()
        assert sum("low" in json.dumps(layer["encoding"].get("y", {})) for layer in spec["layer"]) == whiskers
    alone = unique(supply_trend(over_time(), "t", "s", chosen=["25"]), "value", "low", "high")
    assert alone == [(50.0, 40.0, 55.0), (90.0, 80.0, 95.0)]


def test_the_trend_in_words_is_its_first_and_last_share() -> None:
    assert supply_trend_in_words(over_time(), "Titel", "månad") == (
        f"Titel, månad. Norrbotten: 5 av 10, 50,0{NB}% (januari 2024), 9 av 10, 90,0{NB}% (mars 2024)."
    )


def test_a_region_that_is_not_chosen_has_no_line() -> None:
    assert json.dumps(supply_trend(over_time(), "t", "s", chosen=["24"]).to_dict()).count("2024-03-01") == 0
