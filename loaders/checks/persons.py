"""Person-level data is refused before anything is stored (reliability §2.15): only aggregates belong here."""

from datetime import date
from typing import Any, Final

import polars as pl

from indicators import tidy_name
from loaders.problems import ERROR, Problem
from loaders.tables.addresses import cell
from loaders.tables.document import ROW, Document, Sheet

_NUMBER: Final = r"(?:^|[^\d.,+-])((?:18|19|20)?\d{6}[-+ ]?\d{4})(?:$|[^\d.,-])"
_EMAIL: Final = r"[\w.+-]+@[\w-]+\.[a-zA-Z]{2,}"
_ANSWER_HEADERS: Final = (
    "fritext", "fritextsvar", "öppet svar", "öppna svar", "personnummer", "personnr", "e-post", "e-postadress", "epost",
    "email", "förnamn", "efternamn", "patientnamn", "namn på patient", "free text", "telefonnummer",
)  # fmt: skip
_OF_MANAGERS: Final = (
    "verksamhetschef",
    "enhetschef",
    "vårdenhetschef",
    "chef",
    "kontaktperson",
    "kontaktpersoner",
    "chefens namn",
    "namn på chef",
    "manager",
)
"""Columns of a list of units that name people."""
_UNIT_PHONE: Final = ("telefonnummer", "telefon", "telefonnr", "tel", "mobil", "mobilnummer", "mobiltelefon")
_MOBILE: Final = r"^(?:\+|00)?(?:46)?[ ()0-]*7[02369]"
_LONG_ANSWER: Final = 300  # characters; a comment on a figure is shorter, a patient's story is not
_MANY_LONG: Final = 5
_HEADER_ROWS: Final = 30


def is_personal_number(text: str) -> bool:
    """A Swedish personal or co-ordination number with a valid date and check digit, 10 or 12 digits.

    >>> is_personal_number("19811218-9876"), is_personal_number("811218-9875"), is_personal_number("0000000000")
    (True, False, False)
    """
    digits = "".join(sign for sign in text if sign.isdigit())
    short = digits[-10:]
    day = int(short[4:6])
    day -= 60 if day > 60 else 0  # a co-ordination number's day is 60 more
    # Without a century: every day of 19xx is a day of 20xx.
    year = int(digits[:4]) if len(digits) == 12 else 2000 + int(short[:2])
    if not _is_date(year, int(short[2:4]), day):
        return False
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(short)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _problem(found: str, sheet: str, place: str, kind: str) -> Problem:
    # The found text is itself personal data: it is not repeated in a report that is stored and shown.
    return Problem(ERROR, "person_data", sheet, place, variant=f"person_data_{kind}", values={"kind": found})


def _is_persons_column(sheet: Sheet, row: int, col: int, text: str, units: bool) -> bool:
    """Whether a header's column is about people. A unit's own phone number is no person's; a mobile's may be."""
    name = tidy_name(text)
    if not units or name not in _UNIT_PHONE:
        return name in _ANSWER_HEADERS or (units and name in _OF_MANAGERS)
    numbers = sheet.cells.filter(pl.col(ROW) > row)[sheet.texts[col - 1]]
    return bool(numbers.str.strip_chars().str.contains(_MOBILE).any())


def _column_problems(sheet: Sheet, units: bool) -> list[Problem]:
    return [
        _problem(text, sheet.name, cell(row, col), "column")
        for row, texts in sheet.top(_HEADER_ROWS)
        for col, text in enumerate(texts, start=1)
        if _is_persons_column(sheet, row, col, text, units)
    ]


def _sheet_problems(sheet: Sheet, free_text: bool, units: bool) -> list[Problem]:
    problems = _column_problems(sheet, units)
    for col, name in enumerate(sheet.texts, start=1):
        distinct = sheet.cells[name].drop_nulls().unique(maintain_order=True)
        lengths = distinct.str.len_bytes()
        longest = lengths.max()
        if not isinstance(longest, int) or longest < 6:
            continue
        kinds: dict[str, list[str]] = {}
        if longest >= 10:
            numbers = distinct.filter(distinct.str.contains(_NUMBER))
            found = numbers.str.extract(_NUMBER, 1)
            kinds["number"] = [
                text for text, number in zip(numbers, found, strict=True) if number and is_personal_number(number)
            ]
        kinds["email"] = distinct.filter(distinct.str.contains(_EMAIL)).to_list()
        if longest >= _LONG_ANSWER and not free_text:
            long = distinct.filter(distinct.str.len_chars() >= _LONG_ANSWER).to_list()
            kinds["answers"] = long if len(long) >= _MANY_LONG else []
        for kind, texts in kinds.items():
            if texts:
                first = int(sheet.cells.filter(pl.col(name) == texts[0])[ROW][0])
                problems.append(_problem("", sheet.name, cell(first, col), kind))
    return problems


def _tree_texts(node: Any, path: str) -> list[tuple[str, str]]:
    if isinstance(node, dict):
        pairs = [(f"{path}.{key}", value) for key, value in node.items()]
    elif isinstance(node, list):
        pairs = [(f"{path}[{place}]", value) for place, value in enumerate(node)]
    else:
        return [(path, node)] if isinstance(node, str) else []
    return [found for inner, value in pairs for found in _tree_texts(value, inner)]


def names_people(document: Document) -> bool:
    """Whether a column would name people if the file were said to be a list of care units."""
    return document.tree is None and any(_column_problems(sheet, units=True) for sheet in document.sheets)


def check_persons(document: Document, *, free_text: bool = False, units: bool = False) -> list[Problem]:
    """At most one problem per column and kind; empty for a file of aggregates. `free_text`: long texts are expected.
    `units`: a list of care units, whose phone numbers are not people's but whose managers are."""
    if document.tree is None:
        return [problem for sheet in document.sheets for problem in _sheet_problems(sheet, free_text, units)]
    texts = pl.DataFrame(_tree_texts(document.tree, "$"), schema={"path": pl.String, "text": pl.String}, orient="row")
    numbers = texts.with_columns(number=pl.col("text").str.extract(_NUMBER, 1)).drop_nulls("number")
    personal = [row["path"] for row in numbers.iter_rows(named=True) if is_personal_number(row["number"])]
    emails = texts.filter(pl.col("text").str.contains(_EMAIL))["path"].to_list()
    return [_problem("", "", paths[0], kind) for paths, kind in ((personal, "number"), (emails, "email")) if paths]
