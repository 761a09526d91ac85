"""A long table on the desk: its first rows and its filled columns; the workbook has the whole."""

from typing import Final

import polars as pl
import streamlit as st

from locales.numbers import format_number
from ui.visit import Visit

MOST_ROWS: Final = 200


def without_empty(shown: pl.DataFrame) -> pl.DataFrame:
    """The table without the columns in which nothing stands."""
    return shown.select(name for name in shown.columns if shown[name].cast(pl.String).fill_null("").ne("").any())


def said_if_cut(visit: Visit, height: int) -> None:
    """That only the first rows are shown, where there are more."""
    if height > MOST_ROWS:
        st.caption(visit.say("upload_desk.cut", shown=MOST_ROWS, count=format_number(height, 0, visit.language)))
