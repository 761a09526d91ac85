"""Streamlit pieces that the pages share: the visit, pickers, charts with their tables, notes, downloads."""

from ui import certainty, desk, log, pickers, status, take, who
from ui.notes import finding, heading, source_note, subheading, synthetic_banner
from ui.show import figures_table
from ui.visit import visit

__all__ = [
    "certainty",
    "desk",
    "figures_table",
    "finding",
    "heading",
    "log",
    "pickers",
    "source_note",
    "status",
    "subheading",
    "synthetic_banner",
    "take",
    "visit",
    "who",
]
