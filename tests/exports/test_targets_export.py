"""The targets' workbook, read as a stranger would."""

import io
from datetime import date
from typing import Any

from openpyxl import load_workbook

from access import LOCAL_CLI
from analysis.targets.shares import followed_indicators
from entries.targets import TargetEntry, enter_target, withdraw_target
from exports.targets import targets_workbook
from models import Store
from tests.publishing import publish

TARGET = TargetEntry(
    indicator="trust_overall",
    region="25",
    kind="at_least",
    value=65,
    valid_from=date(2022, 1, 1),
    body="=Provorgan",
    decided=date(2021, 11, 17),
    document="Prov 1",
)


def sheets(store: Store, language: str = "sv") -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(io.BytesIO(targets_workbook(store, ("25", "24"), language)))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_workbook_tells_targets_shares_what_has_none_and_the_history(store: Store) -> None:
    publish(
        store,
        [
            {
                "indicator": "trust_overall",
                "region": "25",
                "period": "2023",
                "value": 70.0,
                "ci_low": 67.0,
                "ci_high": 73.0,
            }
        ],
    )
    enter_target(store, LOCAL_CLI, TARGET)
    key = enter_target(store, LOCAL_CLI, TargetEntry(**{**vars(TARGET), "region": "", "value": 60.0}))
    withdraw_target(store, LOCAL_CLI, key, reason="Upphävt")
    told = sheets(store)
    assert list(told) == ["Om filen", "Läs", "Mål", "Andel med mål", "Utan mål", "Historik", "Diagram", "Kontroll"]
    assert told["Läs"] == [
        ("Region", "Mål", "Måluppfyllelse", "Värde nu", "Beslut", "Giltighet", "Läge"),
        (
            "Region Norrbotten",
            "Förtroende för hälso- och sjukvården i sin helhet: minst 65,0\N{NO-BREAK SPACE}%",
            "▲ nått",
            "70,0\N{NO-BREAK SPACE}% (67,0\N{NO-BREAK SPACE}% till 73,0\N{NO-BREAK SPACE}%), 2023",
            "=Provorgan, 17 november 2021. Prov 1",
            "Från 1 januari 2022 tills vidare",
            "Regionens eget: gäller",
        ),
    ]
    head, row = told["Mål"]
    said = dict(zip(head, row, strict=True))
    assert {name: said[name] for name in ("Region", "Mål", "Avser", "Målets värde", "Enhet", "Måluppfyllelse")} == {
        "Region": "Region Norrbotten",
        "Mål": "minst 65,0\N{NO-BREAK SPACE}%",
        "Avser": "regionens eget",
        "Målets värde": 65,
        "Enhet": "procent",
        "Måluppfyllelse": "nått",
    }
    assert (said["Värde nu"], said["Intervall, undre"], said["Intervall, övre"], said["Period"]) == (70, 67, 73, "2023")
    assert said["Gäller från"].date() == date(2022, 1, 1)
    assert said["Beslutat av"].lstrip("'\N{ZERO WIDTH SPACE}") == "=Provorgan"  # a text, no formula
    every = len(followed_indicators())
    assert [row[:3] for row in told["Andel med mål"][1:]] == [
        ("Region Norrbotten", "25", 1),
        ("Region Västerbotten", "24", 0),
    ]
    assert len(told["Utan mål"]) == every  # the head, and all but the one with a target
    assert "trust_overall" not in {row[2] for row in told["Utan mål"]}
    assert [row[1:4] for row in told["Historik"][1:]] == [
        ("borttaget", key, "Alla regioner"),
        ("registrerat", key, "Alla regioner"),
        ("registrerat", "trust_overall-25-1", "Region Norrbotten"),
    ]


def test_without_targets_every_sheet_stands_with_its_head_alone(store: Store) -> None:
    told = sheets(store, "en")
    assert [len(told[name]) for name in ("Targets", "Share with a target", "History")] == [1, 3, 1]
    assert len(told["Without a target"]) == len(followed_indicators()) + 1
