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
        (f"{LULEA};A;Riket;2025-06;Boka tid;ja;;", (ERROR, "nation_row", "C2", "Riket")),
        (f"{LULEA};A;Samtliga regioner;2025-06;Boka tid;ja;;", (ERROR, "nation_row", "C2", "Samtliga regioner")),
        # the key we ourselves give a unit without an id: it would land on that unit's figures
        ("Name:25:a;B;25;2025-06;Boka tid;ja;;", (ERROR, "own_key", "A2", "Name:25:a")),
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


def test_characters_that_nobody_sees_make_no_second_unit_and_are_told():
    clean = f"{LULEA};Björknäs;25;2025-06;Boka tid;ja;;"
    unseen = f"{LULEA[:8]}\u200b{LULEA[8:]};\u202eBjörk\u00adnäs;25;2025-07;Boka\ufeff tid;ja;;"
    expected = [(LULEA, "book_appointment", "2025-06"), (LULEA, "book_appointment", "2025-07")]
    for content in (long(clean, unseen), saved(workbook([line.split(";") for line in (HEAD, clean, unseen)]))):
        found = checked(content)
        assert rows(found, "service_offer", "unit", "service", "period") == expected
        assert {rule for _, rule, _, _ in told(found)} == {
            "unseen_removed" if isinstance(content, str) else "unseen_in_cell"
        }
    assert [(cell, text) for _, _, cell, text in told(found)] == [("A3", LULEA), ("B3", "Björknäs"), ("E3", "Boka tid")]
    assert checked(long(clean, unseen)).problems[0].values == {"rows": "3"}


def test_many_characters_that_nobody_sees_are_still_only_to_be_confirmed():
    lines = [f"{LULEA};A;25;{2000 + number // 12}-{number % 12 + 1:02};Boka tid;✔\ufe0f;;" for number in range(300)]
    in_text = checked(long(*lines))
    in_cells = checked(saved(workbook([line.split(";") for line in (HEAD, *lines)])))

    assert in_text.problems[0].values == {"rows": "2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …"}
    assert [found.accepted for found in (in_text, in_cells)] == [True, True]
    assert told(in_cells)[200:] == [(WARNING, "more", "", "")]
