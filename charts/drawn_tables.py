"""The pages' tables that are pictures (regions on one scale, the heat map) drawn as SVG, for who takes them away.

The same views as the tables; every verdict has its symbol and word beside the colour, so that the picture reads in
black and white.
"""

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Final, Protocol

from charts.colours import BACKGROUND, GRID, MUTED_INK, NATION
from charts.judgement_marks import LOOKS
from charts.region_labels import LINES
from charts.svg import dot, line, svg, tinted, verdict_said, words
from indicators import catalogue
from locales import text
from views.area import Scale, Strip
from views.overview import Group, Overview, meanings
from views.parts import Cell
from wording.symbols import symbol_of

_ROW: Final = 19
_NAME, _VALUE, _WORD = 126, 48, 140
"""Pixels of a strip's three columns of words; the scale has the rest."""
_AXIS: Final = 34
_HEAT_ROW, _AREA_ROW, _HEAD_ROW = 34, 24, 30
_MEASURE: Final = 190
"""Pixels at least for the names of measures."""
_ROOM_FOR_WORDS: Final = 96
_ROOM_FOR_TICK: Final = 36


class OnOneScale(Protocol):
    """What holds regions on a common scale."""

    @property
    def strips(self) -> Sequence[Strip]: ...

    @property
    def scale(self) -> Scale: ...


def strips_drawn(view: OnOneScale, width: int) -> str:
    """Each region a row: its name, its dot and interval against the benchmark's line, its value and verdict."""
    height = _AXIS + _ROW * len(view.strips) + 18
    left, across = _NAME, width - _NAME - _VALUE - _WORD - 10
    parts = [*_scale(view, left, across, height)]
    for place, one in enumerate(view.strips):
        parts += _strip(one, left, across, _AXIS + _ROW * (place + 0.5))
        parts += _words_of(one, width, _AXIS + _ROW * (place + 0.5))
    return svg(width, height, parts)


def _scale(view: OnOneScale, left: float, across: float, height: float) -> Iterator[str]:
    bottom = height - 18
    apart = across / max(len(view.scale.ticks), 1)
    for place, (at, printed) in enumerate(view.scale.ticks):
        yield line(left + at * across, _AXIS, left + at * across, bottom, GRID)
        if place % (1 if apart > _ROOM_FOR_TICK else 2) == 0:
            yield words(left + at * across, height - 4, printed, size=11, colour=MUTED_INK, anchor="middle")
    places = [one.benchmark for one in view.strips if one.benchmark is not None]
    if places and view.scale.benchmark:
        at = left + places[0] * across
        anchor = "start" if places[0] < 0.3 else "end" if places[0] > 0.7 else "middle"
        yield line(at, _AXIS - 4, at, bottom, NATION, 1.2, "4 3")
        yield words(at, _AXIS - 10, view.scale.benchmark, size=12, bold=True, anchor=anchor)


def _strip(one: Strip, left: float, across: float, at: float) -> Iterator[str]:
    ink = NATION if one.nation else LOOKS[one.cell.verdict.judgement].ink
    if one.low is not None and one.high is not None:
        yield line(left + one.low * across, at, left + one.high * across, at, ink, 2.5)
    if one.estimate is not None:
        fill = BACKGROUND if one.cell.verdict.assumed else ink
        x = left + one.estimate * across
        yield dot(x, at, ink, fill)


def _words_of(one: Strip, width: float, at: float) -> Iterator[str]:
    bold = one.chosen or one.nation
    yield words(0, at + 4, one.name, bold=bold)
    yield words(width - _WORD, at + 4, one.cell.value, bold=bold, anchor="end")
    if not one.nation:
        yield words(
            width - _WORD + 10, at + 4, verdict_said(one.cell.verdict), colour=LOOKS[one.cell.verdict.judgement].ink
        )


def heat_drawn(view: Overview, language: str, width: int) -> str:
    """The measures against the benchmark, a cell per region; under them what the symbols mean."""
    groups = [*view.now, *([view.older] if view.older else [])]
    first, nation = max(round(width * 0.28), _MEASURE), 46
    wide = (width - first - nation) / max(len(view.names), 1)
    parts = [words(first + nation / 2, _HEAD_ROW - 9, text("overview.nation", language), bold=True, anchor="middle")]
    for place, (name, _) in enumerate(view.names):
        parts += _head(name, first + nation + wide * (place + 0.5), wide)
    y = float(_HEAD_ROW)
    for group in groups:
        parts += [words(0, y + 17, group.title, size=12, colour=MUTED_INK, bold=True)]
        parts += _rows(group, y + _AREA_ROW, (first, nation, wide), width)
        y += _AREA_ROW + _HEAT_ROW * len(group.measures)
    key = legend(y, width, language, assumed=view.assumed)
    return svg(width, y + 8 + 15 * len(key), [*parts, *key])


def legend(y: float, width: float, language: str, *, assumed: bool) -> list[str]:
    """What the symbols of judged cells mean, lines of 15 pixels from `y`."""
    told = [f"{symbol_of(name)} {meant}" for name, meant in meanings(language).items()]
    told += [text("overview.legend_assumed", language)] if assumed else []
    said = wrap(" · ".join(told), round(width / 5.2))
    return [words(0, y + 18 + 15 * at, one, size=11, colour=MUTED_INK) for at, one in enumerate(said)]


def _head(name: str, middle: float, wide: float) -> Iterator[str]:
    lines = [name] if wide > _ROOM_FOR_WORDS else _divided(name)
    size = 12 if lines == [name] else 9
    for place, part in enumerate(reversed(lines)):
        yield words(middle, _HEAD_ROW - 9 - 11 * place, part, size=size, bold=True, anchor="middle")


def _divided(name: str) -> Sequence[str]:
    return next(LINES[one.code] for one in catalogue().regions.values() if one.short_name == name)


def _rows(group: Group, top: float, columns: tuple[float, float, float], width: float) -> Iterator[str]:
    first, nation, wide = columns
    for place, one in enumerate(group.measures):
        y = top + _HEAT_ROW * place
        yield line(0, y, width, y, GRID)
        yield words(0, y + 15, one.title)
        yield words(0, y + 28, one.of, size=10, colour=MUTED_INK)
        yield words(first + nation / 2, y + 21, one.nation, anchor="middle")
        for at, cell in enumerate(one.cells):
            yield from _cell(cell, first + nation + wide * at, y, wide)


def _cell(cell: Cell, x: float, y: float, wide: float) -> Iterator[str]:
    look = LOOKS[cell.verdict.judgement]
    yield tinted(cell.verdict, x + 2, y + 2, wide - 4, _HEAT_ROW - 4)
    said = verdict_said(cell.verdict) if wide > _ROOM_FOR_WORDS else cell.verdict.symbol
    yield words(x + wide / 2, y + 16, cell.value, bold=True, anchor="middle")
    yield words(x + wide / 2, y + 28, said, size=10, colour=look.ink, anchor="middle")
