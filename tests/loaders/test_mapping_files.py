"""Files of no known layout, drawn up from the field's description alone: ten before the assistant was written, three
in a blind trial of it (tests/loaders/mapping_files, all synthetic): what is proposed, and every figure of it."""

import json
from pathlib import Path

import pytest

from indicators import catalogue
from loaders import check_file
from loaders.formats import read_document
from loaders.layouts import layout_of
from loaders.mapping import Mapping, propose

FOLDER = Path(__file__).parent / "mapping_files"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
FILES = sorted(EXPECTED)
KEY = ("indicator", "region", "period", "sex", "care_unit", "value", "numerator", "denominator", "base_n")
LEFT = {  # what of each file is no figure of any indicator, and must be listed rather than read
    "blad_per_region.xlsx": {"Gävleborg A1", "Gävleborg A6:D6"},  # title, Summa
    "contact_centre_english.csv": {" E2:E7"},  # abandoned
    "etjanster_per_enhet.csv": {" B3:B8", " C3:C8"},
    "kontaktcenter_manad.csv": {" A12:I12"},  # Totalt
    "kontaktcenter_korta_ar.csv": {" E6:E16", " F6:F16", " G6:G16", " A18:H18", " A19:H19"},  # level, Totalt, note
    "konton_andel.csv": {" A1", " A9:F9"},
    "manader_i_kolumner.csv": {" O4:O15", " A6:O6"},  # Summa, unique visitors
    "nki_lang.csv": {" A20:G28"},  # NPS is no index of satisfaction
    "nki_telefon_leverantor.xlsx": {"Resultat I4:I10"},  # the survey's response rate is no answer rate
    "nki_tre_tjanster.xlsx": {"Export F3:F22", "Export A24:I24"},  # response rate, note
    "queue_summary.csv": {" F5:F13", " H5:H13", " J5:J13", " A14:J14"},  # share abandoned, level, Total
    "regioner_i_kolumner.xlsx": {"Mars A10:G10"},  # nurses
    "samtal_tva_rubrikrader.xlsx": {"Samtal A1:A2", "Samtal A13:J13"},
}


def content(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_no_layout_knows_the_file_and_it_says_it_is_synthetic(name: str):
    assert layout_of(read_document(content(name))) is None
    assert name in LEFT


@pytest.mark.parametrize("name", FILES)
def test_the_proposal_gives_every_figure_and_no_other(name: str):
    proposal = propose(read_document(content(name)), catalogue())
    assert proposal.mapping is not None
    checked = check_file(None, name, content(name), mapping=proposal.mapping)

    assert (checked.errors, checked.layout, checked.synthetic) == ((), "mapped", True)
    assert sorted(checked.observations.select(KEY).rows(), key=str) == sorted(map(tuple, EXPECTED[name]), key=str)


@pytest.mark.parametrize("name", FILES)
def test_what_is_not_read_is_listed(name: str):
    proposal = propose(read_document(content(name)), catalogue())
    checked = check_file(None, name, content(name), mapping=proposal.mapping)
    listed = {f"{each.sheet} {each.cell}" for each in checked.ignored}

    assert LEFT[name] - listed == set()


@pytest.mark.parametrize("name", FILES)
def test_every_filled_cell_is_read_or_listed(name: str):
    document = read_document(content(name))
    mapping = propose(document, catalogue()).mapping
    checked = check_file(None, name, content(name), mapping=mapping)
    from loaders.mapping.read import cells_in

    listed = {(each.sheet, *place) for each in checked.ignored for place in cells_in(each.cell)}
    rows = {(sheet, row) for sheet, row in checked.observations.select("sheet", "row").rows()}
    figures = {(sheet, row, col) for sheet, row, col in checked.observations.select("sheet", "row", "col").rows()}
    spec = mapping.tables[0]
    header = range(spec.header_row, spec.header_row + spec.header_rows)
    said = {(each.row, each.col) for each in (spec.region, spec.period, spec.indicator) if each.kind == "cell"}
    lost = [
        (sheet.name, row, col)
        for sheet in document.sheets
        for row, *texts in sheet.cells.iter_rows()
        for col, text in enumerate(texts, start=1)
        if (text or "").strip()
        and (sheet.name, row, col) not in listed | figures
        and row not in header
        and (row, col) not in said
        and (sheet.name, row) not in rows  # the keys and counts beside a figure
    ]
    assert lost == []


@pytest.mark.parametrize("name", FILES)
def test_every_part_of_a_proposal_has_a_reason_in_both_languages(name: str):
    proposal = propose(read_document(content(name)), catalogue())
    for part in proposal.parts:
        assert 0 < part.confidence <= 1
        assert part.reason("sv") != part.reason("en")
        assert part.label("sv")


@pytest.mark.parametrize("name", FILES)
def test_a_mapping_is_the_same_to_and_from_json(name: str):
    mapping = propose(read_document(content(name)), catalogue()).mapping
    assert Mapping.model_validate_json(mapping.model_dump_json()) == mapping
