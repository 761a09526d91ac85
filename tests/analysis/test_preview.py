"""What a file would change is told figure by figure, with the judgements and places it turns."""

from typing import Any

import polars as pl
import pytest

from analysis import what_would_change
from analysis.history.evidence import outcome
from analysis.history.preview import Preview
from indicators import catalogue
from loaders import check_file
from models import Store
from tests.loaders.files import csv_bytes, template
from tests.publishing import publish


def row(region: str, value: float, period: str = "2020") -> dict[str, object]:
    return {"indicator": "trust_hospital", "region": region, "period": period, "value": value}


def preview(store: Store, *lines: str) -> Preview:
    checked = check_file(store, "ny.csv", csv_bytes(template(*(f"trust_hospital;{line}" for line in lines))))
    assert not checked.errors
    return what_would_change(store, checked.observations)


def test_every_figure_is_new_same_changed_gone_or_not_in_the_file(store: Store):
    publish(store, [row("25", 60.0), row("24", 61.0), row("12", 62.0), row("01", 63.0)])
    told = preview(store, "Norrbotten;2020;;60", "Västerbotten;2020;;62,5", "Skåne;2020;;..", "Dalarna;2020;;64")
    assert told.figures.select("code", "kind", "old", "new", "difference", "new_reason", "cell").rows() == [
        ("01", "not_in_file", 63.0, 63.0, 0.0, "", "C5"),
        ("12", "gone", 62.0, None, None, "confidential", "E4"),
        ("20", "new", None, 64.0, None, "", "E5"),
        ("24", "changed", 61.0, 62.5, 1.5, "", "E3"),
        ("25", "same", 60.0, 60.0, 0.0, "", "E2"),
    ]
    assert told.counts().rows() == [("trust_hospital", "2020", 1, 1, 1, 1, 1)]
    assert told.changed()["code"].to_list() == ["24", "12"]


def test_one_changed_value_of_five_hundred_is_one_change(store: Store):
    places = [(code, str(year)) for code in list(catalogue().regions)[1:21] for year in range(1990, 2015)]
    old = [row(code, 40 + number / 20, year) for number, (code, year) in enumerate(places)]
    publish(store, old)
    lines = [f"{one['region']};{one['period']};;{one['value']}".replace(".", ",") for one in old]
    assert len(lines) == 500
    lines[250] = lines[250].replace("52,5", "53,5")
    told = preview(store, *lines)
    assert told.changed().select("period", "old", "new", "difference").rows() == [("1990", 52.5, 53.5, 1.0)]
    assert told.figures["kind"].value_counts().sort("kind").rows() == [("changed", 1), ("same", 499)]


def test_a_judgement_and_the_places_that_turn_are_named(sample_store: Store):
    checked = check_file(
        sample_store,
        "ny.csv",
        csv_bytes(template("trust_overall;Norrbotten;2022;;69,9", "trust_overall;Skåne;2024;;66")),
    )
    turns = what_would_change(sample_store, checked.observations).turns
    assert turns.filter(code="25").rows() == [
        ("trust_overall", "25", "Region Norrbotten", "2022", "worse", "better", 20.0, 5.0)
    ]
    assert turns["period"].unique().to_list() == ["2022"], "a period that is all new turns nothing"


USUAL: dict[str, Any] = {
    "example": False,
    "valued": True,
    "stands": True,
    "same": True,
    "lost": [],
    "won": [],
    "other": [],
}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({}, "confirmed"),
        ({"won": ["base"]}, "won"),
        ({"other": ["decimals"]}, "other"),
        ({"won": ["base"], "other": ["decimals"]}, "won"),
        ({"lost": ["base"]}, "lost"),
        ({"lost": ["base"], "same": False}, "lost"),
        ({"lost": ["base"], "stands": False}, "kept"),  # the published row stands, with what the file's lacks
        ({"won": ["base"], "stands": False}, "confirmed"),
        ({"same": False, "won": ["base"]}, None),  # only the value is another
        ({"valued": False, "won": ["base"]}, None),
        ({"example": True, "won": ["base"]}, None),  # a real figure takes the place of an example
    ],
)
def test_what_becomes_of_a_figures_evidence(row: dict[str, Any], told: str | None):
    lists = dict.fromkeys(("lost", "won", "other"), pl.List(pl.String))
    assert pl.DataFrame([{**USUAL, **row}], schema_overrides=lists).select(outcome()).item() == told
