"""Files that once came in with a wrong number and no word about it; each row is named by its fault."""

import json
from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from loaders import CheckedFile, check_file
from tests.loaders.files import SKR, csv_bytes, saved, template, vis, with_more, with_part, workbook

SHARED = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>x</t></si><si><r><t>63,4</t></r>'
    '<r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></si></sst>'
)
LONG = "Indikator,Region,Period,Värde\n"
WIDE = "trust_hospital\nRegion;2019;2020\n"
BESIDE = (
    "trust_hospital\nRegion;2019;;Region;2020\nRegion Skåne;60;;Region Halland;70\nRegion Halland;61;;Region Skåne;71\n"
)


def told(content: str | bytes) -> list[tuple[str, str, str]]:
    """(severity, the wording's key, cell) of every problem."""
    checked = check_file(None, "fil", csv_bytes(content) if isinstance(content, str) else content)
    for problem in checked.problems:
        assert problem.message("sv") != problem.message("en")
    return [(each.severity, each.variant or each.rule, each.cell) for each in checked.problems]


FAULTS = [
    ("point_between_thousands", template("logins;Skåne;2020;;12.000"), "error", "thousands_sign", "E2"),
    ("comma_between_thousands", template("logins;Skåne;2020;;1,000"), "error", "thousands_sign", "E2"),
    ("base_in_thousands", template("nki_phone;Skåne;2020;;87;;;7.604"), "error", "thousands_sign", "H2"),
    ("numerator_in_thousands", vis({"Täljare": "4.846"}), "error", "thousands_sign", "O2"),
    ("seconds_in_thousands", template("calls_mean_wait;Skåne;2020;;1.234"), "warning", "thousands_or_decimals", "E2"),
    ("decimal_comma_in_a_comma_file", f"{LONG}nki_phone,Skåne,2020,87,5\n", "error", "row_too_long", "E2"),
    ("semicolon_in_a_comment", template("nki_phone;Skåne;2020;;87;;;;;;SKR;a;b"), "error", "row_too_long", "M2"),
    ("cell_beyond_skrs_headers", f"{SKR}\n;;Förtroende för sjukhus;Halland;13;2017;57;;;;;;;;%;;;B;;x\n", "error",
     "row_too_long", "T2"),
    ("decimal_comma_in_a_kolada_table", "KPI,Region,2019,2020\nU70447,Region Skåne,60,4,61\n", "error",
     "row_too_long", "E2"),
    ("share_among_per_cent", template("trust_hospital;Skåne;2020;;61", "trust_hospital;Halland;2020;;0,62"), "warning",
     "scale_mixed", "E3"),
    ("share_beside_a_per_cent_sign", template("trust_hospital;Skåne;2020;;61 %", "trust_hospital;Halland;2020;;0,62"),
     "error", "scale_percent", "E3"),
    ("tables_side_by_side_in_another_order", BESIDE, "error", "several_tables", "D3"),
    ("second_table_without_a_title", f"{WIDE}Region Skåne;60;61\nRegion;2021;2022\nRegion Dalarna;60;61\n", "error",
     "several_tables", "A4"),
    ("month_as_the_date_of_its_first_day", template("trust_hospital;Skåne;2020-03-01;;61"), "warning", "day_period",
     "C2"),
    ("two_years_as_a_december", template("trust_hospital;Skåne;2011/12;;61"), "error", "unreadable_period", "C2"),
    ("two_years_with_a_dash", template("trust_hospital;Skåne;2010–11;;61"), "error", "unreadable_period", "C2"),
    ("year_with_a_footnote", template("trust_hospital;Skåne;2020¹²;;61"), "error", "unreadable_period", "C2"),
    ("october_without_its_zero", template("trust_hospital;Skåne;2019.1;;61"), "error", "unreadable_period", "C2"),
    ("row_without_a_region", f"{WIDE}Region Skåne;60;61\n;62;63\n", "error", "no_region", "A4"),
    ("regions_without_a_period", "trust_hospital\nRegion;Kvinnor\nRegion Skåne;60\nRegion Halland;61\n", "error",
     "no_period", "A2"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "severity", "key", "cell"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_what_can_be_read_in_two_ways_is_told(text: str, severity: str, key: str, cell: str):
    assert (severity, key, cell) in told(text)


def hours_and_minutes() -> bytes:
    rows = [["Indikator", "Region", "Period", "Värde"], ["calls_mean_wait", "Skåne", 2020, time(2, 31)]]
    return saved(workbook(rows, formats={"D2": "h:mm"}))


def elapsed_hours_and_minutes() -> bytes:
    rows = [["Indikator", "Region", "Period", "Värde"], ["calls_mean_wait", "Skåne", 2020, timedelta(hours=2.5)]]
    return saved(workbook(rows, formats={"D2": "[h]:mm"}))


def raised_footnote() -> bytes:
    book = workbook([["Indikator", "Region", "Period", "Värde"], ["trust_hospital", "Skåne", 2020, "x"]])
    book.active["D2"] = CellRichText("63,4", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    return saved(book)


def raised_footnote_in_the_shared_texts() -> bytes:
    book = workbook([["Indikator", "Region", "Period", "Värde"], ["trust_hospital", "Skåne", 2020, "EN FOTNOT"]])
    cell, shared = b't="inlineStr"><is><t>EN FOTNOT</t></is>', b't="s"><v>1</v>'
    content = with_part(saved(book), "xl/worksheets/sheet1.xml", lambda old: old.replace(cell, shared))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'.encode()
    content = with_part(content, "xl/_rels/workbook.xml.rels", lambda old: old.replace(b"</Relationships>", relation))
    return with_more(content, "xl/sharedStrings.xml", SHARED.encode())


TYPED: list[tuple[Callable[[], bytes], str, str]] = [
    (hours_and_minutes, "hours_minutes", "2:31 (tt:mm)"),
    (elapsed_hours_and_minutes, "hours_minutes", "2:30 (tt:mm)"),
    (raised_footnote, "not_a_number", "63,4 ¹"),
    (raised_footnote_in_the_shared_texts, "not_a_number", "63,4 ¹"),
]


@pytest.mark.parametrize(("make", "key", "found"), TYPED)
def test_what_a_cells_format_hides_is_told(make: Callable[[], bytes], key: str, found: str):
    errors = check_file(None, "fil.xlsx", make()).errors
    assert [(each.variant or each.rule, each.cell, each.found) for each in errors] == [(key, "D2", found)]


def test_a_wide_csv_with_decimal_commas_between_commas_is_refused():
    text = "trust_hospital\nRegion,2019,2020\nRegion Skåne,63,4,62,1\nRegion Halland,60,1,61,2\n"
    assert [each for each in told(text) if each[0] == "error"] == [
        ("error", "row_too_long", "D3"),
        ("error", "row_too_long", "D4"),
    ]


def test_a_column_without_any_header_is_no_year_of_its_neighbours():
    rows = [["trust_hospital"], [None, 2019], ["Region", "Kvinnor", "Män"], ["Region Skåne", 60, 61, 3]]
    checked = check_file(None, "fil.xlsx", saved(workbook(rows)))
    assert checked.observations.select("sex", "value").rows() == [("K", 60.0), ("M", 61.0)]
    assert [(each.rule, each.cell) for each in checked.problems] == [("column_not_understood", "D4")]


def test_a_header_repeated_on_the_next_page_is_left_out():
    checked = check_file(None, "fil", csv_bytes(f"{WIDE}Region Skåne;60;61\nRegion;2019;2020\nRegion Dalarna;62;63\n"))
    assert (checked.problems, checked.observations["value"].to_list()) == ((), [60.0, 61.0, 62.0, 63.0])
    assert [(each.cell, each.key) for each in checked.ignored] == [("A4:C4", "repeated_header")]


def test_every_hidden_column_of_a_group_is_told():
    book = workbook([["trust_hospital"], ["Region", 2019, 2020, 2021], ["Region Skåne", 60, 61, 62]])
    book.active.column_dimensions.group("B", "D", hidden=True)
    assert told(saved(book)) == [("warning", "hidden_columns", "B1:D1")]


def test_interval_limits_may_be_printed_like_their_value():
    checked = check_file(None, "fil", csv_bytes(template("trust_hospital;Skåne;2020;;61,5 %;;;;60 %;63,0 %")))
    assert checked.observations.select("value", "ci_low", "ci_high").rows() == [(61.5, 60.0, 63.0)]


def test_a_source_that_calls_a_value_private_or_deleted_is_believed():
    figures = [
        {"gender": "T", "value": 62.9, "status": "Private"},
        {"gender": "K", "value": 61, "isdeleted": "true"},
        {"gender": "M", "value": 60, "status": "", "isdeleted": False},
    ]
    entry = {"kpi": "U70447", "municipality": "0025", "period": 2020, "values": figures}
    checked = check_file(None, "x", json.dumps({"values": [entry]}).encode())
    assert checked.observations.select("sex", "value", "reason").rows() == [
        ("T", None, "confidential"),
        ("K", None, "deleted_by_source"),
        ("M", 60.0, ""),
    ]


def test_a_state_at_the_end_of_a_month_is_a_day_without_a_word():
    book = workbook([["Indikator", "Region", "Period", "Värde"], ["accounts_share", "Skåne", date(2017, 12, 31), 61]])
    assert told(saved(book)) == []


def kolada(*names: str) -> CheckedFile:
    rows = [f"U70447;{name};60\n" for name in names]
    return check_file(None, "fil", csv_bytes("".join(["Nyckeltals-id;Kommun;2019\n", *rows])))


NAMES = [
    (("Region Uppsala", "Uppsala", "Enköping"), ["03"], [("not_a_region", "Uppsala"), ("not_a_region", "Enköping")]),
    (("Uppsala", "Norrbotten"), [None, "25"], [("region_or_municipality", "Uppsala")]),
    (("Region Norbotten",), [None], [("unknown_region_near", "Region Norbotten")]),
    (("Norbotten",), [None], [("unknown_region_near", "Norbotten")]),
    (("Norrbotten", "Jämtland", "Gotland", "Riket"), ["25", "23", "09", "00"], []),
]


@pytest.mark.parametrize(("names", "regions", "problems"), NAMES)
def test_a_kolada_table_without_codes_is_never_guessed_at(
    names: tuple[str, ...], regions: list[str | None], problems: list[tuple[str, str]]
):
    checked = kolada(*names)
    assert checked.observations["region"].to_list() == regions
    assert [(each.variant or each.rule, each.found) for each in checked.problems] == problems


def test_bare_names_are_regions_where_they_are_all_twenty_one():
    from indicators import catalogue

    checked = kolada(*(region.short_name for region in catalogue().regions.values()))
    assert (checked.problems, checked.observations["region"].n_unique()) == ((), 22)


def test_a_kolada_code_and_name_of_different_places_is_an_error():
    text = "Nyckeltals-id;Kommun-id;Kommun;2019\nU70447;2580;Region Norrbotten;60\nU70447;0380;Uppsala;50\n"
    assert told(text) == [("error", "region_disagrees", "C2"), ("warning", "not_a_region", "B3")]
