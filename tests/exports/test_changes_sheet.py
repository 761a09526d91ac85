"""The sheet of changes says what `change --json` says, cell by cell."""

import io

import pytest
from openpyxl import load_workbook

from analysis.comparison import compare_regions, series_over_time
from analysis.followup.letters import changes_shown
from exports import comparison_workbook
from models import Store
from views.area import area
from views.parts import Reader
from wording.change import change_row


def test_every_answer_is_a_row_with_its_sentence(sample_store: Store) -> None:
    series = series_over_time(sample_store, "trust_overall", regions=["25", "24"])
    changes = changes_shown(sample_store, series)
    comparison = compare_regions(sample_store, "trust_overall", regions=["25", "24"])
    reader = Reader("sv", sample_store)
    view = area(reader, comparison, series, ("25", "24"))
    content = comparison_workbook(reader, view, comparison, series)
    header, *rows = load_workbook(io.BytesIO(content))["Förändring"].iter_rows(values_only=True)
    told = [change_row(one) for each in changes for one in each.rows]
    assert [row[header.index("I ord")] for row in rows] == [one["text"] for one in told]
    for name, key in (("Värde från", "value_from"), ("Skillnad", "difference"), ("Lutning per år", "slope")):
        pairs = [(row[header.index(name)], one[key]) for row, one in zip(rows, told, strict=True)]
        assert all(cell == pytest.approx(known) if known is not None else cell is None for cell, known in pairs)
    assert {row[header.index("Region")] for row in rows} == {"Region Norrbotten", "Region Västerbotten", "Riket"}
