"""Streamlit pieces that the pages share: the frame, pickers, charts with their tables, notes, downloads."""

from ui import certainty, desk, log, pickers, status, who
from ui.frame import frame
from ui.notes import finding, heading, source_note, subheading, synthetic_banner
from ui.show import figures_table

__all__ = [
    "certainty",
    "desk",
    "figures_table",
    "finding",
    "frame",
    "heading",
    "log",
    "pickers",
    "source_note",
    "status",
    "subheading",
    "synthetic_banner",
    "who",
]
