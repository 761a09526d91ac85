"""One run tells every faulty cell, so that a file is mended once and not once per fault."""

import pytest

from loaders import CheckedFile, check_file
from tests.loaders.files import csv_bytes, template, xlsx


def told(checked: CheckedFile) -> set[tuple[str, str, str]]:
    return {(each.severity, each.variant or each.rule, each.cell) for each in checked.problems}


FAULTY = template(
    "nki_phone;Skåna;20;x;ca 81;få;nej;12.5;a;b",
    "trust_hospital;Skåne;2020;;101;5;4;7.604;70;60",
    "tillit;Skåna;20;x;ca 81;;;12,5;;",
)
FAULTS = {
    ("error", "unknown_region_near", "B2"),
    ("error", "unreadable_period", "C2"),
    ("error", "unknown_sex", "D2"),
    ("error", "not_a_number", "E2"),
    ("error", "not_a_number", "F2"),
    ("error", "not_a_number", "G2"),
    ("error", "not_whole", "H2"),
    ("error", "not_a_number", "I2"),
    ("error", "not_a_number", "J2"),
    ("error", "out_of_range_percent", "E3"),
    ("error", "numerator_above_denominator", "F3"),
    ("error", "thousands_sign", "H3"),
    ("error", "interval", "I3"),
    # The third row's indicator is outside the catalogue: it is set aside, and no other check judges it.
    ("warning", "unknown_indicator", "A4"),
}


@pytest.mark.parametrize("content", [csv_bytes(FAULTY), xlsx(FAULTY)], ids=["csv", "xlsx"])
def test_every_faulty_cell_of_a_template_row_is_told(content: bytes):
    checked = check_file(None, "mall", content)
    assert told(checked) == FAULTS
    assert len(checked.problems) == len(FAULTS)  # and each once


def test_a_part_of_an_answer_is_no_number_of_answers():
    (error,) = check_file(None, "mall", csv_bytes(template("trust_hospital;Skåne;2020;;61;;;12.5"))).errors
    assert error.message() == (
        "Cell H2: 12,5 är inte ett helt antal (Förtroende för sjukhus, Kolada U70446). Tillåtet: ett heltal; tusental "
        "skiljs med mellanslag, till exempel 1\u00a0204. Har komma eller punkt använts mellan tusental, skriv om talet "
        "utan."
    )


def test_a_table_that_names_no_indicator_is_judged_for_all_else():
    text = "Något annat\nRegion;2019;2020\nRegion Skåna;60;ca 5\nRegion Dalarna;60 %;-3\n"
    assert told(check_file(None, "fil", csv_bytes(text))) == {
        ("error", "indicator_not_named", ""),
        ("error", "unknown_region_near", "A3"),
        ("error", "not_a_number", "C3"),
    }


def test_rows_of_unknown_indicators_are_only_set_aside():
    text = "Nyckeltals-id;Kommun;2019\nU70447;Region Skåne;60\nU99999;Region Skåna;ca 5\n"
    assert told(check_file(None, "fil", csv_bytes(text))) == {("warning", "unknown_indicator", "A3")}
