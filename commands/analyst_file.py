"""An analyst's own file: a table by its header's names, judged cell by cell, every fault told at once."""

import csv
import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NoReturn

from commands.analyst_said import said
from commands.terminal import WRONG_USAGE, Terminal

_NUMBER: Final = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)


@dataclass
class AnalystTable:
    """A file's columns as text, each cell with its row in the file, and everything found wrong so far."""

    out: Terminal
    file: Path
    columns: dict[str, list[tuple[int, str]]]
    problems: list[str] = field(default_factory=list)
    parsed: dict[str, list[float | None]] = field(default_factory=dict)

    def first_complete(self, *choices: tuple[str, ...]) -> tuple[str, ...]:
        """The first set of columns that the file has; other columns are wrong usage."""
        missing = {wanted: [name for name in wanted if name not in self.columns] for wanted in choices}
        nearest = min(choices, key=lambda wanted: len(missing[wanted]))
        if missing[nearest]:
            told = {
                "file": self.file,
                "missing": ", ".join(missing[nearest]),
                "found": ", ".join(self.columns),
                "wanted": said(self.out, "misuse.or").join(",".join(wanted) for wanted in choices),
            }
            self.out.refuse(said(self.out, "misuse.missing_columns", **told), WRONG_USAGE)
        return nearest

    def words(self, name: str, *, once: bool = False) -> list[str]:
        """A column of text that must be filled in, and where asked no text twice."""
        seen: set[str] = set()
        for row, cell in self.columns[name]:
            if not cell:
                self._found("blank", row, name)
            elif once and cell in seen:
                self._found("twice", row, name, found=cell)
            seen.add(cell)
        return [cell for _, cell in self.columns[name]]

    def years(self) -> list[int]:
        """The column `year`: four digits, each year once; 0 stands for a cell that is refused later."""
        for row, cell in self.columns["year"]:
            if cell and not _YEAR.fullmatch(cell):
                self._found("year", row, "year", found=cell)
        return [int(cell) if _YEAR.fullmatch(cell) else 0 for cell in self.words("year", once=True)]

    def numbers(self, name: str, *, from_zero: bool = False) -> list[float | None]:
        """A column of numbers; an empty cell is a missing figure, never 0."""
        self.parsed[name] = []
        for row, cell in self.columns[name]:
            # Thousands come with spaces of three kinds, which split() takes, and a minus may be U+2212.
            plain = "".join(cell.split()).replace("\N{MINUS SIGN}", "-")
            number = float(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else None
            if plain and (number is None or not math.isfinite(number)):
                self._found("number", row, name, found=cell)
            elif number is not None and number < 0 and from_zero:
                self._found("negative", row, name, found=cell)
            self.parsed[name].append(number)
        return self.parsed[name]

    def check_order(self, smaller: str, larger: str, *, from_zero: bool = False) -> None:
        """The first of two columns of numbers must not be above the second, nor below 0 where that has no meaning."""
        cells = zip(self.columns[smaller], self.columns[larger], strict=True)
        for ((row, first), (_, second)), a, b in zip(cells, self.parsed[smaller], self.parsed[larger], strict=True):
            if a is not None and a < 0 and from_zero:
                self._found("negative", row, smaller, found=first)
            elif a is not None and b is not None and a > b:
                self._found("more_than", row, smaller, found=first, other=larger, limit=second)

    def refuse_problems(self) -> None:
        """Refuse the file with every problem at once; a file without rows is one."""
        if not any(self.columns.values()):
            self.problems.append(said(self.out, "refused.empty"))
        if self.problems:
            _refuse(self.out, self.file, *self.problems)

    def _found(self, problem: str, row: int, column: str, **values: object) -> None:
        self.problems.append(said(self.out, f"refused.{problem}", row=row, column=column, **values))


def _refuse(out: Terminal, file: Path, *problems: str) -> NoReturn:
    heading = said(out, "refused.heading", file=file)
    out.refuse("\n".join([heading, *(f"  {problem}" for problem in problems)]))


def read_table(out: Terminal, file: Path) -> AnalystTable:
    """The file's table by its header's names, in lower case; blank rows are skipped."""
    if not file.exists():
        out.refuse(said(out, "misuse.no_file", file=file), WRONG_USAGE)
    written = _decoded(out, file)
    header = written.partition("\n")[0]
    reader = csv.reader(io.StringIO(written, newline=""), delimiter=max(";,\t", key=header.count), strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                rows.append((reader.line_num, stripped))
    except csv.Error:
        _refuse(out, file, said(out, "refused.quotes", row=reader.line_num))
    if not rows:
        _refuse(out, file, said(out, "refused.empty"))
    names = [name.casefold() for name in rows[0][1]]
    if doubled := sorted({name for name in names if name and names.count(name) > 1}):
        _refuse(out, file, said(out, "refused.doubled", columns=", ".join(doubled)))
    table = AnalystTable(out, file, {name: [] for name in names if name})
    for row, cells in rows[1:]:
        if len(cells) > len(names):
            table.problems.append(said(out, "refused.width", row=row, found=len(cells), wanted=len(names)))
        for name, cell in zip(names, _filled(cells, len(names)), strict=True):
            if name:
                table.columns[name].append((row, cell))
    return table


def _filled(cells: Sequence[str], width: int) -> list[str]:
    """The row's first `width` cells; those it does not have are empty."""
    return [*cells, *[""] * width][:width]


def _decoded(out: Terminal, file: Path) -> str:
    """The file as text: UTF-16 by its byte order mark, UTF-8, or the Windows code page Swedish Excel saves in."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        _refuse(out, file, said(out, "refused.unreadable", why=error.strerror))
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            written = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in written:
            return written
    _refuse(out, file, said(out, "refused.not_text"))
