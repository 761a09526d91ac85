"""What a cell shows decides: number formats with words, masks, scales and colours, and content that nobody sees."""

from collections.abc import Callable
from typing import Any

import pytest

from loaders import CheckedFile, check_file
from loaders.formats.child.dates import shown_date
from loaders.formats.child.number_format import chosen, shown_number, shown_text
from tests.loaders.files import TEMPLATE, csv_bytes, template
from tests.loaders.workbooks import by_xlsxwriter, edited, formatted, packed, parts_of

SHEET, BOOK, STYLES, TEXTS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"

SHOWN = [
    ("General", "62.9", "62.9"), ("0", "62.9", "62.9"), ("0.00", "62.9", "62.9"), ("#,##0", "5214", "5214"),
    ("# ##0", "1234567", "1234567"), (r"#\ ##0", "1234567", "1234567"), ("[Red]0", "5", "5"), ("@", "5", "5"),
    ('General" st"', "5", "5 st"), ('0.0" min"', "2.5", "2.5 min"), ('0" tusen"', "512", "512 tusen"),
    ('0.0"%"', "62.9", "62.9%"), (r"0.0\%", "62.9", "62.9%"), ("0%", "0.629", "62.9 %"), ("0.0 %", "0.629", "62.9 %"),
    ('".."', "5", ".."), ("..", "5", ".."), ('"<10"', "5", "<10"), ('[<10]"<10";0', "7", "<10"),
    ('[<10]"<10";0', "10", "10"), ('[>=10]0;"<10"', "7", "<10"), ('[=0]"-";[<5]"<5";0', "3", "<5"),
    ('[=0]"..";[<5]"<5";0', "0", ".."), ('[=0]"..";[<5]"<5";0', "8", "8"), ('0;-0;"saknas"', "0", "saknas"),
    ("0;-0", "-5", "-5"), ("0;[Red]-0", "-5", "-5"), ("0.0", "-5", "-5"), ("0;0", "-5", "5 ≠ -5"),
    ("0_);(0)", "-5", "(5)"), ("0,", "512000", "512 ≠ 512000"), ('0,"tkr"', "512000", "512 ≠ 512000 tkr"),
    ("#,##0,", "512000", "512 ≠ 512000"), ("0.0,,", "1500000", "1.5 ≠ 1500000"), ("#,##0.0,", "1500", "1.5 ≠ 1500"),
    ("0.00E+00", "123456", "123456"), ("##0.0E+0", "123456", "123456"), ("# ?/?", "0.5", "1/2"),
    ("00", "1", "01"), ("0000", "62", "0062"), ('0000"-"00', "202001", "2020-01"), ("000-00", "12345", "123-45"),
    ("[$kr-41D] 0", "5", "kr5"), ('0 "kr"', "5", "5 kr"), ("*-0", "5", "-5"), ("0*x", "5", "5 x"),
    ('"ca "0', "5", "ca5"), (">0", "5", ">5"), ("0.0!", "5", "5!"), ("", "5", "5"), ("0;0;0;@", "5", "5"),
    (r'_-* #,##0\ _k_r_-;\-* #,##0\ _k_r_-;_-* "-"??\ _k_r_-;_-@_-', "5214", "5214"),
    (r'_-* #,##0\ _k_r_-;\-* #,##0\ _k_r_-;_-* "-"??\ _k_r_-;_-@_-', "0", "0"),
    (";;;", "5", ""), (";;", "-5", ""), ("0;0;;@", "0", ""), ("#", "0", ""), ("#,###", "0", ""), ('" "', "5", ""),
]  # fmt: skip


@pytest.mark.parametrize(("code", "stored", "text"), SHOWN)
def test_a_number_is_what_its_format_shows(code: str, stored: str, text: str):
    assert shown_number(code, stored)[0] == text


@pytest.mark.parametrize(
    ("code", "stored", "text"),
    [
        ("yyyy", "43466", "2019"),
        ("yyyy", "2019", "1905 ≠ 2019"),
        ("yyyy-mm-dd", "62.9", "1900-03-02 21:36:00 ≠ 62.9"),
        ("yyyy-mm", "45352", "2024-03"),
        ("mmm yy", "45352", "2024-03"),
        ("d mmmm yyyy", "45352", "2024-03-01"),
        ("yyyy-mm-dd", "45352", "2024-03-01"),
        ("yyyy-mm-dd hh:mm", "45352.5", "2024-03-01 12:00:00"),
        ('yyyy"-H1"', "45352", "2024-H1"),
        ('"vecka "d', "45352", "vecka 01"),
        ("yyyy", "-3", "#### ≠ -3"),
        ("yyyy", "1e300", "#### ≠ 1" + "0" * 300),
        ("h:mm", "0.1048611111", "2:31 (tt:mm)"),
        ("[h]:mm", "1.1048611111", "26:31 (tt:mm)"),
        ("[m]:ss", "0.00174768518518519", "2:31"),
        ("[h]:mm:ss", "1.5", "36:00:00"),
        ("h:mm:ss", "1.5", "12:00:00 ≠ 36:00:00"),
        ("mm:ss", "0.05", "12:00 ≠ 1:12:00"),
        ("mm:ss", "0.00174768518518519", "2:31"),
        ("mm:ss.0", "0.00110532407407407", "1:35.5"),
        ("[s]", "0.00174768518518519", "2:31"),
        ('[m]:ss" min"', "0.00174768518518519", "2:31 min"),
        ("h:mm AM/PM", "0.75", "18:00 (tt:mm)"),
    ],
)
def test_a_day_or_a_time_is_what_its_format_shows(code: str, stored: str, text: str):
    part = chosen(code, float(stored))
    assert part is not None
    assert part.is_date
    assert shown_date(part, stored, False) == text


@pytest.mark.parametrize(
    ("code", "text", "shown"),
    [
        ("@", "Skåne", "Skåne"),
        ('@" tusen"', "512", "512 tusen"),
        ('0;0;0;"x"@', "512", "x512"),
        (";;;", "Skåne", ""),
        ("0.0", "Skåne", "Skåne"),
        (";;;@", "Skåne", "Skåne"),
        ("General", "Skåne", "Skåne"),
    ],
)
def test_a_text_is_what_its_format_shows(code: str, text: str, shown: str):
    assert shown_text(code, text)[0] == shown


def told(checked: CheckedFile) -> list[tuple[str, str, str]]:
    return [(each.severity, each.variant or each.rule, each.cell) for each in checked.problems]


def value(checked: CheckedFile, indicator: str, region: str) -> float | None:
    rows = checked.observations.filter(indicator=indicator, region=region)
    assert rows.height == 1
    return rows["value"][0]


@pytest.mark.parametrize(
    ("place", "number", "code", "indicator", "region", "read"),
    [
        ("E5", 2.5, '0.0" min"', "calls_mean_wait", "25", 150.0),
        ("E5", 151, '0" s"', "calls_mean_wait", "25", 151.0),
        ("E5", 151, '0" sek"', "calls_mean_wait", "25", 151.0),
        ("E5", 0.5, '0.0" tim"', "calls_mean_wait", "25", 1800.0),
        ("E4", 512, '0" tusen"', "calls_answered", "03", 512000.0),
        ("E4", 512, '0" st"', "calls_answered", "03", 512.0),
        ("E4", 1.5, '0.0" milj."', "calls_answered", "03", 1500000.0),
        ("E2", 62.9, '0.0"%"', "trust_overall", "12", 62.9),
        ("E2", 62.9, '0.0" procent"', "trust_overall", "12", 62.9),
        ("E2", 5, '".."', "trust_overall", "12", None),
    ],
)
def test_a_figure_with_its_unit_is_read_in_the_indicators(
    place: str, number: float, code: str, indicator: str, region: str, read: float | None
):
    checked = check_file(None, "fil.xlsx", formatted(place, number, code))
    assert checked.accepted, told(checked)
    assert value(checked, indicator, region) == read


@pytest.mark.parametrize(
    ("place", "number", "code"),
    [
        ("E4", 7, '[<10]"<10";0'),
        ("E4", 512000, '0,"tkr"'),
        ("E4", 512000, "#,##0,"),
        ("E4", 512, '0" kr"'),
        ("E4", 512, '0" min"'),
        ("E2", 62.9, '0.0" min"'),
        ("E2", 62.9, "# ?/?"),
        ("E2", 62.9, "yyyy-mm-dd"),
        ("E2", 2019, "yyyy"),
        ("E2", -62.9, "0.0;0.0"),
        ("E2", 62.9, '"ca "0'),
        ("E2", 62, '0" index"'),
        ("E2", 62.9, ";;;"),
        ("C2", 2022, "yyyy"),
        ("E5", 1.5, "h:mm:ss"),
        ("E5", 0.1, "h:mm"),
        ("E4", 12.5, '0.0" st"'),
    ],
)
def test_what_shows_another_number_is_refused_with_its_cell(place: str, number: float, code: str):
    checked = check_file(None, "fil.xlsx", formatted(place, number, code))
    assert not checked.accepted
    assert {each.cell for each in checked.errors} == {place}, told(checked)


def test_zero_and_zero_of_zero():
    """A share of nobody has no value; a share of somebody may be nought."""
    rows = [
        "primary_care_phone_share;Region Skåne;2024-03;T;0;0;0;;;;;",
        "primary_care_phone_share;Region Dalarna;2024-03;T;0;0;40;;;;;",
        "primary_care_phone_share;Region Uppsala;2024-03;T;0,0;;0;;;;;",
        "trust_overall;Region Uppsala;2022;T;0;;;0;;;;",
    ]
    checked = check_file(None, "fil.csv", csv_bytes(template(*rows)))
    read = checked.observations.select("region", "value", "reason", "flags", "denominator")
    assert read.rows() == [
        ("12", None, "not_applicable", "z", None),
        ("20", 0.0, "", "", 40.0),
        ("03", None, "not_applicable", "z", None),
        ("03", None, "not_applicable", "z", None),
    ]
    assert [each.cell for each in checked.ignored] == ["E2", "E4", "E5"]


@pytest.mark.parametrize(
    ("printed", "warned"),
    [("1,23E+05", True), ("1.23e5", True), ("2E+05", True), ("1,23456E+05", False), ("1E0", False), ("123000", False)],
)
def test_digits_lost_to_a_power_of_ten_are_told(printed: str, warned: bool):
    checked = check_file(None, "fil.csv", csv_bytes(template(f"logins;Riket;2021;T;{printed};;;;;;;")))
    assert told(checked) == ([("warning", "digits_lost", "E2")] if warned else [])
    text = formatted("E4", printed, "@")
    assert ("warning", "digits_lost", "E4") in told(check_file(None, "fil.xlsx", text)) or not warned


def _look(**look: Any) -> Callable[[], bytes]:
    return lambda: formatted("E2", 62.9, "General", **look)


def _page(method: str, *arguments: Any) -> Callable[[], bytes]:
    return lambda: by_xlsxwriter(change=lambda _, page: getattr(page, method)(*arguments))


def _sheet(pattern: str, new: str) -> Callable[[], bytes]:
    return lambda: edited((SHEET, pattern, new))


def _conditional(look: dict[str, Any]) -> Callable[[], bytes]:
    def change(book: Any, page: Any) -> None:
        rule = {"type": "cell", "criteria": "<", "value": 100, "format": book.add_format(look)}
        page.conditional_format("E2:E3", rule)

    return lambda: by_xlsxwriter(change=change)


def _runs(look: dict[str, Any]) -> Callable[[], bytes]:
    return lambda: by_xlsxwriter(
        change=lambda book, page: page.write_rich_string(1, 1, "Region ", book.add_format(look), "Skåne")
    )


UNSEEN = {
    "struck": (_look(font_strikeout=True), "cells_struck", "E2"),
    "white": (_look(font_color="white"), "cells_pale", "E2"),
    "almost_white": (_look(font_color="#F8F8F8"), "cells_pale", "E2"),
    "colour_of_the_ground": (_look(font_color="#123456", bg_color="#123457", pattern=1), "cells_pale", "E2"),
    "black_on_black": (_look(bg_color="black", font_color="black"), "cells_pale", "E2"),
    "white_by_its_format": (lambda: formatted("E2", 62.9, "[White]0.0"), "cells_pale", "E2"),
    "tiny": (_look(font_size=1), "cells_tiny", "E2"),
    "struck_run": (_runs({"font_strikeout": True}), "cells_struck", "B2"),
    "white_run": (_runs({"font_color": "white"}), "cells_pale", "B2"),
    "tiny_run": (_runs({"font_size": 1}), "cells_tiny", "B2"),
    "struck_by_a_condition": (_conditional({"font_strikeout": True}), "cells_conditional", "E2"),
    "white_by_a_condition": (_conditional({"font_color": "white"}), "cells_conditional", "E2"),
    "masked_by_a_condition": (_conditional({"num_format": ";;;"}), "cells_conditional", "E2"),
    "masked_text": (lambda: formatted("H2", "Egen", ";;;"), "cells_masked", "H2"),
    "row_of_no_height": (_sheet('<row r="3"', '<row r="3" ht="0" customHeight="1"'), "hidden_rows", "A3:H3"),
    "row_of_a_pixel": (_sheet('<row r="3"', '<row r="3" ht="0.75"'), "hidden_rows", "A3:H3"),
    "hidden_row": (_sheet('<row r="3"', '<row r="3" hidden="true"'), "hidden_rows", "A3:H3"),
    "column_of_no_width": (_page("set_column", "E:E", 0), "hidden_columns", "E1"),
    "columns_hidden": (_page("set_column", "E:XFD", None, None, {"hidden": True}), "hidden_columns", "E1:H1"),
    "rows_hidden_by_default": (_sheet("<sheetFormatPr", '<sheetFormatPr zeroHeight="1"'), "hidden_by_default", ""),
    "columns_hidden_by_default": (
        _sheet("<sheetFormatPr", '<sheetFormatPr defaultColWidth="0"'),
        "hidden_by_default",
        "",
    ),
    "under_a_merged_cell": (
        _sheet("</sheetData>", '</sheetData><mergeCells><mergeCell ref="H2:H3"/></mergeCells>'),
        "cells_covered",
        "H3",
    ),
    "power_of_ten": (lambda: formatted("E4", 123456, "0.00E+00"), "cells_shortened", "E4"),
    "dash_for_nought": (lambda: formatted("E4", 0, '0;-0;"-"'), "cells_shortened", "E4"),
}


@pytest.mark.parametrize("name", UNSEEN)
def test_what_a_person_does_not_see_is_told_with_its_cell(name: str):
    make, variant, cell = UNSEEN[name]
    checked = check_file(None, "fil.xlsx", make())
    assert told(checked) == [("warning", variant, cell)]
    assert "{" not in checked.problems[0].message()
    assert checked.observations.height == 6


@pytest.mark.parametrize(
    "look",
    [
        {"font_color": "black"},
        {"font_color": "white", "bg_color": "navy"},
        {"font_color": "#767676"},
        {"font_size": 8},
        {"bg_color": "yellow"},
        {"font_color": "white", "bg_color": "#C00000"},
    ],
)
def test_what_a_person_sees_is_not_remarked_on(look: dict[str, Any]):
    assert told(check_file(None, "fil.xlsx", _look(**look)())) == []


@pytest.mark.parametrize(
    ("make", "variant", "cell"),
    [
        (_sheet('(<c r="E2">.*?</c>)', r'\1<c r="E2"><v>99</v></c>'), "cell_twice", "E2"),
        (_sheet('(<c r="E2">.*?</c>)', r"\1\1"), "cell_twice", "E2"),
        (_sheet('(<row r="3".*?</row>)', r"\1\1"), "row_twice", "A3"),
        (_sheet("</sheetData>", '<row r="3"><c r="J3"><v>1</v></c></row></sheetData>'), "row_twice", "J3"),
    ],
)
def test_what_stands_twice_is_refused(make: Callable[[], bytes], variant: str, cell: str):
    (error,) = check_file(None, "fil.xlsx", make()).errors
    assert (error.variant, error.cell) == (variant, cell)


def test_zeros_that_the_sheet_hides_are_told():
    shown = formatted("E4", 0, "General")
    checked = check_file(None, "fil.xlsx", edited((SHEET, "<sheetView ", '<sheetView showZeros="0" '), content=shown))
    assert ("warning", "cells_masked", "E4") in told(checked)


def test_formulas_that_their_writer_could_not_calculate_have_no_value():
    def change(_: Any, page: Any) -> None:
        page.write_formula("E2", "=60+2.9")

    checked = check_file(None, "fil.xlsx", by_xlsxwriter(change=change))
    assert told(checked) == [("error", "formula_without_value", "E2")]
    calculated = edited(
        (BOOK, ' fullCalcOnLoad="1"', ""),
        (SHEET, r"(60\+2.9</f><v>)0", r"\g<1>62.9"),
        content=by_xlsxwriter(change=change),
    )
    assert told(check_file(None, "fil.xlsx", calculated)) == []


@pytest.mark.parametrize(
    "lines",
    [
        "Indikator,Region,Period,Värde,Kommentar\ntrust_overall,Region Skåne,2022,61,2,\n",
        "Indikator,Region,Period,Värde,Kommentar\ntrust_overall,Region Skåne,2022,61,2,x\n",
        "Indikator,Region,Period,Värde,Kommentar,\ntrust_overall,Region Skåne,2022,61,2,,\n",
        "Indikator,Region,Period,Värde,\ntrust_overall,Region Skåne,2022,61,2\n",
        "trust_overall\nRegion,2021,2022\nSkåne,61,62,3\nDalarna,61,62\n",
        "trust_overall\nRegion,2021,2022\nSkåne,61,2,\nDalarna,61,62\n",
        "trust_overall\nRegion,2021,2022,\nSkåne,61,2,62,3\nDalarna,61,62,\n",
        "trust_overall\nRegion;2021;2022\nSkåne;61;2;\nDalarna;61;62\n",
        "trust_overall\nÅr,Skåne,Dalarna\n2021,61,2,\n2022,61,62\n",
    ],
)
def test_a_row_longer_than_its_header_is_refused_with_its_cell(lines: str):
    errors = check_file(None, "fil.csv", csv_bytes(lines)).errors
    assert {each.rule for each in errors} == {"row_too_long"}
    assert all(each.cell for each in errors)


@pytest.mark.parametrize("end", ["", ",", ",,,,,Egen", ",,,,,,Egen,"])
@pytest.mark.parametrize("head", ["", ","])
def test_decimals_that_a_comma_has_parted_from_their_value_are_refused(head: str, end: str):
    """Also where no row is longer than its header, for its last columns are blank."""
    lines = f"{TEMPLATE.replace(';', ',')}{head}\ntrust_overall,Region Skåne,2022,T,61,2{end}\n"
    errors = check_file(None, "fil.csv", csv_bytes(lines)).errors
    assert ("numerator_alone", "F2") in {(each.rule, each.cell) for each in errors}
    beside = (
        f"{TEMPLATE}\nprimary_care_phone_share;Region Skåne;2024-03;T;87,5;35;40\ntrust_overall;Skåne;2022;T;61;6;;10\n"
    )
    assert check_file(None, "fil.csv", csv_bytes(beside)).accepted


def test_a_sign_at_the_end_of_every_row_is_a_habit_where_commas_part_no_cells():
    lines = "trust_overall\nRegion;2021;2022\nSkåne;61;62;\nDalarna;61;62;\n"
    assert told(check_file(None, "fil.csv", csv_bytes(lines))) == []


def test_the_looks_of_a_damaged_style_part_are_no_fault():
    """Style numbers beyond the table, fonts that are not there: the cells are plain."""
    parts = parts_of(formatted("E2", 62.9, "0.0"))
    parts[STYLES] = b'<styleSheet><cellXfs><xf numFmtId="0" fontId="9" fillId="9"/></cellXfs></styleSheet>'
    checked = check_file(None, "fil.xlsx", packed(parts))
    assert value(checked, "trust_overall", "12") == 62.9
