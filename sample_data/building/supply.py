"""SYNTHETIC care units and their e-services: no unit, no HSA-id and no status is real, only the municipalities are.

The six regions, seeded: health centres, clinics, branches and service points; one merger, one new name, one closure;
three measurements in which a little more is offered each year.
"""

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from indicators import catalogue
from sample_data.building.synthetic import SEED, SOURCE, six_regions

UNITS_FILE: Final = "syntetisk_vardenheter.csv"
SUPPLY_FILE: Final = "syntetisk_utbud_etjanster_2023_2025.csv"
PERIODS: Final = ("2023-06", "2024-06", "2025-06")
MUNICIPALITIES: Final = {
    "25": ("Luleå", "Boden", "Piteå", "Kiruna", "Gällivare", "Kalix"),
    "24": ("Umeå", "Skellefteå", "Lycksele", "Storuman", "Vilhelmina"),
    "22": ("Sundsvall", "Härnösand", "Örnsköldsvik", "Sollefteå", "Kramfors"),
    "23": ("Östersund", "Krokom", "Åre", "Strömsund", "Härjedalen"),
    "21": ("Gävle", "Sandviken", "Söderhamn", "Hudiksvall", "Bollnäs"),
    "20": ("Falun", "Borlänge", "Mora", "Ludvika", "Avesta"),
}
AREAS: Final = ("Norr", "Öster", "Söder", "Väster")
CENTRES: Final = {"25": 16, "24": 15, "22": 12, "23": 11, "21": 13, "20": 14}
CENTRE_WORDS: Final = {"20": ("Exempelvårdcentralen", "Vårdcentral")}
CENTRE: Final = ("Exempelhälsocentralen", "Hälsocentral")
HABIT: Final = {"25": 0.46, "24": 0.58, "22": 0.52, "23": 0.66, "21": 0.61, "20": 0.70}
"""How likely a unit of the region offers a service in the first period."""
SERVICES: Final = (
    "request_appointment",
    "reschedule_appointment",
    "renew_prescription",
    "contact_me",
    "send_message",
    "self_referral",
    "ask_about_referral",
    "request_certificate",
    "book_appointment",
    "renew_aids",
    "support_and_treatment",
    "self_sampling",
)
OFTEN: Final = (0.25, 0.2, 0.3, 0.2, -0.1, -0.1, -0.25, 0.0, -0.05, -0.3, -0.2, -0.35)
"""What is added to HABIT for each service, so that the gaps differ."""
COUNTED: Final = ("renew_prescription", "request_appointment")
UNKNOWN_NAMES: Final = ("Chatt med vårdteamet", "Videobesök via app")
UNIT_COLUMNS: Final = (
    "HSA-id",
    "Enhetsnamn",
    "Enhetstyp",
    "Region",
    "Kommun",
    "Område",
    "Giltig från",
    "Giltig till",
    "Tillhör",
    "Uppgått i",
    "Källa",
)
RENAMED: Final = ("24", 2, "2024-07-01", "Exempelhälsocentralen Solsidan")
MERGED: Final = ("25", 3, "2024-12-31")
CLOSED: Final = ("22", 5, "2024-03-31")


@dataclass(frozen=True)
class Unit:
    """One made-up unit. `until`: its last day, "" while it is open."""

    unit: str
    name: str
    kind: str
    region: str
    municipality: str
    area: str
    parent: str = ""
    until: str = ""
    merged_into: str = ""


def units() -> list[Unit]:
    """Every unit, region by region: centres, then clinics, branches and a service point."""
    return [unit for region in six_regions() for unit in _of_region(region.code)]


def _of_region(code: str) -> Iterator[Unit]:
    towns, (called, kind) = MUNICIPALITIES[code], CENTRE_WORDS.get(code, CENTRE)
    until = {number: day for region, number, day in (MERGED, CLOSED) if region == code}
    for number in range(1, CENTRES[code] + 1):
        area = AREAS[number % len(AREAS)]
        merged = _id(code, 1) if (code, number) == MERGED[:2] else ""
        yield Unit(
            _id(code, number),
            f"{called} {area} {number}",
            kind,
            code,
            towns[number % len(towns)],
            area,
            "",
            until.get(number, ""),
            merged,
        )
    for place, (name, kind) in enumerate(
        (
            ("Exempelmottagningen", "Mottagning"),
            ("Exempelfilialen", "Filial"),
            ("Exempelservicepunkten", "Servicepunkt"),
        )
    ):
        for number in (1, 2) if place < 2 else (1,):
            parent = _id(code, number) if place else ""
            yield Unit(
                _id(code, 100 * (place + 1) + number),
                f"{name} {AREAS[number]} {number}",
                kind,
                code,
                towns[(number + place) % len(towns)],
                AREAS[number],
                parent,
            )


def _id(code: str, number: int) -> str:
    """An HSA-id no one has: an organisation number of noughts."""
    return f"SE0000000000-X{code}{number:03d}"


def units_csv() -> bytes:
    """The unit list; every row names itself synthetic. A new name is a row of its own."""
    names = {region.code: region.name for region in six_regions()}
    rows: list[list[object]] = []
    for each in units():
        renamed = each.unit == _id(*RENAMED[:2])
        until = "2024-06-30" if renamed else each.until
        ends = [each.parent, each.merged_into, SOURCE]
        place = [each.kind, names[each.region], each.municipality, each.area]
        rows.append([each.unit, each.name, *place, "", until, *ends])
        if renamed:
            rows.append([each.unit, RENAMED[3], *place, RENAMED[2], "", *ends])
    return _csv([list(UNIT_COLUMNS), *rows])


def supply_csv() -> bytes:
    """The supply, a row per unit and period, a column per service and two with cases."""
    known = catalogue()
    titles = [known.eservices[service].title.sv for service in SERVICES]
    counted = [f"{known.eservices[service].title.sv}, ärenden" for service in COUNTED]
    header: list[object] = ["HSA-id", "Enhet", "Region", "Kommun", "Period", *titles, *UNKNOWN_NAMES, *counted, "Källa"]
    return _csv([header, *_supply_rows()])


def _csv(rows: list[list[object]]) -> bytes:
    """BOM, CRLF and `;`."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _supply_rows() -> Iterator[list[object]]:
    """Each unit's answers grow from period to period; what it has begun to offer it goes on with."""
    names = {region.code: region.name for region in six_regions()}
    for each in units():
        dice = random.Random(f"{SEED} {each.unit}")
        eager = HABIT[each.region] + dice.uniform(-0.15, 0.15) - (0.3 if each.kind in ("Filial", "Servicepunkt") else 0)
        barriers = [dice.random() for _ in (*SERVICES, *UNKNOWN_NAMES)]
        lacks = {
            place for place in range(len(SERVICES)) if dice.random() < (0.35 if each.kind == "Mottagning" else 0.06)
        }
        silent = dice.random() < 0.08
        for year, period in enumerate(PERIODS):
            if each.until and each.until < f"{period}-30":
                continue
            name = RENAMED[3] if each.unit == _id(*RENAMED[:2]) and period >= RENAMED[2][:7] else each.name
            told = [
                _told(place in lacks, barriers[place] < eager + OFTEN[place] + 0.06 * year, silent, dice)
                for place in range(len(SERVICES))
            ]
            own = ["Ja" if barriers[len(SERVICES) + place] < 0.25 + 0.05 * year else "Nej" for place in range(2)]
            cases = [dice.randint(40, 900) if told[SERVICES.index(service)] == "Ja" else None for service in COUNTED]
            yield [each.unit, name, names[each.region], each.municipality, period, *told, *own, *cases, SOURCE]


def _told(lacks: bool, offers: bool, silent: bool, dice: random.Random) -> str | None:
    roll = dice.random()
    if lacks:
        return "Ej tillämpligt"
    if roll < (0.6 if silent else 0.015):
        return None if roll < 0.01 or silent else "Uppgift saknas"
    return "Ja" if offers else "Nej"


def supply_files() -> dict[str, bytes]:
    """The two files by name."""
    return {UNITS_FILE: units_csv(), SUPPLY_FILE: supply_csv()}
