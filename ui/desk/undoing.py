"""What withdrawing an upload, or publishing a withdrawn one again, would do: told before it is done."""

from functools import partial
from typing import Final

import polars as pl
import streamlit as st

from analysis.history.figures import changes_of_next_step
from analysis.history.records import record_counts_of_next_step
from exports import contents_in_words
from ui.cache import kept, view_key
from ui.changes.figures import changed_figures
from ui.desk.shortened import MOST_ROWS, said_if_cut
from ui.frame import Frame
from ui.notes import bullets

_TOLD: Final = {"withdraw": ("changed", "gone", "same"), "restore": ("changed", "new", "gone", "same")}


def consequences(frame: Frame, upload: int, step: str) -> None:
    """How much would change, be gone, come back or stay the same; the figures that would change, old beside new."""
    lines, table, changed = kept(view_key(frame, "step", step, str(upload)), partial(_told, frame, upload, step))
    st.markdown(frame.say(f"upload_desk.before_{step}"))
    bullets(lines)
    if table:
        st.html(table)
        said_if_cut(frame, changed)


def _told(frame: Frame, upload: int, step: str) -> tuple[list[str], str, int]:
    figures, records = changes_of_next_step(frame.store, upload), record_counts_of_next_step(frame.store, upload)
    lines = []
    for kind in _TOLD[step]:
        counts = dict(records.select("record", kind).iter_rows())
        if what := contents_in_words(figures.filter(kind=kind).height, counts, frame.language):
            lines.append(frame.say(f"upload_desk.{step}_would.{kind}", what=what))
    changed = figures.filter(kind="changed").sort(pl.col("difference").abs(), descending=True, nulls_last=True)
    if changed.is_empty():
        return lines, "", 0
    caption = frame.say("upload_desk.step_caption")
    return lines, changed_figures(frame, changed.head(MOST_ROWS), caption), changed.height
