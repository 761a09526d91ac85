"""A cell that says a judgement: ground and frame in its colour, symbol, word and value in it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

import altair as alt

from charts.judgement_marks import fill_scale, ink_scale
from charts.strips import apart, at, lines_of, spoken
from charts.theme import BACKGROUND, INK, drawn_from
from locales import text

_WIDE: Final = 10  # letters of 11 pixels in a sixth of 360
_GAP: Final = 0.03  # of a column, left free on each side


class Line(NamedTuple):
    """A line of words in every cell: which field, pixels below the cell's top, how heavy,
    whether in the judgement's colour, and its size in pixels."""

    field: str
    down: int
    weight: Literal["normal", "bold"] = "normal"
    coloured: bool = False
    size: int = 11


def in_cell(record: Mapping[str, Any], column: int, top: float, height: float) -> dict[str, Any]:
    """The record with the cell's edges (columns across, pixels down) and its words divided into lines that fit."""
    return {
        **record,
        "left": column + _GAP,
        "right": column + 1 - _GAP,
        "middle": column + 0.5,
        "top": top,
        "bottom": top + height,
        "judged": record["judgement"] != "not_assessable",
        "shown": record["label"] if record["value"] is not None else "",
        "signed": f"{record['symbol']} {record['label'] if record['value'] is not None else ''}".strip(),
        "words": apart(lines_of(record["word"], _WIDE)),
    }


def cell_layers(
    records: Sequence[dict[str, Any]], columns: int, height: int, lines: Sequence[Line], language: str
) -> list[alt.Chart]:
    """The cells over `columns` equal columns: white for an assumed base, a dashed frame where nothing is assessed."""
    base = drawn_from([{**record, **_places(record, lines)} for record in records], height)
    kinds = {bool(record["judged"]) for record in records}  # a layer without a cell is a picture without words
    dashes = ((True, "", [1, 0]), (False, "!", [4, 3]))  # a rectangle takes no dash from its data
    grounds = [
        _ground(base.transform_filter(f"{unless}datum.judged"), dash, columns, language)
        for judged, unless, dash in dashes
        if judged in kinds
    ]
    return [*grounds, *(_words(base, line, place) for place, line in enumerate(lines))]


def _ground(cells: alt.Chart, dash: Sequence[float], columns: int, language: str) -> alt.Chart:
    """The cells' ground and frame; the frame's colour is the judgement's, so is the ground unless hollow."""
    scale = alt.Scale(domain=[0, columns], nice=False, zero=False)
    ground = alt.Fill("judgement:N", scale=fill_scale(), legend=None)
    drawn: alt.Chart = cells.mark_rect(strokeWidth=2, cornerRadius=3, strokeDash=list(dash), **spoken(language)).encode(
        x=alt.X("left:Q", axis=None, title=None, scale=scale),
        x2="right:Q",
        y=at("top"),
        y2="bottom:Q",
        fill=alt.condition("datum.hollow", alt.value(BACKGROUND), ground),
        stroke=alt.Stroke("judgement:N", scale=ink_scale(), legend=None),
        tooltip=alt.Tooltip("said:N", title=text("charts.figure", language)),
        description="said:N",
    )
    return drawn


def _places(record: Mapping[str, Any], lines: Sequence[Line]) -> dict[str, float]:
    return {f"line{place}": record["top"] + line.down for place, line in enumerate(lines)}


def _words(base: alt.Chart, line: Line, place: int) -> alt.Chart:
    words = base.mark_text(fontSize=line.size, fontWeight=line.weight, baseline="middle", lineHeight=12)
    ink = alt.Color("judgement:N", scale=ink_scale(), legend=None) if line.coloured else alt.value(INK)
    drawn: alt.Chart = words.encode(x="middle:Q", y=at(f"line{place}"), text=f"{line.field}:N", color=ink)
    return drawn
