"""Supply with a column per e-service: every status, every cell accounted for, and nothing guessed."""

from datetime import date

import pytest

from access import SYSTEM
from indicators import catalogue
from loaders import CheckedFile, publish_file, withdraw_upload
from loaders.problems import ERROR, WARNING
from models import Store
from tests.loaders.files import csv_bytes, saved, workbook, xlsx
from tests.loaders.supply_files import BODEN, LULEA, PITEA, checked, left, rows, told

HEAD = "HSA-id;Enhet;Region;Period;Boka tid;Förnya recept"


def wide(*lines: str, head: str = HEAD) -> str:
    return "\n".join([head, *lines, ""])


@pytest.mark.parametrize(
    ("printed", "status"),
    [
        ("ja", "offered"),
        ("JA ", "offered"),
        ("x", "offered"),
        ("1", "offered"),
        ("✓", "offered"),
        ("Erbjuds", "offered"),
        ("nej", "not_offered"),
        ("0", "not_offered"),
        ("Erbjuds ej", "not_offered"),
        ("ej tillämpligt", "not_applicable"),
        ("e.t.", "not_applicable"),
        ("E/T", "not_applicable"),
        ("n/a", "not_applicable"),
        ("", "unknown"),
        ("-", "unknown"),
        ("–", "unknown"),
        ("?", "unknown"),
        ("uppgift saknas", "unknown"),
    ],
)
def test_a_cell_says_a_status_and_is_kept_as_printed(printed: str, status: str):
    found = checked(wide(f"{LULEA};Exempelhälsocentralen;Norrbotten;2025-06;{printed};ja"))

    assert rows(found, "service_offer", "service", "status", "printed") == [
        ("book_appointment", status, printed.strip()),
        ("renew_prescription", "offered", "ja"),
    ]


def test_an_offer_has_its_unit_period_and_cell():
    found = checked(wide(f"{LULEA.lower()};Exempelhälsocentralen;25;juni 2025;ja;nej"))

    assert found.layout == "supply_wide"
    assert found.records["service_offer"].to_dicts()[0] == {
        "sheet": "",
        "row": 2,
        "col": 5,
        "path": "",
        "unit": LULEA,
        "service": "book_appointment",
        "region": "25",
        "period": "2025-06",
        "period_start": date(2025, 6, 1),
        "period_end": date(2025, 6, 30),
        "period_kind": "month",
        "status": "offered",
        "cases": None,
        "service_printed": "Boka tid",
        "printed": "ja",
        "comment": "",
    }


def test_any_other_word_is_an_error_with_its_cell_and_what_is_allowed():
    found = checked(wide(f"{LULEA};Exempelhälsocentralen;Norrbotten;2025-06;ja;kanske"))

    assert told(found) == [(ERROR, "unknown_status", "F2", "kanske")]
    assert "ja, nej, x, 1, 0, ej tillämpligt" in found.errors[0].message()
    assert not found.accepted


def test_three_unknown_services_are_kept_under_their_own_names():
    head = f"{HEAD};Chatt;Videobesök;*Provsvar* <b>"
    found = checked(
        wide(
            f"{LULEA};A;Norrbotten;2025-06;ja;ja;ja;nej;x",
            f"{BODEN};B;Norrbotten;2025-06;ja;ja;;nej;",
            head=head,
        )
    )

    assert told(found) == [
        (WARNING, "unknown_service", "G1", "Chatt"),
        (WARNING, "unknown_service", "H1", "Videobesök"),
        (WARNING, "unknown_service", "I1", "*Provsvar* <b>"),
    ]
    assert [each.values["count"] for each in found.warnings] == [2, 2, 2]
    unknown = [
        row
        for row in rows(found, "service_offer", "unit", "service", "status", "service_printed")
        if row[1].startswith("?")
    ]
    assert unknown == [
        (LULEA, "?chatt", "offered", "Chatt"),
        (LULEA, "?videobesök", "not_offered", "Videobesök"),
        (LULEA, "?*provsvar* <b>", "offered", "*Provsvar* <b>"),
        (BODEN, "?chatt", "unknown", "Chatt"),
        (BODEN, "?videobesök", "not_offered", "Videobesök"),
        (BODEN, "?*provsvar* <b>", "unknown", "*Provsvar* <b>"),
    ]


def test_titles_totals_footnotes_and_columns_of_other_things_are_listed():
    text = (
        "Utbud juni 2025, Region Norrbotten;;;;;\n"
        "HSA-id;Enhet;Boka tid;Förnya recept;Antal tjänster;Adress\n"
        f"{LULEA};Exempelhälsocentralen;ja;nej;1;Gatan 1\n"
        "HSA-id;Enhet;Boka tid;Förnya recept;Antal tjänster;Adress\n"
        f"{BODEN};Exempelhälsocentralen B;nej;nej;0;Gatan 2\n"
        ";Summa;1;0;1;\n"
        ";Hela regionen;1;0;1;\n"
        ";Alla vårdcentraler i Norrbotten;1;0;1;\n"
        ";Region Norrbotten;1;0;1;\n"
        "* uppgifterna är självrapporterade;;;;;\n"
    )
    found = checked(text)

    assert left(found) == [
        ("A1:F1", "above_header"),
        ("A4:F4", "repeated_header"),
        ("A6:F10", "no_figure"),
        ("E3", "unknown_column"),
        ("E5", "unknown_column"),
        ("F3", "unknown_column"),
        ("F5", "unknown_column"),
    ]
    assert told(found) == [
        (WARNING, "column_not_read", "E3", "Antal tjänster"),
        (WARNING, "column_not_read", "F3", "Adress"),
    ]
    assert rows(found, "service_offer", "unit", "period", "status") == [
        (LULEA, "2025-06", "offered"),
        (LULEA, "2025-06", "not_offered"),
        (BODEN, "2025-06", "not_offered"),
        (BODEN, "2025-06", "not_offered"),
    ]


def test_a_column_beside_a_service_counts_its_cases():
    found = checked(wide(f"{LULEA};A;Norrbotten;2025-06;ja;ja;120", head=f"{HEAD};Förnya recept, antal ärenden"))

    assert rows(found, "service_offer", "service", "status", "cases") == [
        ("book_appointment", "offered", None),
        ("renew_prescription", "offered", 120.0),
    ]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ([f"{LULEA};A;Norrbotten;;ja;ja"], ("no_period", "D2", "")),
        ([f"{LULEA};A;Norrbotten;2011/12;ja;ja"], ("unreadable_period", "D2", "2011/12")),
        ([f"{LULEA};A;Norrbotten;2099-01;ja;ja"], ("future_period", "D2", "2099-01")),
        ([f"{LULEA};A;Norbotten;2025-06;ja;ja"], ("unknown_region_near", "C2", "Norbotten")),
        ([f"{LULEA};A;Riket;2025-06;ja;ja"], ("nation_row", "C2", "Riket")),
        ([f"{LULEA};A;;2025-06;ja;ja"], ("no_region_of_unit", "B2", "A")),
        ([";;Norrbotten;2025-06;ja;ja"], ("no_unit", "B2", "")),
        (
            [f"{LULEA};A;Norrbotten;2025-06;ja;ja", f"{LULEA};A;Norrbotten;2025-06;ja;nej"],
            ("offer_twice", "E3", "A"),
        ),
    ],
)
def test_what_cannot_be_read_is_an_error_at_its_cell(lines: list[str], problem: tuple[str, str, str]):
    found = checked(wide(*lines))

    assert [each[1:] for each in told(found) if each[0] == ERROR] == [problem]


def test_two_columns_of_one_service_are_an_error():
    found = checked(wide(f"{LULEA};A;Norrbotten;2025-06;ja;ja;nej", head=f"{HEAD};Receptförnyelse"))

    assert told(found) == [(ERROR, "service_twice", "G1", "Receptförnyelse")]


def test_a_year_beside_a_month_is_never_read_as_the_period():
    found = checked(f"HSA-id;Enhet;Region;År;Månad;Boka tid;Förnya recept\n{LULEA};A;25;2025;2025-06;ja;ja\n")

    assert told(found) == [(ERROR, "column_twice", "E1", "Månad")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252", "utf-16"])
def test_the_encoding_makes_no_difference(encoding: str):
    text = wide(f"{LULEA};Exempelhälsocentralen Åre;Jämtland Härjedalen;2025-06;ja;ej tillämpligt")
    found = checked(csv_bytes(text, encoding))

    assert rows(found, "service_offer", "unit", "region", "status") == [
        (LULEA, "23", "offered"),
        (LULEA, "23", "not_applicable"),
    ]


def test_a_workbook_with_a_merged_header_over_the_services():
    book = workbook(
        [
            ["Enhet", "Kommun", "E-tjänster", None],
            [None, None, "Boka tid", "Förnya recept"],
            ["Exempelhälsocentralen", "Luleå", True, 0],
        ],
        "Norrbotten 2025",
    )
    for area in ("A1:A2", "B1:B2", "C1:D1"):
        book.active.merge_cells(area)
    found = checked(saved(book))

    assert rows(found, "service_offer", "unit", "region", "period", "service", "status", "row", "col") == [
        ("name:25:exempelhälsocentralen", "25", "2025", "book_appointment", "offered", 3, 3),
        ("name:25:exempelhälsocentralen", "25", "2025", "renew_prescription", "not_offered", 3, 4),
    ]


def test_a_header_with_status_and_cases_under_each_service():
    found = checked(
        "Enhet;Region;Period;Boka tid;;Förnya recept;\n;;;Erbjuds;Ärenden;Erbjuds;Ärenden\n"
        "Exempelhälsocentralen;25;2025-06;ja;12;nej;\n"
    )

    assert rows(found, "service_offer", "service", "status", "cases", "col") == [
        ("book_appointment", "offered", 12.0, 4),
        ("renew_prescription", "not_offered", None, 6),
    ]


def test_a_workbook_of_text_cells_is_read_as_the_csv_is():
    text = wide(f"{LULEA};A;Norrbotten;2025-06;ja;nej")

    assert rows(checked(xlsx(text)), "service_offer", "unit", "service", "status") == rows(
        checked(text), "service_offer", "unit", "service", "status"
    )


def test_hostile_names_are_kept_to_the_letter():
    name = '=HYPERLINK("http://x") **fet** <script>'
    found = checked(wide(f'{LULEA};"{name.replace(chr(34), chr(34) * 2)}";Norrbotten;2025-06;ja;ja'))

    assert found.accepted
    assert found.records["service_offer"].height == 2


def test_name_and_kind_in_the_file_make_the_register_too():
    head = "Enhet;Enhetstyp;Kommun;Region;Period;Boka tid;Förnya recept"
    found = checked(
        wide(
            "Exempelhälsocentralen;Hälsocentral;Luleå;Norrbotten;2024-06;ja;ja",
            "Exempelhälsocentralen;Hälsocentral;Boden;Norrbotten;2025-06;ja;ja",
            "Exempelfilialen;Filial;Luleå;Norrbotten;2025-06;nej;ja",
            head=head,
        )
    )

    assert rows(found, "care_unit", "unit", "valid_from", "name", "kind", "municipality", "row") == [
        ("name:25:exempelhälsocentralen", date(1, 1, 1), "Exempelhälsocentralen", "health_centre", "Luleå", 2),
        ("name:25:exempelhälsocentralen", date(2025, 6, 1), "Exempelhälsocentralen", "health_centre", "Boden", 3),
        ("name:25:exempelfilialen", date(1, 1, 1), "Exempelfilialen", "branch", "Luleå", 4),
    ]


def test_a_name_without_an_id_is_the_register_s_unit_of_that_name(store: Store):
    register = checked(f"HSA-id;Enhetsnamn;Enhetstyp;Region\n{PITEA};Exempelhälsocentralen;Hälsocentral;25\n", store)
    publish_file(store, register, by=SYSTEM)
    found = checked("Enhet;Region;Period;Boka tid;Förnya recept\nexempelhälsocentralen;25;2025;ja;ja\n", store)

    assert told(found) == [(WARNING, "linked", "", "")]
    assert {unit for (unit,) in rows(found, "service_offer", "unit")} == {PITEA}


def test_a_name_without_an_id_is_the_unit_that_another_row_gives_its_id():
    found = checked(wide(f"{PITEA};Exempelcentralen;25;2024;ja;nej", ";EXEMPELCENTRALEN;25;2025;ja;nej"))

    assert told(found) == [(WARNING, "linked", "", "")]
    assert {unit for (unit,) in rows(found, "service_offer", "unit")} == {PITEA}


def test_supply_in_another_region_than_the_register_s_is_to_be_confirmed(store: Store):
    lists = f"HSA-id;Enhetsnamn;Enhetstyp;Region\n{PITEA};A;Hälsocentral;25\n"
    publish_file(store, checked(lists, store), by=SYSTEM)
    found = checked(wide(f"{PITEA};A;24;2025-06;ja;nej"), store)

    assert told(found) == [(WARNING, "registered_elsewhere", "A2", PITEA)]
    assert told(checked(wide(f"{PITEA};A;25;2025-06;ja;nej"), store)) == []


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        (("x;", ";x", ";"), 4),  # read as unknown, and perhaps meant as no
        (("x;", ";nej"), None),  # somebody says no where no is meant
        (("x;x", "x;x"), None),
        (("x;?", "x;-"), None),  # said to be unknown
    ],
)
def test_a_file_that_only_ticks_what_is_offered_is_to_be_confirmed(cells: tuple[str, ...], count: int | None):
    found = checked(wide(*(f"{LULEA[:-1]}{number};A;25;2025-06;{each}" for number, each in enumerate(cells))))

    assert [(each.rule, each.values["count"]) for each in found.problems] == ([("only_marked", count)] if count else [])


def test_a_unit_list_says_which_units_published_before_it_it_has_by_name_and_they_are_linked_when_read_anew(
    store: Store,
):
    supply = wide("Exempelhälsocentralen;Hälsocentral;25;2024;ja;ja", "Annan;Hälsocentral;25;2024;ja;ja", head=BY_NAME)
    newer = wide("Exempelhälsocentralen;Hälsocentral;25;2025;ja;ja", head=BY_NAME)
    register = f"HSA-id;Enhetsnamn;Enhetstyp;Region\n{PITEA};Exempelhälsocentralen;Hälsocentral;25\n"
    for content in (supply, newer):
        publish_file(store, checked(content, store), by=SYSTEM, accept_warnings=True)
    found = checked(register, store)
    said = next(each for each in found.problems if each.rule == "nameless")
    publish_file(store, found, by=SYSTEM, accept_warnings=True)
    withdraw_upload(store, 1, by=SYSTEM, note="enhetslistan har HSA-id")
    again = checked(supply, store)

    assert (said.severity, said.found, said.values) == (
        WARNING,
        "Exempelhälsocentralen",
        {"count": 1, "files": "provfil"},
    )
    assert {unit for (unit,) in rows(again, "service_offer", "unit")} == {PITEA, "name:25:annan"}


def test_the_same_supply_with_another_answer_asks_for_a_revision_note(store: Store):
    publish_file(store, checked(wide(f"{LULEA};A;25;2025-06;ja;nej"), store), by=SYSTEM)
    found = checked(wide(f"{LULEA};A;25;2025-06;ja;ja"), store)

    assert [(each.variant, each.values["count"]) for each in found.needs_note] == [("revision_service_offer", 1)]


def test_every_service_of_the_catalogue_goes_by_its_title_and_synonyms():
    known = catalogue()
    printed = {
        name: service.id
        for service in known.eservices.values()
        for name in (service.title.sv, service.title.en, *service.synonyms)
    }

    assert {name: known.service_named(name.upper()).id for name in printed} == printed


BY_NAME = "Enhet;Enhetstyp;Region;Period;Boka tid;Förnya recept"
DESCRIBED = "HSA-id;Enhet;Enhetstyp;Kommun;Region;Period;Boka tid;Förnya recept"


def described(period: str, municipality: str, *, name: str = "A") -> str:
    return wide(f"{LULEA};{name};Vårdcentral;{municipality};25;{period};ja;ja", head=DESCRIBED)


def register(found: CheckedFile) -> list[tuple[object, ...]]:
    return rows(found, "care_unit", "unit", "valid_from", "name", "municipality")


def test_a_newer_file_s_other_wording_holds_from_its_own_period(store: Store):
    publish_file(store, checked(described("2024-06", "Luleå"), store), by=SYSTEM)
    mistaken = publish_file(store, checked(described("2025-12", "Luleå"), store), by=SYSTEM)
    withdraw_upload(store, mistaken.upload_id, by=SYSTEM, note="fel fil")  # what is withdrawn is newer than nothing
    found = checked(described("2025-06", "Boden"), store)

    assert told(found) == [(WARNING, "unit_changed", "", "A")]
    assert register(found) == [(LULEA, date(2025, 6, 1), "A", "Boden")]


def test_an_older_file_s_other_wording_leaves_the_register_as_it_is(store: Store):
    publish_file(store, checked(described("2024-06", "Luleå"), store), by=SYSTEM)
    found = checked(described("2023-06", "Boden", name="Gamla A"), store)

    assert told(found) == [(WARNING, "unit_differs", "", "Gamla A")]
    assert register(found) == [(LULEA, date(1, 1, 1), "A", "Luleå")]


def test_a_unit_list_s_days_stand_beside_a_supply_file_of_the_same_wording(store: Store):
    head = "HSA-id;Enhetsnamn;Enhetstyp;Kommun;Region;Giltig från"
    publish_file(store, checked(f"{head}\n{LULEA};A;Vårdcentral;Luleå;25;2020-01-01\n", store), by=SYSTEM)
    found = checked(described("2024-06", "Luleå"), store)

    assert told(found) == []
    assert register(found) == [(LULEA, date(2020, 1, 1), "A", "Luleå")]


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Region Dalarna 2025-06-30", "2025-06"),
        ("Region Dalarna per den 30 juni 2025", "2025-06"),
        ("Region Dalarna halvår 1 2025", "no_period"),  # not the whole of 2025
        ("Region Dalarna hösten 2025", "no_period"),
        ("Region Dalarna 30/6 2025", "no_period"),
    ],
)
def test_a_day_in_a_title_is_its_month_and_half_a_year_is_no_year(title: str, period: str):
    found = checked(xlsx(f"{title}\nHSA-id;Enhet;Boka tid;Förnya recept\n{LULEA};A;ja;nej\n"))

    offers = found.records.get("service_offer")
    read = offers["period"].to_list() if offers is not None and offers.height else [each.rule for each in found.errors]
    assert set(read) == {period}


def test_days_of_one_month_are_that_month_and_to_be_confirmed():
    found = checked(wide(f"{LULEA};A;25;2025-06-30;ja;nej", f"{BODEN};B;25;2025-06-28;ja;nej"))

    assert set(rows(found, "service_offer", "period", "period_kind")) == {("2025-06", "month")}
    assert told(found) == [
        (WARNING, "day_period", "D2", "2025-06-30"),
        (WARNING, "day_period", "D3", "2025-06-28"),
    ]
