"""csv → one sheet of text cells. polars reads it where its answer is provably the same as Python's csv module's
(no ragged or empty lines, quotes only around whole fields); otherwise Python's module does."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

import polars as pl

from loaders.formats.encoding import as_utf8
from loaders.problems import ERROR, Problem
from loaders.tables.document import ROW, Document, Sheet, Unreadable

_DELIMITERS: Final = (";", "\t", ",")
_PIPE: Final = "|"  # told from the others to be refused by its name
# A quoted field with nothing but a delimiter or a line end on either side. Possessive (*+): with the usual kind the
# expression keeps a way back for every character, 6 GB for a field of 50 MB.
_FIELD_EDGES: Final = {
    sign: re.compile(rb'(?<![^%b\r\n])"[^"]*+(?:""[^"]*+)*+"(?![^%b\r\n])' % (sign.encode(), sign.encode()))
    for sign in _DELIMITERS
}
_LONGEST_FIELD: Final = 1 << 20  # bytes; Python's own limit is what one of the samples can hold
_FIELD_TOO_LONG: Final = "field larger"  # of the csv module's own English words
_SAMPLE_ROWS: Final = 50
_MOST_COLUMNS: Final = 2_000
_MOST_PADDED: Final = 5_000_000  # cells that short rows may be filled up to
_SLICE: Final = 1 << 25  # bytes parsed at a time: all at once, 1 M rows of 24 columns break the 1 GiB bar
_INLINE: Final = 12  # bytes of a text that polars keeps in the cell itself
_BLANK_LINE: Final = re.compile(rb"\n\r?\n")
_LONE_CR: Final = re.compile(rb"\r(?!\n)")


def _delimiter(utf8: bytes) -> str:
    """The sign that gives the most columns in the same number on the most lines; `;` where none does."""
    lines = utf8[:200_000].decode("utf-8-sig", errors="ignore").splitlines()[:_SAMPLE_ROWS]

    def evidence(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        return (widths.count(usual) * (usual > 1), usual)

    best = max((*_DELIMITERS, _PIPE), key=evidence)
    if best == _PIPE:
        raise Unreadable(Problem(ERROR, "wrong_delimiter", found=_PIPE))
    return best


def _is_regular(utf8: bytes, delimiter: str) -> bool:
    """Whether every quote opens or closes a whole field and no line is empty or ends in a lone CR."""
    bare = _FIELD_EDGES[delimiter].sub(b"x", utf8) if b'"' in utf8 else utf8
    if b'"' in bare:
        return False
    return not (_BLANK_LINE.search(bare) or bare.startswith((b"\n", b"\r")) or _LONE_CR.search(bare))


def _slices(utf8: bytes) -> Iterator[bytes]:
    """The file in stretches of whole lines; in one where a quoted field may hold a line end."""
    if b'"' in utf8 or len(utf8) <= _SLICE:
        yield utf8
        return
    start = 0
    while start < len(utf8):
        end = utf8.find(b"\n", start + _SLICE) + 1 or len(utf8)
        yield utf8[start:end]
        start = end


def _compact(column: pl.Series, alike: dict[str | None, pl.Series]) -> pl.Series:
    """The same texts with each distinct long one kept once: a title repeated a million times is otherwise 50 MB.
    `alike`: stretches that say one thing, by what they say; every other stretch that says it is a view of the same."""
    text = column[0]
    if column.eq_missing(text).all():
        if text not in alike or alike[text].len() < column.len():
            alike[text] = pl.Series([text], dtype=pl.String).new_from_index(0, column.len())
        return alike[text].head(column.len()).alias(column.name)
    longest = column.str.len_bytes().max()
    if not isinstance(longest, int) or longest <= _INLINE:
        return column
    distinct = column.unique()
    if distinct.len() > column.len() // 4:
        return column
    places = column.replace_strict(distinct, pl.int_range(distinct.len(), dtype=pl.UInt32, eager=True))
    return distinct.gather(places)  # views of the same few texts


def _by_polars(utf8: bytes, delimiter: str) -> pl.DataFrame | None:
    if not _is_regular(utf8, delimiter):
        return None
    parts: list[pl.DataFrame] = []
    alike: dict[str | None, pl.Series] = {}
    schema = None
    for lines in _slices(utf8):
        try:
            part = pl.read_csv(lines, separator=delimiter, has_header=False, infer_schema=False, schema=schema)
        except pl.exceptions.ComputeError:  # a line longer than the first
            return None
        if schema is None:
            part.columns = [f"c{place}" for place in range(1, part.width + 1)]
            schema = part.schema
        parts.append(part.select(_compact(column, alike) for column in part))
    return pl.concat(parts)


def _refuse_width(width: int) -> None:
    if width > _MOST_COLUMNS:
        raise Unreadable(Problem(ERROR, "too_large", found=str(width), variant="too_many_columns"))


def _by_python(utf8: bytes, delimiter: str) -> pl.DataFrame:
    rows = list(_records(utf8, delimiter))
    width = max(map(len, rows), default=0)
    _refuse_width(width)
    if len(rows) * width > max(_MOST_PADDED, 4 * sum(map(len, rows))):
        raise Unreadable(Problem(ERROR, "too_large", found=str(width), variant="uneven_rows"))
    even = [row + [""] * (width - len(row)) for row in rows]
    schema = {f"c{place}": pl.String for place in range(1, width + 1)}
    return pl.DataFrame(even, schema=schema, orient="row")


def _records(utf8: bytes, delimiter: str) -> Iterator[list[str]]:
    text = io.TextIOWrapper(io.BytesIO(utf8), encoding="utf-8-sig", newline="")
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        variant = "field_too_long" if _FIELD_TOO_LONG in str(error) else ""
        raise Unreadable(
            Problem(ERROR, "broken_quotes", variant=variant, values={"row": max(reader.line_num, 1)})
        ) from error


def _fields(utf8: bytes, delimiter: str, cells: pl.DataFrame) -> pl.Series | None:
    """How many cells each row has, blank ones too; None where the signs between them say that all have as many."""
    if utf8.count(delimiter.encode()) == cells.height * (cells.width - 1):
        return None
    return pl.Series([len(row) for row in _records(utf8, delimiter)], dtype=pl.UInt32)


def read_csv(content: bytes) -> Document:
    """The file's cells as text, row n of the sheet being the file's nth record. Raises Unreadable."""
    csv.field_size_limit(_LONGEST_FIELD)  # the module's own, which whoever else uses it may have set
    utf8, problems = as_utf8(content)
    delimiter = _delimiter(utf8)
    _refuse_width(utf8.count(delimiter.encode(), 0, utf8.find(b"\n") + 1 or len(utf8)) + 1)
    cells = _by_polars(utf8, delimiter)
    if cells is None:
        cells = _by_python(utf8, delimiter)
    fields = _fields(utf8, delimiter, cells)
    sheet = Sheet("", cells.with_row_index(ROW, offset=1), delimited=delimiter, fields=fields)
    return Document("csv", (sheet,), problems=tuple(problems))
