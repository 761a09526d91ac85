"""Calls by weekday and hour: what is read, and every fault told where it stands."""

from datetime import date, timedelta
from typing import Any

import pytest

from loaders import check_file
from loaders.checked import CheckedFile
from tests.loaders.files import csv_bytes

HEAD = "Region;Period;Veckodag;Timme;Inkomna samtal\n"
TOLD = ("region", "period", "weekday", "hour", "indicator", "value", "numerator", "denominator")


def checked(text: str) -> CheckedFile:
    return check_file(None, "veckodag_timme.csv", csv_bytes(text))


def records(text: str) -> list[tuple[Any, ...]]:
    found = checked(text)
    assert (found.layout, found.errors) == ("phone_profile", ())
    return found.records["phone_profile"].select(TOLD).rows()


def test_each_indicator_of_a_row_is_a_record_with_its_own_cell():
    text = (
        "Region;Månad;Veckodag;Timme;Inkomna samtal;calls_answered;Andel besvarade samtal;Medelväntetid på telefon\n"
        "Norrbotten;oktober 2023;mån;08–09;120;100;83,3;2:31\n"
    )
    assert records(text) == [
        ("25", "2023-10", 1, 8, "calls_offered", 120.0, None, None),
        ("25", "2023-10", 1, 8, "calls_answered", 100.0, None, None),
        ("25", "2023-10", 1, 8, "calls_share_answered", 83.3, 100.0, 120.0),  # its counts stand beside it
        ("25", "2023-10", 1, 8, "calls_mean_wait", 151.0, None, None),
    ]
    frame = checked(text).records["phone_profile"]
    assert frame.select("row", "col", "printed").rows() == [
        (2, 5, "120"),
        (2, 6, "100"),
        (2, 7, "83,3"),
        (2, 8, "2:31"),
    ]


SHARE, WAIT = "Andel besvarade samtal", "Medelväntetid på telefon"


@pytest.mark.parametrize(
    ("head", "lines", "told"),
    [
        (f"{SHARE};Täljare;Nämnare", ["83,3;10;12"], []),  # 83.33 rounds to it
        (f"{SHARE};Täljare;Nämnare", ["83,4;10;12"], [("warning", "share_disagrees", "D2", "83,4")]),
        (f"{SHARE};Täljare;Nämnare", ["83;10;12"], []),
        (f"{SHARE};Täljare;Nämnare", ["0;0;0"], []),  # a share of no calls is not theirs to tell
        (SHARE, ["0,85", "0,9"], [("error", "scale_percent", "D2", "0,85")]),  # shares of one, not per cent
        (SHARE, ["85", "0,9"], [("warning", "scale_mixed", "D3", "0,9")]),
        (WAIT, ["2:31", "5,5"], [("warning", "bare_duration", "D3", "5,5")]),
        (WAIT, ["2:31", "0"], []),  # no wait is no wait
        (WAIT, ["2:31", "0,00175"], [("error", "scale_seconds", "D3", "0,00175")]),  # one fault, not two
        (WAIT, ["0,00175", "0,0021"], [("error", "scale_seconds", "D2", "0,00175")]),  # parts of a day
        (WAIT, ["151", "330"], []),
        (WAIT, ["1,234", "1,5"], []),
        (WAIT, ["1,234", "1,512"], [("warning", "thousands_or_decimals", "D2", "1,234")]),
    ],
)
def test_what_may_be_another_figure_than_it_says_is_told(
    head: str, lines: list[str], told: list[tuple[str, str, str, str]]
):
    rows = "".join(f"Norrbotten;2023-10;{hour};{line}\n" for hour, line in enumerate(lines, start=8))
    found = checked(f"Region;Period;Timme;{head}\n{rows}")
    assert [(each.severity, each.variant or each.rule, each.cell, each.found) for each in found.problems] == told
    assert all(each.message(language) for each in found.problems for language in ("sv", "en"))


@pytest.mark.parametrize(
    ("head", "row", "counts"),
    [
        ("Andel besvarade samtal;Täljare;Nämnare", "80;8;10", (8.0, 10.0)),  # the only share's
        ("Andel besvarade samtal;Andel besvarade samtal, nämnare", "80;10", (None, 10.0)),
        ("Share of calls answered;Share of calls answered numerator", "80;8", (8.0, None)),
    ],
)
def test_a_share_takes_its_numerator_and_denominator_where_they_are_given(
    head: str, row: str, counts: tuple[float | None, float | None]
):
    (record,) = records(f"Region;Period;Timme;{head}\nNorrbotten;2023-10;8;{row}\n")
    assert record == ("25", "2023-10", 0, 8, "calls_share_answered", 80.0, *counts)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Region;Period;Veckodag;Inkomna samtal\n25;2023;7;5\n", ("25", "2023", 7, -1)),  # no hours
        ("Region;Period;Klockslag;Inkomna samtal\n25;2023;kl 23–24;5\n", ("25", "2023", 0, 23)),  # no weekdays
        ("Regionkod;Period;Dag;Timme;Inkomna samtal\n25;2023;sön;0;5\n", ("25", "2023", 7, 0)),  # Dag beside Timme
        (HEAD + "Riket;2023;Alla dagar;8:00;5\n", ("00", "2023", 0, 8)),
        (
            "Samtal i Region Dalarna oktober 2023;;\nVeckodag;Timme;Inkomna samtal\ntis;08:00–08:59;5\n",
            ("20", "2023-10", 2, 8),
        ),  # region and period above the table
    ],
)
def test_keys_are_read_from_columns_and_from_the_line_above(text: str, key: tuple[str, str, int, int]):
    assert [row[:4] for row in records(text)] == [key]


FAULTS = [
    # row, rule, cell, words of the message
    ("Norrbotten;2023-10;helg;8;5", "unknown_weekday", "C2", '"helg" är ingen veckodag.'),
    ("Norrbotten;2023-10;8;8;5", "unknown_weekday", "C2", '"8" är ingen veckodag.'),
    ("Norrbotten;2023-10;;8;5", "no_weekday", "C2", "raden har ingen veckodag."),
    ("Norrbotten;2023-10;mån;;5", "no_hour", "D2", "raden har ingen timme."),
    ("Norrbotten;2023-10;mån;24;5", "hour_24", "D2", "de går från 00 till 23."),
    ("Norrbotten;2023-10;mån;08–10;5", "not_one_hour", "D2", '"08–10" är inte en hel timme.'),
    ("Norrbotten;2023-10;mån;morgon;5", "unknown_hour", "D2", '"morgon" är ingen timme.'),
    ("Norrbotten;2023-10;mån;8;-5", "out_of_range", "E2", '"-5" är under noll'),
    ("Norrbotten;2023-10;mån;8;5,5", "not_whole", "E2", '"5,5" är inget helt antal'),
    ("Norrbotten;2023-10;mån;8;fem", "not_a_number", "E2", '"fem" är inget antal'),
    ("Norrboten;2023-10;mån;8;5", "unknown_region", "A2", 'Menade du "Region Norrbotten"?'),
    (";2023-10;mån;8;5", "no_region", "A2", "raden har ett värde men ingen region"),
    ("Norrbotten;;mån;8;5", "no_period", "B2", "raden har ingen period."),
    ("Norrbotten;hösten;mån;8;5", "unreadable_period", "B2", '"hösten" är ingen period'),
    ("Norrbotten;{later};mån;8;5", "future_period", "B2", "har inte börjat än."),
]


@pytest.mark.parametrize(("row", "rule", "cell", "words"), FAULTS, ids=[row[1] + row[0][-3:] for row in FAULTS])
def test_a_fault_refuses_the_file_and_says_where_and_what(row: str, rule: str, cell: str, words: str):
    later = (date.today() + timedelta(days=40)).strftime("%Y-%m")
    found = checked(HEAD + row.format(later=later) + "\n")
    (problem,) = (each for each in found.errors if each.rule != "nothing_left")

    assert (problem.rule, problem.cell, found.accepted) == (rule, cell, False)
    assert words in problem.message("sv")
    assert problem.message("en") != problem.message("sv")


def test_all_faults_are_told_at_once():
    found = checked(HEAD + "Norrboten;2023-10;mån;24;5\nNorrbotten;2023-10;tis;8;-1\n")
    assert [(each.rule, each.cell) for each in found.errors] == [
        ("unknown_region", "A2"),
        ("hour_24", "D2"),
        ("out_of_range", "E3"),
    ]


def test_the_same_hour_twice_is_an_error_that_names_the_first():
    found = checked(HEAD + "Norrbotten;2023-10;mån;8;5\nRegion Norrbotten;oktober 2023;måndag;08–09;6\n")
    (problem,) = found.errors
    assert (problem.rule, problem.cell, problem.values["first"]) == ("profile_twice", "E3", "E2")
    records(
        HEAD + "Norrbotten;2023-10;mån;8;5\nNorrbotten;2023-10;mån;9;5\nVästerbotten;2023-10;mån;8;5\n"
    )  # not these


def test_a_share_over_a_hundred_or_over_its_denominator_is_refused():
    head = "Region;Period;Timme;Andel besvarade samtal;Täljare;Nämnare\n"
    found = checked(head + "25;2023;8;101;;\n25;2023;9;90;9;8\n25;2023;10;90;9;10\n")
    assert [(each.rule, each.cell) for each in found.errors] == [("out_of_range", "D2"), ("part_above_whole", "D3")]


def test_a_column_nobody_knows_is_to_be_confirmed_and_is_listed():
    found = checked("Region;Period;Timme;Inkomna samtal;Bemanning\n25;2023;8;5;3\n")
    assert [(each.rule, each.severity, each.cell) for each in found.problems] == [("column_not_read", "warning", "E1")]
    assert [(each.cell, each.key) for each in found.ignored] == [("E1:E2", "unknown_column")]


def test_no_value_is_no_record_and_the_whole_week_is_no_part_of_a_profile():
    found = checked(HEAD + "25;2023;mån;8;-\n25;2023;mån;9;\n25;2023;alla;hela dygnet;50\n25;2023;mån;10;5\n")
    assert found.records["phone_profile"].select("hour", "value").rows() == [(10, 5.0)]
    assert [(each.cell, each.key) for each in found.ignored] == [
        ("E2", "phone_not_given"),
        ("A3:E3", "no_figure"),
        ("A4:E4", "phone_whole"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Indikator;Region;Period;Värde\ncalls_offered;Norrbotten;2023-10;5\n",  # the template: no hours
        "Region;Period;Timme;Besök\n25;2023;8;5\n",  # hours, but of no phone indicator
        "Region;Period;Dag;Inkomna samtal\n25;2023;2023-10-01;5\n",  # a day alone may be a date
    ],
)
def test_a_table_without_weekday_or_hour_of_calls_is_another_layouts(text: str):
    assert checked(text).layout != "phone_profile"


def test_the_file_says_itself_that_it_is_synthetic():
    assert checked("Region;Period;Timme;Inkomna samtal;Källa\n25;2023;8;5;SYNTETISKA EXEMPELDATA\n").synthetic
    assert not checked("Region;Period;Timme;Inkomna samtal;Källa\n25;2023;8;5;egen\n").synthetic


def test_short_headers_mean_calls_beside_a_weekday():
    head = "Region;Period;Veckodag;Timme;Inkomna;Besvarade;Tappade;Andel besvarade;Medelväntetid (mm:ss)\n"
    assert [row[4:6] for row in records(f"{head}25;2025-06;mån;08:00–09:00;100;80;20;80,0;05:30\n")] == [
        ("calls_offered", 100.0),
        ("calls_answered", 80.0),
        ("calls_abandoned", 20.0),
        ("calls_share_answered", 80.0),
        ("calls_mean_wait", 330.0),
    ]


def test_more_calls_answered_than_came_in_is_to_be_confirmed():
    found = checked("Region;Period;Veckodag;Timme;Inkomna;Besvarade\n25;2025-06;mån;8;60;80\n25;2025-06;tis;8;80;80\n")

    assert [(each.severity, each.rule, each.cell, each.found) for each in found.problems] == [
        ("warning", "calls_above_offered", "F2", "80 / 60")
    ]


def test_many_faults_to_confirm_do_not_become_one_that_refuses():
    rows = "".join(f"25;2025-06;mån;{hour};60;80\n" for hour in range(24))
    found = checked(f"Region;Period;Veckodag;Timme;Inkomna;Besvarade\n{rows}")

    assert (found.accepted, found.errors, len(found.warnings) > 1) == (True, (), True)
    assert found.warnings[-1].message("sv")
