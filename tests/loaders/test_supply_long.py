"""Supply with a row per unit and e-service: a status, a number of cases, or both."""

import pytest

from loaders.problems import ERROR, WARNING
from tests.loaders.files import saved, workbook
from tests.loaders.supply_files import BODEN, LULEA, checked, rows, told

HEAD = "HSA-id;Enhet;Region;Period;E-tjänst;Status;Ärenden;Kommentar"


def long(*lines: str, head: str = HEAD) -> str:
    return "\n".join([head, *lines, ""])


def test_an_offer_has_its_status_cases_comment_and_cell():
    found = checked(
        long(
            f"{LULEA};A;Norrbotten;2025-06;Begär intyg;ja;1 204;införd 2024",
            f"{LULEA};A;Norrbotten;2025-06;Av- omboka tid;e.t.;;",
            f"{BODEN};B;Norrbotten;2025-06;Hembesök på kartan;nej;-;",
        )
    )

    assert found.layout == "supply_long"
    columns = ("unit", "service", "service_printed", "status", "cases", "comment", "row", "col")
    assert rows(found, "service_offer", *columns) == [
        (LULEA, "request_certificate", "Begär intyg", "offered", 1204.0, "införd 2024", 2, 6),
        (LULEA, "reschedule_appointment", "Av- omboka tid", "not_applicable", None, "", 3, 6),
        (BODEN, "?hembesök på kartan", "Hembesök på kartan", "not_offered", None, "", 4, 6),
    ]
    assert told(found) == [(WARNING, "unknown_service", "E4", "Hembesök på kartan")]


@pytest.mark.parametrize(
    ("cases", "status", "printed"), [("12", "offered", "12"), ("0", "unknown", "0"), ("", "unknown", "")]
)
def test_cases_alone_say_that_a_service_is_offered_but_none_says_nothing(cases: str, status: str, printed: str):
    found = checked(long(f"{LULEA};A;25;2025;Boka tid;{cases}", head="HSA-id;Enhet;Region;År;E-tjänst;Antal ärenden"))

    assert rows(found, "service_offer", "status", "cases", "printed") == [
        (status, float(cases) if cases else None, printed)
    ]
    assert [rule for _, rule, _, _ in told(found)] == (["no_cases"] if cases == "0" else [])


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (f"{LULEA};A;25;2025-06;Boka tid;kanske;;", (ERROR, "unknown_status", "F2", "kanske")),
        (f"{LULEA};A;25;2025-06;Boka tid;ja;många;", (ERROR, "bad_cases", "G2", "många")),
        (f"{LULEA};A;25;2025-06;Boka tid;ja;-3;", (ERROR, "bad_cases", "G2", "-3")),
        (f"{LULEA};A;25;2025-06;Boka tid;ja;2,5;", (ERROR, "bad_cases", "G2", "2,5")),
        (f"{LULEA};A;25;2025-06;;ja;;", (ERROR, "no_service", "E2", "A")),
        (f"{LULEA};A;25;2025-06;Boka tid;nej;7;", (WARNING, "cases_not_offered", "G2", "7")),
    ],
)
def test_what_is_odd_or_wrong_is_told_at_its_cell(line: str, problem: tuple[str, str, str, str]):
    assert told(checked(long(line))) == [problem]


def test_the_same_service_twice_in_a_period_is_an_error_and_another_period_is_not():
    found = checked(
        long(
            f"{LULEA};A;25;2025-06;Boka tid;ja;;",
            f"{LULEA};A;25;2024-06;Boka tid;nej;;",
            f"{LULEA};A;25;juni 2025;Webbtidbok;nej;;",
        )
    )

    assert told(found) == [(ERROR, "offer_twice", "E4", "A")]
    assert found.errors[0].values["first"] == "E2"


def test_a_unit_merged_over_its_rows_is_read_on_each():
    book = workbook(
        [
            ["Enhet", "Region", "E-tjänst", "Erbjuds", "Period"],
            ["Exempelcentralen", "Dalarna", "Boka tid", "Ja", "2025"],
            [None, None, "Förnya recept", "Nej", "2025"],
        ]
    )
    for area in ("A2:A3", "B2:B3"):
        book.active.merge_cells(area)

    assert rows(checked(saved(book)), "service_offer", "unit", "service", "status") == [
        ("name:20:exempelcentralen", "book_appointment", "offered"),
        ("name:20:exempelcentralen", "renew_prescription", "not_offered"),
    ]


def test_a_unit_printed_once_in_a_text_file_is_an_error_not_a_guess():
    found = checked("Enhet;Region;E-tjänst;Status;Period\nA;20;Boka tid;Ja;2025\n;;Förnya recept;Nej;2025\n")

    assert told(found) == [(ERROR, "no_unit", "A3", "")]


def test_one_unit_told_in_two_ways_in_a_period_is_an_error():
    head = "HSA-id;Enhet;Enhetstyp;Region;Period;E-tjänst;Status"
    found = checked(
        long(
            f"{LULEA};A;Vårdcentral;25;2025-06;Boka tid;ja",
            f"{LULEA};A;Filial;25;2025-06;Förnya recept;ja",
            head=head,
        )
    )

    assert told(found) == [(ERROR, "two_wordings", "B3", "A")]
