"""Streamlit pieces that the pages share: the frame, pickers, charts with their tables, notes, downloads."""

from ui import certainty, desk, headlines, log, over_waves, pickers, status, users, who
from ui.changes import changes
from ui.frame import frame
from ui.notes import explain, heading, source_note, subheading, synthetic_banner
from ui.show import figures_table, show, workbook_button

__all__ = [
    "certainty",
    "changes",
    "desk",
    "explain",
    "figures_table",
    "frame",
    "heading",
    "headlines",
    "log",
    "over_waves",
    "pickers",
    "show",
    "source_note",
    "status",
    "subheading",
    "synthetic_banner",
    "users",
    "who",
    "workbook_button",
]
