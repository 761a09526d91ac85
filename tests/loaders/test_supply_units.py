"""Unit lists: what a unit is called, where it is, from when to when, and what has become of it."""

from datetime import date

import pytest

from access import SYSTEM
from loaders import publish_file
from loaders.problems import ERROR, WARNING
from models import Store
from tests.loaders.files import csv_bytes, xlsx
from tests.loaders.supply_files import BODEN, LULEA, PITEA, checked, left, rows, told

HEAD = "HSA-id;Enhetsnamn;Enhetstyp;Region;Kommun;Område;Giltig från;Giltig till;Tillhör;Uppgått i"
ALWAYS = date(1, 1, 1)


def units(*lines: str) -> str:
    return "\n".join([HEAD, *lines, ""])


def test_a_unit_has_everything_the_list_says():
    text = units(
        f"{LULEA};Exempelhälsocentralen;Hälsocentral;Norrbotten;Luleå;Kusten;2020-01-01;2024-12-31;;{BODEN}",
        f"{BODEN};Exempelcentralen B;VC;25;Boden;;;;;",
    )
    found = checked(text)

    assert (found.layout, found.accepted, told(found)) == ("care_units", True, [])
    assert found.records["care_unit"].to_dicts() == [
        {
            "sheet": "",
            "row": 2,
            "col": 2,
            "path": "",
            "unit": LULEA,
            "valid_from": date(2020, 1, 1),
            "valid_to": date(2024, 12, 31),
            "name": "Exempelhälsocentralen",
            "kind": "health_centre",
            "kind_printed": "Hälsocentral",
            "region": "25",
            "municipality": "Luleå",
            "area": "Kusten",
            "parent": "",
            "merged_into": BODEN,
        },
        {
            "sheet": "",
            "row": 3,
            "col": 2,
            "path": "",
            "unit": BODEN,
            "valid_from": ALWAYS,
            "valid_to": None,
            "name": "Exempelcentralen B",
            "kind": "health_centre",
            "kind_printed": "VC",
            "region": "25",
            "municipality": "Boden",
            "area": "",
            "parent": "",
            "merged_into": "",
        },
    ]
    same = found.records["care_unit"]
    assert same.equals(checked(csv_bytes(text, "cp1252")).records["care_unit"])
    assert same.drop("sheet").equals(checked(xlsx(text)).records["care_unit"].drop("sheet"))


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("Vårdcentral", "health_centre"),
        ("hälsocentral", "health_centre"),
        ("Mottagning", "clinic"),
        ("Barnmottagning", "clinic"),
        ("Filial", "branch"),
        ("Filialmottagning", "branch"),
        ("Servicepunkt", "service_point"),
        ("Övrig", "other"),
    ],
)
def test_the_kind_goes_by_the_file_s_word(printed: str, kind: str):
    found = checked(units(f"{LULEA};Exempelenheten;{printed};25;Luleå;;;;;"))

    assert rows(found, "care_unit", "kind", "kind_printed") == [(kind, printed)]


def test_a_kind_nobody_knows_is_kept_in_its_own_word_and_told():
    found = checked(units(f"{LULEA};Exempelenheten;Husläkeri;25;Luleå;;;;;"))

    assert told(found) == [(WARNING, "unknown_kind", "C2", "Husläkeri")]
    assert rows(found, "care_unit", "kind", "kind_printed") == [("other", "Husläkeri")]


def test_a_renamed_unit_has_a_row_per_name_and_a_branch_its_centre():
    found = checked(
        units(
            f"{LULEA};Exempelcentralen;Vårdcentral;25;Luleå;;;2024-06;;",
            f"{LULEA};Solcentralen;Vårdcentral;25;Luleå;;2024-07;;;",
            f"{PITEA};Exempelfilialen;Filial;25;Luleå;;;;Solcentralen;",
        )
    )

    assert rows(found, "care_unit", "unit", "name", "valid_from", "valid_to", "parent") == [
        (LULEA, "Exempelcentralen", ALWAYS, date(2024, 6, 30), ""),
        (LULEA, "Solcentralen", date(2024, 7, 1), None, ""),
        (PITEA, "Exempelfilialen", ALWAYS, None, LULEA),
    ]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (
            [f"{LULEA};A;Filial;25;Luleå;;;2024-07-01;;", f"{LULEA};B;Filial;25;Luleå;;2024-07-01;;;"],
            (ERROR, "unit_twice", "B3", "B"),
        ),
        ([f"{LULEA};A;Filial;25;Luleå;;;;;", f"{LULEA};A;Filial;25;Luleå;;;;;"], (ERROR, "unit_twice", "B3", "A")),
        ([f"{LULEA};A;Filial;25;Luleå;;2024-01-01;2023-01-01;;"], (ERROR, "days_turned", "H2", "2023-01-01")),
        ([f"{LULEA};A;Filial;25;Luleå;;i fjol;;;"], (ERROR, "bad_day", "G2", "i fjol")),
        ([f"{LULEA};A;Filial;Vesterbotten;Luleå;;;;;"], (ERROR, "unknown_region_near", "D2", "Vesterbotten")),
        ([";A;Filial;;Luleå;;;;;"], (ERROR, "no_region_of_unit", "B2", "A")),
        (["X-77;A;Filial;25;Luleå;;;;;"], (WARNING, "odd_unit", "A2", "X-77")),
        ([f"{LULEA};A;Filial;25;Luleå;;;2024-12-31;;Okända"], (WARNING, "unknown_merger", "J2", "Okända")),
        ([f"{LULEA};A;Filial;25;Luleå;;;;Okända;"], (WARNING, "unknown_parent", "I2", "Okända")),
        ([f"{LULEA};A;;25;Luleå;;;;;"], (WARNING, "no_kind", "", "")),
        (
            ["SE2321000230-E01;A;Filial;Västerbotten;Umeå;;;;;"],
            (WARNING, "unit_elsewhere", "A2", "SE2321000230-E01"),
        ),
    ],
)
def test_what_is_odd_or_wrong_is_told_at_its_cell(lines: list[str], problem: tuple[str, str, str, str]):
    assert told(checked(units(*lines))) == [problem]


def test_a_merged_unit_without_a_last_day_still_counts_and_is_told():
    found = checked(units(f"{LULEA};A;Vårdcentral;25;Luleå;;;;;B", f"{BODEN};B;Vårdcentral;25;Boden;;;;;"))

    assert told(found) == [(WARNING, "merged_open", "J2", "A")]
    assert rows(found, "care_unit", "unit", "merged_into") == [(LULEA, BODEN), (BODEN, "")]


def test_the_region_comes_from_the_hsa_id_where_no_column_says_it():
    found = checked("HSA-id;Enhetsnamn;Kommun;Enhetstyp\nSE2321000230-E01;A;Luleå;Hälsocentral\n")

    assert rows(found, "care_unit", "unit", "region") == [("SE2321000230-E01", "25")]


def test_a_unit_without_an_id_goes_by_region_and_name():
    found = checked("Vårdenheter i Region Dalarna;\nEnhetsnamn;Enhetstyp\nExempelvårdcentralen  Norr;Vårdcentral\n")

    assert rows(found, "care_unit", "unit", "region", "name") == [
        ("name:20:exempelvårdcentralen norr", "20", "Exempelvårdcentralen  Norr")
    ]


def test_a_unit_that_left_the_list_is_told_and_stays_and_a_closed_one_is_not(store: Store):
    first = units(
        f"{LULEA};A;Vårdcentral;25;Luleå;;;;;",
        f"{BODEN};B;Vårdcentral;25;Boden;;;2023-12-31;;",
        f"{PITEA};C;Vårdcentral;25;Piteå;;;;;",
    )
    publish_file(store, checked(first, store), by=SYSTEM)
    found = checked(units(f"{PITEA};C;Vårdcentral;25;Piteå;;;;;"), store)

    assert told(found) == [(WARNING, "vanished", "", "A")]
    assert [each.values for each in found.warnings] == [{"count": 1}]


def test_a_changed_name_of_the_same_day_asks_for_a_revision_note(store: Store):
    publish_file(store, checked(units(f"{LULEA};A;Vårdcentral;25;Luleå;;;;;"), store), by=SYSTEM)
    found = checked(units(f"{LULEA};Nya A;Vårdcentral;25;Luleå;;;;;"), store)

    assert [(each.variant, each.values["count"]) for each in found.needs_note] == [("revision_care_unit", 1)]


def test_notes_and_columns_of_other_things_are_listed():
    found = checked(
        f"Enheter 2025;;;\nHSA-id;Enhetsnamn;Enhetstyp;Region;Postadress\n{LULEA};A;Vårdcentral;25;Gatan 1\n"
        "Källa: regionen;;;;\n"
    )

    assert found.accepted
    assert left(found) == [("A1:E1", "above_header"), ("A4:E4", "no_figure"), ("E3", "unknown_column")]


def test_a_table_of_figures_per_unit_is_no_unit_list():
    text = "HSA-id;Enhetsnamn;Kommun;Region;Period;Inkomna samtal\nSE2321000230-E01;A;Luleå;25;2025-06;900\n"

    assert checked(text).layout != "care_units"


@pytest.mark.parametrize(
    ("header", "content", "refused"),
    [
        ("Telefonnummer", "023-123 45", []),
        ("Telefon", "+46 23 123 45", []),
        ("Telefonnummer", "070-123 45 67", ["person_data_column"]),
        ("Telefon", "+46 (0)73 123 45 67", ["person_data_column"]),
        ("Verksamhetschef", "N N", ["person_data_column"]),
        ("Kontakt", "n.n@exempel.se", ["person_data_email"]),
    ],
)
def test_a_unit_s_own_phone_is_no_person_s_but_a_mobile_and_a_manager_are(
    header: str, content: str, refused: list[str]
):
    found = checked(f"HSA-id;Enhetsnamn;Enhetstyp;Region;{header}\n{LULEA};A;Vårdcentral;25;{content}\n")

    assert [each.variant for each in found.errors] == refused


def test_a_name_of_a_thousand_characters_is_refused_and_not_repeated_whole():
    found = checked(f"HSA-id;Enhetsnamn;Enhetstyp;Region\n{LULEA};{'å' * 1000};Vårdcentral;25\n")

    assert told(found) == [(ERROR, "long_name", "B2", "å" * 40)]
