"""The made-up units and their e-services hang together: real municipalities, no real unit, every state in them."""

import csv
from collections import Counter

from indicators import catalogue
from models.settings import PROJECT

UNITS, SUPPLY = "syntetisk_vardenheter.csv", "syntetisk_utbud_etjanster_2023_2025.csv"
SIX = {catalogue().regions[code].name for code in catalogue().default_group.regions}


def rows(name: str) -> list[dict[str, str]]:
    with (PROJECT / "sample_data" / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def test_every_unit_is_plainly_made_up() -> None:
    units = rows(UNITS)

    assert {row["Region"] for row in units} == SIX
    assert all(row["HSA-id"].startswith("SE0000000000-X") and row["Enhetsnamn"].startswith("Exempel") for row in units)
    per_region = Counter(row["Region"] for row in units)
    assert (min(per_region.values()), max(per_region.values())) == (16, 21)
    assert {row["Enhetstyp"] for row in units} == {
        "Hälsocentral",
        "Vårdcentral",
        "Mottagning",
        "Filial",
        "Servicepunkt",
    }


def test_one_merger_one_new_name_and_one_closure() -> None:
    units = rows(UNITS)
    ended = [
        (row["HSA-id"], row["Enhetsnamn"], row["Giltig till"], row["Uppgått i"]) for row in units if row["Giltig till"]
    ]
    named = Counter(row["HSA-id"] for row in units)

    assert ended == [
        ("SE0000000000-X25003", "Exempelhälsocentralen Väster 3", "2024-12-31", "SE0000000000-X25001"),
        ("SE0000000000-X24002", "Exempelhälsocentralen Söder 2", "2024-06-30", ""),
        ("SE0000000000-X22005", "Exempelhälsocentralen Öster 5", "2024-03-31", ""),
    ]
    assert [unit for unit, count in named.items() if count > 1] == ["SE0000000000-X24002"]


def test_the_supply_is_of_listed_units_while_they_are_open_and_says_every_state() -> None:
    listed = {row["HSA-id"] for row in rows(UNITS)}
    supply = rows(SUPPLY)
    told = Counter(row[service] for row in supply for service in ("Förnya recept", "Egen provhantering"))

    assert {row["HSA-id"] for row in supply} == listed
    assert Counter(row["Period"] for row in supply) == {"2023-06": 111, "2024-06": 110, "2025-06": 109}
    assert set(told) == {"Ja", "Nej", "Ej tillämpligt", "Uppgift saknas", ""}
