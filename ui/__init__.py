"""Streamlit pieces that the pages share: the frame, pickers, charts with their tables, notes, downloads."""

from ui import certainty, desk, log, over_waves, pickers, status, who
from ui.frame import frame
from ui.has_changed import has_changed
from ui.notes import explain, finding, heading, source_note, subheading, synthetic_banner
from ui.show import figures_table, show, workbook_button

__all__ = [
    "certainty",
    "desk",
    "explain",
    "figures_table",
    "finding",
    "frame",
    "has_changed",
    "heading",
    "log",
    "over_waves",
    "pickers",
    "show",
    "source_note",
    "status",
    "subheading",
    "synthetic_banner",
    "who",
    "workbook_button",
]
