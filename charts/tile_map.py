"""Where in the country are the regions better and worse? A map of equal tiles, each with its symbol, word and value."""

from typing import Final

import altair as alt

from analysis import Comparison
from charts.cells import Line, cell_layers, in_cell
from charts.judged import judged_in_words, judged_records
from charts.region_labels import LINES, TILES
from charts.strips import apart
from charts.theme import finished
from locales import text
from wording.judgement import subtitle_of_judged

_SIDE: Final = 92  # pixels high: two lines of name, one of value, three of judgement; five columns share the width
_GAP: Final = 4
_COLUMNS: Final = 1 + max(column for column, _ in TILES.values())
_ROWS: Final = 1 + max(row for _, row in TILES.values())
_WORDS: Final = (Line("lines", 13, "bold"), Line("signed", 41, "bold", coloured=True), Line("words", 56, coloured=True))


def judged_tiles(comparison: Comparison, language: str = "sv") -> alt.LayerChart:
    """The 21 regions as tiles, each with name, value, symbol and word of its judgement, on its colour; white
    for an assumed base, dashed frame where nothing can be assessed. A region without a row has no tile."""
    records = [
        in_cell({**record, "lines": apart(LINES[record["code"]])}, column, row * _SIDE, _SIDE - _GAP)
        for record in judged_records(comparison, language)
        if record["code"] in TILES
        for column, row in [TILES[record["code"]]]
    ]
    notes = [text("judged_charts.hollow_tile", language)] if any(record["hollow"] for record in records) else []
    rows = max((TILES[record["code"]][1] + 1 for record in records), default=_ROWS)  # no room below the last tile
    layers = cell_layers(records, _COLUMNS, _SIDE * rows, _WORDS, language)
    title = comparison.indicator.title.in_language(language)
    return finished(layers, title, subtitle_of_judged(comparison, language, notes), language)


def tiles_in_words(comparison: Comparison, language: str = "sv") -> str:
    """Which regions are better, similar and worse, and how the map is made."""
    return f"{judged_in_words(comparison, language)} {text('judged_charts.tiles.sentence', language)}"
