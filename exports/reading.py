"""The sheet *Läs*: a page's rows as a person reads them on screen or on paper, word for word those of its view."""

from textwrap import shorten

import polars as pl

from exports.sheets import Sheet
from exports.tables import flag_words
from locales import text
from views.reading import Figures, Reading

_LONGEST_HEADING = 200  # Excel holds 255 characters in all above a printed page


def reading_sheet(view: Reading, heading: str, language: str) -> Sheet:
    """The rows under their heads, and last what there is to remark; `heading` stands on every printed page."""
    table = {head: [getattr(one, name) for one in view.rows] for name, head in view.columns}
    table[text("area.remark", language)] = [remark_of(one, language) for one in view.rows]
    return sheet_to_read(pl.DataFrame(table, schema=dict.fromkeys(table, pl.String)), heading, language)


def remark_of(one: Figures, language: str) -> str:
    """Why something is "–", what has been stated of the figure, and what its flags mean."""
    return "; ".join(filter(None, (one.remark, flag_words(one.flags, language))))


def sheet_to_read(frame: pl.DataFrame, heading: str, language: str) -> Sheet:
    """Any table of words as the sheet *Läs*."""
    printed = shorten(heading, _LONGEST_HEADING, placeholder=" …")
    return Sheet(text("exports.sheets.reading", language), frame, frozen="B2", wrapped=True, printed=printed)
