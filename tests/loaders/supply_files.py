"""What the tests of supply files share: a file checked, and its records and problems as plain rows."""

from typing import Any

from loaders import CheckedFile, check_file
from models import Store
from tests.loaders.files import csv_bytes

LULEA, BODEN, PITEA = "SE0000000000-X1", "SE0000000000-X2", "SE0000000000-X3"


def checked(content: str | bytes, store: Store | None = None, **how: Any) -> CheckedFile:
    """A file checked; a text is a csv in UTF-8 with a BOM."""
    raw = csv_bytes(content) if isinstance(content, str) else content
    return check_file(store, "provfil", raw, **how)


def rows(found: CheckedFile, kind: str, *columns: str) -> list[tuple[Any, ...]]:
    """The records of a kind, of them these columns."""
    assert found.errors == (), [each.message() for each in found.errors]
    return found.records[kind].select(columns).rows()


def told(found: CheckedFile) -> list[tuple[str, str, str, str]]:
    """Every problem as (severity, rule, cell, found); each can be said in both languages."""
    assert all(each.message(language) for each in found.problems for language in ("sv", "en"))
    return [(each.severity, each.variant or each.rule, each.cell, each.found) for each in found.problems]


def left(found: CheckedFile) -> list[tuple[str, str]]:
    """Every ignored range and why."""
    return [(each.cell, each.key) for each in found.ignored]
