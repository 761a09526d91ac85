"""One small file per fault: the rule, the cell and the words, the same for csv and Excel."""

import json

import pytest

from loaders import check_file
from loaders.problems import SHOWN_PER_RULE
from tests.loaders.files import PHONE, csv_bytes, saved, template, vis, workbook, xlsx

FAULTS = [
    ("misspelt_region", {"Länskod": "-", "Enhetsnamn": "Skåna"}, "unknown_region", "J2", "Skåna"),
    ("unknown_code", {"Länskod": "99", "Enhetsnamn": "-"}, "unknown_region", "G2", "99"),
    ("code_and_name_disagree", {"Länskod": "25"}, "region_disagrees", "J2", "25 Stockholms län"),
    ("two_digit_year", {"Mätperiod": "15"}, "unreadable_period", "F2", "15"),
    ("range_of_years", {"Mätperiod": "2014-2015"}, "unreadable_period", "F2", "2014-2015"),
    ("unknown_sex", {"Kön": "Annat"}, "unknown_sex", "L2", "Annat"),
    ("empty_sex", {"Kön": ""}, "unknown_sex", "L2", ""),
    ("rate_for_a_share", {"Måttenhet": "Antal per tusen"}, "unit_mismatch", "M2", "Antal per tusen"),
    ("less_than", {"Värde": "<5"}, "not_a_number", "N2", "<5"),
    ("words_in_a_number", {"Värde": "1 204 st"}, "not_a_number", "N2", "1 204 st"),
    ("not_finite", {"Värde": "NaN"}, "not_a_number", "N2", "NaN"),
    ("infinite", {"Värde": "inf"}, "not_a_number", "N2", "inf"),
    ("too_many_digits", {"Värde": "1" * 17}, "not_a_number", "N2", "1" * 17),
    ("empty_value", {"Värde": ""}, "empty_value", "N2", ""),
    ("duration_for_a_share", {"Värde": "2:31"}, "unit_mismatch", "N2", "2:31"),
    ("bad_duration", {"Värde": "2:75"}, "not_a_number", "N2", "2:75"),
    ("percent_of_words", {"Värde": "många %"}, "not_a_number", "N2", "många %"),
    ("above_hundred", {"Värde": "101", "KI_Låg": "-", "KI_Hög": "-"}, "out_of_range", "N2", "101"),
    ("below_zero", {"Värde": "−1", "KI_Låg": "-", "KI_Hög": "-"}, "out_of_range", "N2", "−1"),
    ("negative_base", {"Nämnare": "-7604", "Täljare": "-"}, "out_of_range", "P2", "-7604"),
    ("numerator_in_words", {"Täljare": "några"}, "not_a_number", "O2", "några"),
    ("value_outside_interval", {"Värde": "70"}, "interval", "Q2", "62.4–64.7"),
    ("half_an_interval", {"KI_Hög": "-"}, "interval", "Q2", "62.4–?"),
    ("numerator_above_denominator", {"Täljare": "8000"}, "numerator_above_denominator", "O2", "8000 / 7604"),
    ("shares_of_one", {"Värde": "0,635", "KI_Låg": "-", "KI_Hög": "-"}, "scale", "N2", "0,635"),
    (
        "id_of_another_indicator",
        {"Indikator_Id": PHONE},
        "indicator_disagrees",
        "E2",
        f"Stort förtroende för vårdcentraler ({PHONE})",
    ),
]


# Numbers are said with the reader's own signs; every other text as the cell has it.
SAID = {
    "-7604": {"sv": "−7\u00a0604 kan", "en": "−7,604 cannot"},
    "62.4–64.7": {"sv": "värdet 70 ligger inte inom sitt intervall 62,4–64,7 (", "en": "interval 62.4–64.7 ("},
    "62.4–?": {"sv": "intervall 62,4–? (", "en": "interval 62.4–? ("},
    "8000 / 7604": {
        "sv": "täljaren 8\u00a0000 är större än nämnaren 7\u00a0604 (",
        "en": "the numerator 8,000 is larger than the denominator 7,604 (",
    },
    "0,635": {"sv": "till exempel 0,635 (", "en": "for example 0.635 ("},
}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("changes", "rule", "cell", "found"), [fault[1:] for fault in FAULTS], ids=[f[0] for f in FAULTS]
)
def test_every_fault_is_told_with_its_cell(kind: str, changes: dict[str, str], rule: str, cell: str, found: str):
    text = vis(changes)
    checked = check_file(None, "fil", csv_bytes(text) if kind == "csv" else xlsx(text))
    assert [(each.rule, each.cell, each.found) for each in checked.errors] == [(rule, cell, found)]
    assert not checked.accepted
    for language, place in (("sv", f"ell {cell}:"), ("en", f"ell {cell}:")):
        message = checked.errors[0].message(language)
        assert place in message
        assert SAID.get(found, {}).get(language, found) in message
        assert "{" not in message


TEMPLATE_FAULTS = [
    ("index_as_per_cent", "nki_phone;Skåne;2020;;87 %", "unit_mismatch", "E2"),
    ("comma_between_thousands", "logins;Skåne;2020;;1,234", "not_whole", "E2"),
    ("day_fractions", "calls_mean_wait;Skåne;2020;;0,0017", "scale", "E2"),
    ("negative_time", "calls_mean_wait;Skåne;2020;;-3", "out_of_range", "E2"),
    ("negative_count", "logins;Skåne;2020;;-3", "out_of_range", "E2"),
    ("index_above_hundred", "nki_phone;Skåne;2020;;187", "out_of_range", "E2"),
    ("no_region", "nki_phone;;2020;;87", "unknown_region", "B2"),
]


@pytest.mark.parametrize(("row", "rule", "cell"), [f[1:] for f in TEMPLATE_FAULTS], ids=[f[0] for f in TEMPLATE_FAULTS])
def test_every_fault_of_the_template_is_told(row: str, rule: str, cell: str):
    checked = check_file(None, "mall.csv", csv_bytes(template(row)))
    assert [(each.rule, each.cell) for each in checked.errors] == [(rule, cell)]


GOOD = [
    ("calls_mean_wait;Skåne;2020;;2:31", 151.0, ""),
    ("calls_mean_wait;Skåne;2020;;1:02:31", 3751.0, ""),
    ("logins;Skåne;2020;;1 234 567", 1234567.0, ""),
    ("logins;Skåne;2020;;1\u00a0234", 1234.0, ""),
    ("logins;Skåne;2020;;1\u202f234", 1234.0, ""),
    ("logins;Skåne;2020;;0", 0.0, ""),
    ("logins;Skåne;2020;;1,2E+6", 1200000.0, ""),
    ("trust_hospital;Skåne;2020;;0", 0.0, ""),  # all zero says nothing of the scale
    ("trust_hospital;Skåne;2020;;0,8 %", 0.8, ""),  # the sign says the scale
    ("trust_hospital;Skåne;2020;;..", None, "confidential"),
    ("trust_hospital;Skåne;2020;;.", None, "not_applicable"),
    ("trust_hospital;Skåne;2020;;-", None, "not_reported"),
]


@pytest.mark.parametrize(("row", "value", "reason"), GOOD)
def test_numbers_as_publishers_print_them(row: str, value: float | None, reason: str):
    checked = check_file(None, "mall.csv", csv_bytes(template(row)))
    assert checked.observations.select("value", "reason").rows() == [(value, reason)]
    assert checked.errors == ()


@pytest.mark.parametrize(("printed", "warned"), [("5,5", True), ("330", True), ("5:30", False), ("0", False)])
def test_a_bare_number_among_minutes_and_seconds_is_to_be_confirmed(printed: str, warned: bool):
    rows = ("calls_mean_wait;Skåne;2020;;2:31", f"calls_mean_wait;Halland;2020;;{printed}")
    found = check_file(None, "fil", template(*rows).encode())
    assert [each.cell for each in found.problems if each.variant == "bare_duration"] == (["E3"] if warned else [])
    assert found.errors == ()


def test_all_problems_are_told_at_once():
    text = vis({"Mätperiod": "x"}, {"Värde": "<5"}, {"Länskod": "-", "Enhetsnamn": "Skåna"})
    rules = {each.rule for each in check_file(None, "fil", csv_bytes(text)).errors}
    assert rules == {"unreadable_period", "not_a_number", "unknown_region"}


def test_a_duplicate_names_both_cells():
    error = check_file(None, "fil", csv_bytes(vis({}, {"Värde": "63,0"}))).errors[0]
    assert (error.rule, error.cell, error.values["first"], error.values["first_printed"]) == (
        "duplicate_key",
        "N3",
        "N2",
        "63,5",
    )
    assert "N2 har redan 63,5" in error.message("sv")  # once a traceback: a value was called key


def test_another_spelling_of_the_same_region_is_a_duplicate():
    text = template("nki_phone;Region Skåne;2020;;87", "nki_phone;12;2020;;87")
    assert [each.rule for each in check_file(None, "fil", csv_bytes(text)).errors] == ["duplicate_key"]


def test_a_half_year_is_no_duplicate_of_its_month_or_year():
    text = vis({"Mätperiod": "2018 H2"}, {"Mätperiod": "2018"}, {"Mätperiod": "2018 december"})
    assert check_file(None, "fil", csv_bytes(text)).accepted


def test_unknown_indicators_are_set_aside_before_any_other_check():
    rows = {"Titel": "Läkarbesök", "Indikator_Id": "d6753573", "Värde": "<5", "Mätperiod": "?", "Länskod": "99"}
    checked = check_file(None, "fil", csv_bytes(vis({}, rows)))
    assert [(each.severity, each.rule, each.cell) for each in checked.problems] == [
        ("warning", "unknown_indicator", "C3")
    ]
    assert checked.accepted


@pytest.mark.parametrize(
    ("changes", "rule"), [({"Ålder": "65–79"}, "other_age"), ({"Enhetstyp": "Sjukhus"}, "other_level")]
)
def test_other_ages_and_levels_are_set_aside_with_a_warning(changes: dict[str, str], rule: str):
    checked = check_file(None, "fil", csv_bytes(vis({}, changes)))
    assert ([each.rule for each in checked.problems], checked.observations.height) == ([rule], 1)
    assert [(each.cell, each.key) for each in checked.ignored] == [("A3:X3", rule)]


def test_many_faults_of_a_rule_are_summed_up():
    rows = [f"nki_phone;Skåne;{1900 + number // 12}-{number % 12 + 1:02d};;x" for number in range(SHOWN_PER_RULE + 30)]
    errors = check_file(None, "fil", csv_bytes(template(*rows))).errors
    assert len(errors) == SHOWN_PER_RULE + 1
    assert errors[-1].message("en").startswith("The file: 30 more of the same kind (not_a_number)")
    names = [f"okänd {number};Skåne;2020;;1" for number in range(SHOWN_PER_RULE + 5)]
    warnings = check_file(None, "fil", csv_bytes(template(*names))).warnings
    assert (len(warnings), warnings[SHOWN_PER_RULE].variant) == (SHOWN_PER_RULE + 1, "more")


def test_two_columns_of_one_meaning_are_refused():
    text = "Indikator;Region;Period;Värde;Värde\nnki_phone;Skåne;2020;87;88\n"
    errors = check_file(None, "fil", csv_bytes(text)).errors
    assert [(each.rule, each.cell) for each in errors] == [("duplicate_header", "E1")]


WIDE_FAULTS = [
    ("no_indicator", "Kundnöjdhet per region\n\nRegion;2019\nRegion Skåne;60\n", "indicator_not_named", ""),
    (
        "another_question",
        "Förtroende för sjukhus enligt en ny panel\nRegion;2019\nRegion Skåne;60\n",
        "indicator_not_named",
        "",
    ),
    ("two_indicators", "trust_hospital\ntrust_overall\nRegion;2019\nRegion Skåne;60\n", "several_indicators", ""),
    (
        "second_table",
        "trust_hospital\nRegion;2019\nRegion Skåne;60\ntrust_overall\nRegion Dalarna;60\n",
        "several_tables",
        "A4",
    ),
    ("misspelt_first", "trust_hospital\nRegion;2019\nRegion Skåna;60\nRegion Dalarna;60\n", "unknown_region", "A3"),
    ("misspelt_last", "trust_hospital\nRegion;2019\nRegion Dalarna;60\nSkåna;60\n", "unknown_region", "A4"),
]


@pytest.mark.parametrize(("text", "rule", "cell"), [f[1:] for f in WIDE_FAULTS], ids=[f[0] for f in WIDE_FAULTS])
def test_every_fault_of_a_wide_table_is_told(text: str, rule: str, cell: str):
    errors = check_file(None, "fil", csv_bytes(text)).errors
    assert [(each.rule, each.cell) for each in errors] == [(rule, cell)]


def test_faults_of_a_turned_table_have_the_sheets_own_addresses():
    text = "trust_hospital\nÅr;Region Skåne;Region Skåna;Region Dalarna\n2019;60;61;<5\n2020;101;62;63\n"
    errors = check_file(None, "fil", csv_bytes(text)).errors
    assert [(each.rule, each.cell) for each in errors] == [
        ("unknown_region", "C2"),
        ("not_a_number", "D3"),
        ("out_of_range", "B4"),
    ]
    percent = check_file(None, "fil", csv_bytes(text.replace("trust_hospital", "nki_phone, procent"))).errors
    assert ("unit_mismatch", "A1") in [(each.rule, each.cell) for each in percent]


def test_a_row_of_an_unknown_indicator_or_municipality_in_a_kolada_table_is_listed_whole():
    text = "Nyckeltals-id;Kommun;2019;2020\nU70447;Region Skåne;60;61\nU99999;Region Skåne;60;61\n"
    checked = check_file(None, "fil", csv_bytes(text))
    assert [(each.rule, each.cell) for each in checked.problems] == [("unknown_indicator", "A3")]
    assert [each.cell for each in checked.ignored] == ["A3:D3"]


def test_sheets_without_a_table_are_said_in_kolada_and_wide_workbooks():
    for text in ("Nyckeltals-id;Kommun;2019\nU70447;Region Skåne;60", "trust_hospital\nRegion;2019\nRegion Skåne;60"):
        book = workbook([[cell or None for cell in line.split(";")] for line in text.splitlines()])
        book.create_sheet("Mer")["A1"] = "x"
        assert [(each.rule, each.sheet) for each in check_file(None, "fil", saved(book)).problems] == [
            ("sheet_not_read", "Mer")
        ]


def test_columns_of_sex_code_and_unknown_meaning_in_a_wide_table():
    text = (
        "trust_hospital\nLänskod;Region;Kön;2019;Anmärkning;Kvinnor 2020\n12;Region Skåne;Kvinnor;60;ny;1\n"
        "12;Region Skåne;Män;61;;\n"
    )
    checked = check_file(None, "fil", csv_bytes(text))
    assert checked.observations.select("region", "sex", "value", "col").rows() == [
        ("12", "K", 60.0, 4),
        ("12", "M", 61.0, 4),
    ]
    assert [(each.rule, each.cell) for each in checked.problems] == [
        ("column_not_understood", "F3"),
        ("column_not_understood", "E3"),
    ]
    assert [each.severity for each in checked.problems] == ["error", "warning"]  # numbers are never left out unseen


def test_sex_and_unit_in_a_wide_header_over_three_rows():
    text = "trust_hospital\n;2020;;\n;Kvinnor;Män;\nRegion;Andel (%);Andel (%);\nRegion Skåne;60;61;\n"
    checked = check_file(None, "fil", csv_bytes(text))
    assert checked.observations.select("period", "sex", "value").rows() == [("2020", "K", 60.0), ("2020", "M", 61.0)]
    wrong = check_file(None, "fil", csv_bytes(text.replace("trust_hospital", "nki_phone")))
    assert {each.rule for each in wrong.errors} == {"unit_mismatch"}


def test_a_file_of_unknown_headers_is_refused():
    errors = check_file(None, "fil.csv", csv_bytes("a;b\n1;2\n")).errors
    assert [each.rule for each in errors] == ["unknown_layout"]


PERSONS = [
    ("personal_number", "nki_phone;Skåne;2020;;87;;;;;;;19811218-9876", "number", "L2"),
    ("personal_number_12", "nki_phone;Skåne;2020;;87;;;;;;;198112189876", "number", "L2"),
    ("co_ordination_number", "nki_phone;Skåne;2020;;87;;;;;;;701063-2391", "number", "L2"),
    ("email", "nki_phone;Skåne;2020;;87;;;;;;;anna.persson@example.se", "email", "L2"),
]


@pytest.mark.parametrize(("row", "kind", "cell"), [f[1:] for f in PERSONS], ids=[f[0] for f in PERSONS])
def test_person_level_data_is_refused_and_not_repeated(row: str, kind: str, cell: str):
    checked = check_file(None, "fil", csv_bytes(template(row)))
    assert [(each.rule, each.variant, each.cell, each.found) for each in checked.errors] == [
        ("person_data", f"person_data_{kind}", cell, "")
    ]
    assert checked.observations.is_empty()


def test_answer_columns_and_long_answers_are_refused():
    columns = check_file(None, "fil", csv_bytes("Indikator;Region;Period;Värde;Fritext\nnki_phone;Skåne;2020;87;x\n"))
    assert [(each.variant, each.cell) for each in columns.errors] == [("person_data_column", "E1")]
    answers = [f"nki_phone;Skåne;{2010 + number};;87;;;;;;;{number}{'jag väntade länge ' * 30}" for number in range(6)]
    for count, found in ((4, []), (5, [("person_data_answers", "L2")]), (6, [("person_data_answers", "L2")])):
        told = check_file(None, "fil", csv_bytes(template(*answers[:count])))
        assert [(each.variant, each.cell) for each in told.errors] == found


@pytest.mark.parametrize("letter", ["x", "å"])  # a letter is one character, however many bytes it takes
@pytest.mark.parametrize(("length", "found"), [(299, []), (300, ["person_data_answers"])])
def test_an_answer_is_long_from_300_characters_on(length: int, found: list[str], letter: str) -> None:
    told = check_file(
        None,
        "fil",
        csv_bytes(
            template(*(f"nki_phone;Skåne;{2010 + number};;87;;;;;;;{number:{letter}<{length}}" for number in range(5)))
        ),
    )
    assert [each.variant for each in told.errors] == found


def test_a_count_of_ten_digits_is_no_personal_number():
    assert check_file(None, "fil", csv_bytes(template("logins;Skåne;2020;;8112189875,0"))).errors == ()
    assert check_file(None, "fil", csv_bytes(template("logins;Skåne;2020;;8112189870"))).errors == ()


def test_person_data_in_json_is_refused():
    content = json.dumps({"values": [], "note": ["811218-9876", "a@example.se"]}).encode()
    errors = check_file(None, "x", content).errors
    assert [(each.variant, each.cell) for each in errors] == [
        ("person_data_number", "$.note[0]"),
        ("person_data_email", "$.note[1]"),
    ]
