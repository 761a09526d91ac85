"""Lines over time: ink and grey with one highlighted, the pandemic shaded where the catalogue notes it."""

from collections.abc import Callable
from typing import Any

import pytest

import charts
from charts.colours import HIGHLIGHT, MUTED_INK, NATION, OTHER
from indicators import catalogue

Made = Callable[..., Any]
SIX = catalogue().default_group.regions


def layers(spec: dict[str, Any], *fields: str) -> list[list[dict[str, Any]]]:
    """The data of the layers whose records have these fields."""
    found = [layer.get("data", spec.get("data", {})).get("values", []) for layer in spec["layer"]]
    return [values for values in found if values and set(fields) <= set(values[0])]


def inks(spec: dict[str, Any]) -> dict[str, str]:
    scale = next(layer["encoding"]["color"]["scale"] for layer in spec["layer"] if "color" in layer.get("encoding", {}))
    return dict(zip(scale["domain"], scale["range"], strict=True))


@pytest.mark.parametrize(
    ("chosen", "pinned", "dark"),
    [
        (("25", "24"), "25", {"25"}),
        (("25", "24"), "", set()),
        (("25", "24"), "12", set()),  # not among the drawn
        (("25",), "", {"25"}),  # alone it needs no asking for
    ],
)
def test_one_line_is_highlighted_and_the_others_are_grey(
    over_time: Made, figure: Made, chosen: tuple[str, ...], pinned: str, dark: set[str]
) -> None:
    series = over_time(*(figure(code, 60.0, year) for code in ("25", "24", "00") for year in ("2016", "2017")))
    spec = charts.trend_lines(series, chosen=chosen, pinned=pinned).to_dict()
    assert inks(spec) == {code: HIGHLIGHT if code in dark else OTHER for code in chosen} | {"00": NATION}
    (names,) = layers(spec, "ink", "weight")
    assert {one["code"]: (one["ink"], one["weight"]) for one in names} == {
        **{code: (HIGHLIGHT, "bold") if code in dark else (MUTED_INK, "normal") for code in chosen},
        "00": (NATION, "bold"),
    }


@pytest.mark.parametrize(
    ("indicator", "periods", "shades"),
    [
        ("trust_overall", ("2019", "2020", "2021", "2022"), [("2019-07-03", "2021-07-02")]),  # two years as one shade
        ("trust_overall", ("2019", "2021", "2022"), [("2020-07-03", "2021-07-02")]),  # only what was measured
        ("trust_overall", ("2018", "2019", "2022"), []),
        ("nki_phone", ("2018", "2020", "2023"), [("2019-07-03", "2020-07-01")]),
        (
            "calls_mean_wait",
            ("2019-12", "2020-01", "2021-12", "2022-01"),
            [("2019-12-17", "2020-01-16"), ("2021-11-16", "2021-12-16")],
        ),
        ("eservice_supply_share", ("2020-03", "2020-04"), []),  # nobody has noted anything of it
    ],
)
def test_the_pandemic_is_shaded_where_the_catalogue_notes_it(
    over_time: Made, figure: Made, indicator: str, periods: tuple[str, ...], shades: list[tuple[str, str]]
) -> None:
    series = over_time(*(figure("25", 60.0, key) for key in periods), indicator=indicator)
    found = layers(charts.trend_lines(series, chosen=("25",)).to_dict(), "date", "end", "word")
    assert [(one["date"], one["end"]) for one in next(iter(found), [])] == shades
    assert {one["word"] for one in next(iter(found), [])} <= {"pandemi"}


def test_every_noted_wave_is_of_the_pandemic() -> None:
    """The shade is called so: a note of something else needs a word of its own."""
    for wave in catalogue().waves:
        assert not wave.comparability or "pandemi" in wave.comparability.sv
