import io

import openpyxl
import pytest

from exports import template_workbook
from indicators import catalogue
from indicators.template import TEMPLATE_COLUMNS


def book_of(language):
    return openpyxl.load_workbook(io.BytesIO(template_workbook(language)))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_headers_are_those_the_loader_knows_in_both_languages(language):
    data = book_of(language)["Data"]

    assert [cell.value for cell in data[1]] == [column.header for column in TEMPLATE_COLUMNS]
    assert data.max_row == 1  # nothing but the header: an empty template holds no figure
    assert data.freeze_panes == "A2"


def test_the_choices_are_every_indicator_every_region_and_the_sexes():
    book = book_of("en")
    columns = {column[0].value: [cell.value for cell in column[1:] if cell.value] for column in book["Lists"].columns}

    assert columns["Indicator"] == list(catalogue().measured)
    assert set(columns["Region"]) == {region.name for region in catalogue().regions.values()}
    assert columns["Region"][-1] == "Riket"
    assert columns["Sex"] == ["Totalt", "Kvinnor", "Män"]


def test_cells_are_validated_against_the_lists_and_counts_must_be_numbers():
    rules = {
        str(rule.sqref): (rule.type, rule.formula1) for rule in book_of("sv")["Data"].data_validations.dataValidation
    }
    indicators = len(catalogue().measured) + 1

    assert rules == {
        "A2:A5000": ("list", f"'Listor'!$A$2:$A${indicators}"),
        "B2:B5000": ("list", "'Listor'!$D$2:$D$23"),
        "D2:D5000": ("list", "'Listor'!$F$2:$F$4"),
        "F2:F5000": ("decimal", "0"),
        "G2:G5000": ("decimal", "0"),
        "H2:H5000": ("decimal", "0"),
    }


def test_periods_are_kept_as_text():
    assert book_of("sv")["Data"].column_dimensions["C"].number_format == "@"  # or 2017-10 becomes a date


@pytest.mark.parametrize(("language", "title"), [("sv", "Instruktion"), ("en", "Instructions")])
def test_the_instructions_explain_every_column(language, title):
    sheet = book_of(language)[title]

    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [column.header for column in TEMPLATE_COLUMNS]
    assert all(row[2].value for row in sheet.iter_rows())
