"""The charts of a paper as SVG: drawn by the pages' own charts, in the papers' typefaces."""

from typing import Final

from charts import trend_lines
from charts.drawn_tables import strips_drawn
from exports import pictures
from views.papers.blocks import Across, OverTime

HALF: Final = 444
DENSE: Final = 610
"""Pixels of a chart that has half of a page's width; DENSE: on a paper of one page."""


def drawn(block: Across | OverTime, language: str, width: int = HALF) -> str:
    """The SVG of a block's chart, without a title."""
    if isinstance(block, Across):
        return strips_drawn(block.view, width)
    spec = trend_lines(block.series, language, chosen=(block.region,), pinned=block.region).to_dict(validate=False)
    return pictures.chart(spec)(width)
