"""One table in the workbooks of many makers: all give the same figures, and none gives a remark."""

from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from loaders import CheckedFile, check_file
from loaders.formats.child import run
from models.settings import PROJECT
from tests.loaders.workbooks import CORPUS, FIGURES, MADE, by_libreoffice

SAMPLES = sorted(file for file in (PROJECT / "sample_data").iterdir() if file.suffix in (".csv", ".xlsx"))
KEY = ("indicator", "region", "period", "sex", "value", "numerator", "denominator")


def figures(checked: CheckedFile) -> list[tuple[object, ...]]:
    return sorted(checked.observations.select(KEY).iter_rows())


@pytest.mark.parametrize("name", CORPUS)
def test_every_makers_workbook_gives_the_same_figures(name: str):
    checked = check_file(None, "fil.xlsx", CORPUS[name]())
    assert (figures(checked), checked.problems) == (FIGURES, ())


@pytest.mark.parametrize("name", MADE)
def test_an_independent_reader_finds_the_same_cells(name: str):
    sheet = run.read(MADE[name]())["sheets"][0]
    twin = CalamineWorkbook.from_filelike(BytesIO(MADE[name]())).get_sheet_by_name("Data").to_python()
    ours = {(row, col) for col, texts in enumerate(sheet["columns"]) for row, text in enumerate(texts) if text}
    assert ours == {(row, col) for row, values in enumerate(twin) for col, value in enumerate(values) if value != ""}
    assert all(
        text == value or not isinstance(value, str)
        for col, texts in enumerate(sheet["columns"])
        for text, value in zip(texts, (row[col] for row in twin), strict=True)
    )


def test_the_corpus_is_large_enough():
    assert len(CORPUS) >= 60


def _text(path: Path) -> bytes:
    """A sample as UTF-8, the one encoding that LibreOffice is told to read."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig").encode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252").encode()


@pytest.mark.slow
def test_what_libreoffice_saves_as_xlsx_is_read_alike(tmp_path: Path):
    """The corpus of other makers, and every sample of the project's own, saved by LibreOffice and read back."""
    samples = {path.name: _text(path) if path.suffix == ".csv" else path.read_bytes() for path in SAMPLES}
    made = by_libreoffice({**samples, **{f"{name}.xlsx": make() for name, make in MADE.items()}}, tmp_path)
    for name in MADE:
        checked = check_file(None, "fil.xlsx", made[f"{name}.xlsx"])
        assert (figures(checked), checked.problems) == (FIGURES, ()), name
    for path in SAMPLES:
        first, again = (check_file(None, path.name, content) for content in (path.read_bytes(), made[path.name]))
        assert again.accepted, (path.name, [each.message() for each in again.errors])
        assert not [each.message() for each in again.problems if each.rule in ("hidden_content", "unseen_removed")]
        assert (again.layout, again.rows) == (first.layout, first.rows), path.name
        assert figures(again) == figures(first), path.name
        kinds = [{kind: frame.height for kind, frame in each.records.items()} for each in (first, again)]
        assert kinds[0] == kinds[1], path.name
