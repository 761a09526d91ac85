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
from ui.notes import bullets
from ui.visit import Visit

_TOLD: Final = {"withdraw": ("changed", "gone", "same"), "restore": ("changed", "new", "gone", "same")}


def consequences(visit: Visit, upload: int, step: str) -> None:
    """How much would change, be gone, come back or stay the same; the figures that would change, old beside new."""
    lines, table, changed = kept(view_key(visit, "step", step, str(upload)), partial(_told, visit, upload, step))
    st.markdown(visit.say(f"upload_desk.before_{step}"))
    bullets(lines)
    if table:
        st.html(table)
        said_if_cut(visit, changed)


def _told(visit: Visit, upload: int, step: str) -> tuple[list[str], str, int]:
    figures, records = changes_of_next_step(visit.store, upload), record_counts_of_next_step(visit.store, upload)
    lines = []
    for kind in _TOLD[step]:
        counts = dict(records.select("record", kind).iter_rows())
        if what := contents_in_words(figures.filter(kind=kind).height, counts, visit.language):
            lines.append(visit.say(f"upload_desk.{step}_would.{kind}", what=what))
    changed = figures.filter(kind="changed").sort(pl.col("difference").abs(), descending=True, nulls_last=True)
    if changed.is_empty():
        return lines, "", 0
    caption = visit.say("upload_desk.step_caption")
    return lines, changed_figures(visit, changed.head(MOST_ROWS), caption), changed.height
