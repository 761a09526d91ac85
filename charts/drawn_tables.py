"""The pages' tables that are pictures (regions on one scale, the heat map) drawn as SVG, for who takes them away.

The same views as the tables; every verdict has its symbol and word beside the colour, so that the picture reads in
black and white.
"""

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Final, Protocol
from xml.sax.saxutils import escape

from charts.judgement_marks import LOOKS
from charts.region_labels import LINES
from charts.theme import BACKGROUND, GRID, INK, MUTED_INK, NATION
from indicators import catalogue
from locales import text
from views.area import Scale, Strip
from views.overview import Group, Overview, meanings
from views.parts import Cell, Verdict
from wording.symbols import symbol_of

FONT: Final = "Regionpapper Sans, DejaVu Sans, sans-serif"
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
    return _svg(width, height, parts)


def _scale(view: OnOneScale, left: float, across: float, height: float) -> Iterator[str]:
    bottom = height - 18
    apart = across / max(len(view.scale.ticks), 1)
    for place, (at, words) in enumerate(view.scale.ticks):
        yield _line(left + at * across, _AXIS, left + at * across, bottom, GRID)
        if place % (1 if apart > _ROOM_FOR_TICK else 2) == 0:
            yield _text(left + at * across, height - 4, words, size=11, colour=MUTED_INK, anchor="middle")
    places = [one.benchmark for one in view.strips if one.benchmark is not None]
    if places and view.scale.benchmark:
        at = left + places[0] * across
        anchor = "start" if places[0] < 0.3 else "end" if places[0] > 0.7 else "middle"
        yield _line(at, _AXIS - 4, at, bottom, NATION, 1.2, "4 3")
        yield _text(at, _AXIS - 10, view.scale.benchmark, size=12, bold=True, anchor=anchor)


def _strip(one: Strip, left: float, across: float, at: float) -> Iterator[str]:
    ink = NATION if one.nation else LOOKS[one.cell.verdict.judgement].ink
    if one.low is not None and one.high is not None:
        yield _line(left + one.low * across, at, left + one.high * across, at, ink, 2.5)
    if one.estimate is not None:
        fill = BACKGROUND if one.cell.verdict.assumed else ink
        x = left + one.estimate * across
        yield f'<circle cx="{x:.1f}" cy="{at:.1f}" r="4" fill="{fill}" stroke="{ink}" stroke-width="1.8"/>'


def _words_of(one: Strip, width: float, at: float) -> Iterator[str]:
    bold = one.chosen or one.nation
    yield _text(0, at + 4, one.name, bold=bold)
    yield _text(width - _WORD, at + 4, one.cell.value, bold=bold, anchor="end")
    if not one.nation:
        yield _text(
            width - _WORD + 10, at + 4, _verdict(one.cell.verdict), colour=LOOKS[one.cell.verdict.judgement].ink
        )


def heat_drawn(view: Overview, language: str, width: int) -> str:
    """The measures against the benchmark, a cell per region; under them what the symbols mean."""
    groups = [*view.now, *([view.older] if view.older else [])]
    first, nation = max(round(width * 0.28), _MEASURE), 46
    wide = (width - first - nation) / max(len(view.names), 1)
    parts = [_text(first + nation / 2, _HEAD_ROW - 9, text("overview.nation", language), bold=True, anchor="middle")]
    for place, (name, _) in enumerate(view.names):
        parts += _head(name, first + nation + wide * (place + 0.5), wide)
    y = float(_HEAD_ROW)
    for group in groups:
        parts += [_text(0, y + 17, group.title, size=12, colour=MUTED_INK, bold=True)]
        parts += _rows(group, y + _AREA_ROW, (first, nation, wide), width)
        y += _AREA_ROW + _HEAT_ROW * len(group.measures)
    told = [f"{symbol_of(name)} {words}" for name, words in meanings(language).items()]
    told += [text("overview.legend_assumed", language)] if view.assumed else []
    lines = wrap(" · ".join(told), round(width / 5.2))
    parts += [_text(0, y + 18 + 15 * at, line, size=11, colour=MUTED_INK) for at, line in enumerate(lines)]
    return _svg(width, y + 8 + 15 * len(lines), parts)


def _head(name: str, middle: float, wide: float) -> Iterator[str]:
    lines = [name] if wide > _ROOM_FOR_WORDS else _divided(name)
    size = 12 if lines == [name] else 9
    for place, line in enumerate(reversed(lines)):
        yield _text(middle, _HEAD_ROW - 9 - 11 * place, line, size=size, bold=True, anchor="middle")


def _divided(name: str) -> Sequence[str]:
    return next(LINES[one.code] for one in catalogue().regions.values() if one.short_name == name)


def _rows(group: Group, top: float, columns: tuple[float, float, float], width: float) -> Iterator[str]:
    first, nation, wide = columns
    for place, one in enumerate(group.measures):
        y = top + _HEAT_ROW * place
        yield _line(0, y, width, y, GRID)
        yield _text(0, y + 15, one.title)
        yield _text(0, y + 28, one.of, size=10, colour=MUTED_INK)
        yield _text(first + nation / 2, y + 21, one.nation, anchor="middle")
        for at, cell in enumerate(one.cells):
            yield from _cell(cell, first + nation + wide * at, y, wide)


def _cell(cell: Cell, x: float, y: float, wide: float) -> Iterator[str]:
    look = LOOKS[cell.verdict.judgement]
    dash = ' stroke-dasharray="3 2"' if cell.verdict.assumed else ""
    stroke = look.ink if cell.verdict.assumed else look.fill
    yield (
        f'<rect x="{x + 2:.1f}" y="{y + 2}" width="{wide - 4:.1f}" height="{_HEAT_ROW - 4}" rx="3" fill="{look.fill}" '
        f'stroke="{stroke}"{dash}/>'
    )
    said = _verdict(cell.verdict) if wide > _ROOM_FOR_WORDS else cell.verdict.symbol
    yield _text(x + wide / 2, y + 16, cell.value, bold=True, anchor="middle")
    yield _text(x + wide / 2, y + 28, said, size=10, colour=look.ink, anchor="middle")


def _verdict(one: Verdict) -> str:
    return f"{one.symbol} {one.word}"


def _svg(width: float, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}"><g font-family="{FONT}">{"".join(parts)}</g></svg>'
    )


def _line(x: float, y: float, to_x: float, to_y: float, colour: str, thick: float = 1, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{colour}" '
        f'stroke-width="{thick}"{dashed}/>'
    )


def _text(
    x: float, y: float, said: str, *, size: int = 13, colour: str = INK, bold: bool = False, anchor: str = "start"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{600 if bold else 400}" fill="{colour}" '
        f'text-anchor="{anchor}">{escape(said)}</text>'
    )
