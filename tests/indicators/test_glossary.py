"""The glossary's words are the code's words."""

import re

from models.settings import PROJECT

CODE_FOLDERS = ("analysis", "indicators", "loaders", "models", "ui", "views", "wording")


def glossary_rows() -> list[list[str]]:
    """The rows of the four-column tables, as [Swedish, English, meaning, in the code]."""
    lines = (PROJECT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [row for row in cells if len(row) == 4 and row[0] != "Swedish"]


def test_every_row_has_both_languages_and_a_meaning() -> None:
    rows = glossary_rows()
    assert len(rows) > 80
    assert [row for row in rows if not (row[0] and row[1] and row[2] and row[3])] == []


def test_no_swedish_word_is_explained_twice() -> None:
    words = [row[0] for row in glossary_rows()]
    assert len(words) == len(set(words))


def test_every_word_said_to_be_in_the_code_is_there() -> None:
    files = [file for name in CODE_FOLDERS for file in (PROJECT / name).rglob("*") if file.suffix in (".py", ".toml")]
    code = "\n".join(file.stem + "\n" + file.read_text(encoding="utf-8") for file in files)
    words = {word for row in glossary_rows() for word in re.findall(r"`([^`]+)`", row[3])}
    assert [word for word in sorted(words) if not re.search(rf"\b{re.escape(word)}\b", code)] == []
