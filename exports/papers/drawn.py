"""The charts of a paper as SVG: drawn by the pages' own charts, in the papers' typefaces."""

from typing import Final

from charts import trend_lines
from charts.drawn_tables import strips_drawn
from exports import pictures
from views.papers.blocks import Across, OverTime

HALF: Final = 420
"""Pixels of a chart that has half of a page's width, so that its words are 7 pt."""
_LOW: Final = 230
"""Pixels of a line chart's height."""


def drawn(block: Across | OverTime, language: str, width: int = HALF) -> str:
    """The SVG of a block's chart, without a title."""
    if isinstance(block, Across):
        return strips_drawn(block.view, width)
    own = block.region
    chart = trend_lines(block.series, language, chosen=(own,), pinned=own, span=block.span, height=_LOW)
    return pictures.chart(chart.to_dict(validate=False))(width)
