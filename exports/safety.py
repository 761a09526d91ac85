"""Text from files and people, made harmless for a reader's spreadsheet (reliability §2.14).

A cell that begins with `=` is run as a formula, and a control character makes Excel refuse the whole file. Text stays
text: in a workbook by the cell's data type, in CSV by a leading apostrophe.
"""

import re
from dataclasses import dataclass
from typing import Final

import polars as pl
from openpyxl.cell.cell import ERROR_CODES

LONGEST: Final = 32_000
"""Characters kept of a text; Excel's cell holds 32 767 UTF-16 units, and openpyxl cuts there without a word."""

_CONTROL: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
_RUN_IN_CSV: Final = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")  # the last four are =+-@ in full width
RUN_IN_XLSX: Final = rf"^(?:=|(?:{'|'.join(map(re.escape, ERROR_CODES))})$)"
"""Text that openpyxl writes as a formula or an error value unless it is told that it is a string."""


@dataclass
class Losses:
    """What a workbook could not hold, counted in cells, so that its notes can say so."""

    stripped: int = 0
    shortened: int = 0


def writable(frame: pl.DataFrame, losses: Losses) -> pl.DataFrame:
    """The frame with text a spreadsheet can hold: no control characters, nothing too long; "" is a blank cell, and so
    is a number that is none. What is lost is added to `losses`."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    for name in texts:
        losses.stripped += int(frame[name].str.contains(_CONTROL).sum())
        losses.shortened += int((frame[name].str.len_chars() > LONGEST).sum())
    tidy = [
        pl.col(name).str.replace_all(_CONTROL, "").str.slice(0, LONGEST).replace("", None).alias(name) for name in texts
    ]
    finite = [
        pl.when(pl.col(name).is_finite()).then(name).alias(name)
        for name, kind in frame.schema.items()
        if kind.is_float()
    ]
    return frame.with_columns(*tidy, *finite)


def csv_text(value: str) -> str:
    """Text as a CSV cell that no spreadsheet runs. Numbers never come here, so a negative number stays one.

    >>> csv_text("=1+1"), csv_text(" @sum"), csv_text("Norrbotten")
    ("'=1+1", "' @sum", 'Norrbotten')
    """
    return f"'{value}" if _RUN_IN_CSV.match(value) else value


def printable(value: str) -> str:
    """Text without the control characters that no document can hold.

    >>> printable("Norr\\x00botten")
    'Norrbotten'
    """
    return re.sub(_CONTROL, "", value)
