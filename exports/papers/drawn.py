"""The charts of a paper as SVG: the pages' own views and rules, in the papers' typefaces."""

from typing import Final

from charts.drawn_tables import strips_drawn
from charts.drawn_trend import trend_drawn
from views.papers.blocks import Across, OverTime

HALF: Final = 420
"""Pixels of a chart that has half of a page's width, so that its words are 7 pt."""
_LOW: Final = 230
"""Pixels of a line chart's height."""


def drawn(block: Across | OverTime, language: str, width: int = HALF) -> str:
    """The SVG of a block's chart, without a title."""
    if isinstance(block, Across):
        return strips_drawn(block.view, width)
    return trend_drawn(block.series, language, block.region, width, _LOW, block.span)
