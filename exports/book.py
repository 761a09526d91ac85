"""The one way of making a workbook: a cover that says what it is, then its sheets; safe to open, ready to print."""

import io
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeAlias

import polars as pl
from openpyxl import Workbook

from exports.safety import Losses, writable
from exports.sheets import Sheet, Told, add_cover, add_sheet, new_book, untold
from locales import text

Last: TypeAlias = Callable[[Losses], Sheet]


def made_book(
    title: str,
    cover: Sequence[tuple[str, Any]],
    sheets: Sequence[Sheet],
    language: str,
    *,
    last: Last | None = None,
    told: Told = untold,
) -> bytes:
    """A workbook as .xlsx. `cover`: name and value of each line; none of them, no cover. `last`: the sheet of notes,
    which can only be made when it is known what the others could not hold. `told`: is told now and then how many rows
    are written, of how many; what it raises ends the work, and nothing is left on the disk."""
    losses, product = Losses(), text("exports.product", language)
    book = new_book(title, product, language)
    if cover:
        after = [text("exports.sheets.notes", language)] if last else []
        titles = ", ".join([*(sheet.title for sheet in sheets), *after])
        lines = [*cover, (text("exports.cover.sheets", language), titles)]
        add_cover(book, text("exports.sheets.cover", language), f"{product}: {title}", _safe(lines, losses))
    before, whole = 0, sum(sheet.frame.height for sheet in sheets)
    try:
        for sheet in sheets:
            add_sheet(book, sheet, losses, partial(_further, told, before, whole))
            before += sheet.frame.height
        if last:
            add_sheet(book, last(losses), losses)
        told(whole, whole)
    except BaseException:
        _left_behind(book)
        raise
    return saved(book)


def _further(told: Told, before: int, whole: int, rows: int) -> None:
    told(before + rows, whole)


def _left_behind(book: Workbook) -> None:
    """Take away the files that openpyxl writes a sheet's rows to before the workbook is put together."""
    for sheet in book.worksheets:
        if sheet._writer:
            sheet.close()
            sheet._writer.cleanup()


def _safe(lines: Sequence[tuple[str, Any]], losses: Losses) -> list[tuple[str, Any]]:
    told = [value if isinstance(value, str) else None for _, value in lines]
    tidy = writable(pl.DataFrame({"text": told}, schema={"text": pl.String}), losses)["text"]
    return [(name, said or value) for (name, value), said in zip(lines, tidy, strict=True)]


def saved(book: Workbook) -> bytes:
    """The workbook's bytes."""
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()
