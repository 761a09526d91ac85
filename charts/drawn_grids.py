"""The pages' larger tables drawn as SVG for who takes them away: the country as tiles, a region's measures, the regions
over several measures, the changes since the audit, the e-services.

As `drawn_tables`: the pages' own views, every verdict with its symbol and word beside the colour. A drawing that is too
narrow for its columns leaves out the later ones or sets them under one another, never smaller.
"""

from collections.abc import Callable, Iterator, Sequence
from textwrap import wrap
from typing import Final, Protocol

from charts.colours import BACKGROUND, GRID, INK, MUTED_INK, NATION
from charts.drawn_tables import legend
from charts.judgement_marks import LOOKS
from charts.region_labels import LINES, TILES
from charts.small import LIGHT, spark
from charts.svg import dot, line, svg, tinted, verdict_said, words
from locales import text
from views.compare import Several
from views.overview import Measure
from views.parts import Cell
from views.profile import Row as MeasureRow
from views.profile import Spread
from views.since_audit import SinceAudit, Step
from views.supply import ServiceRow

_NARROW: Final = 620
"""Pixels under which a drawing is for a column."""
_LETTER: Final = 0.52
"""Of a letter's size: how wide one is on average, for lines broken here."""


class OnTheMap(Protocol):
    """A region with its judged figure."""

    @property
    def code(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def cell(self) -> Cell: ...

    @property
    def chosen(self) -> bool: ...


_ROWS_OF_TILES: Final = 1 + max(row for _, row in TILES.values())
_COLUMNS_OF_TILES: Final = 1 + max(column for column, _ in TILES.values())
_TILE: Final = 50


def tiles_drawn(regions: Sequence[OnTheMap], benchmark: str, width: int) -> str:
    """The country as equal tiles; `benchmark`: what the regions are judged against, with its value, "" for nothing."""
    parts = [words(0, 16, benchmark, size=13, bold=True)] if benchmark else []
    return svg(width, _ROWS_OF_TILES * _TILE, [*parts, *_country(regions, width)])


def _country(regions: Sequence[OnTheMap], width: float, x: float = 0, y: float = 0) -> Iterator[str]:
    wide = width / _COLUMNS_OF_TILES
    for one in regions:
        if one.code in TILES:
            column, row = TILES[one.code]
            yield from _tile(one, x + column * wide, y + row * _TILE, wide)


def _tile(one: OnTheMap, x: float, y: float, wide: float) -> Iterator[str]:
    verdict, middle = one.cell.verdict, x + wide / 2
    ink = LOOKS[verdict.judgement].ink
    yield tinted(verdict, x + 2, y + 2, wide - 4, _TILE - 4, framed=True)
    roomy = wide > 115
    name = [one.name] if roomy else LINES[one.code]
    for at, part in enumerate(name):
        yield words(middle, y + 15 + 10 * at, part, size=12 if roomy else 10, bold=one.chosen, anchor="middle")
    value = one.cell.value if roomy else f"{one.cell.value} {verdict.symbol}"
    yield words(middle, y + (29 if roomy else 40), value, size=13 if roomy else 12, bold=True, anchor="middle")
    if roomy:
        yield words(middle, y + 42, verdict_said(verdict), size=11, colour=ink, anchor="middle")


_MEASURE_ROW: Final = 32
_HEAD: Final = 24
_MOST_UNDER_ONE_ANOTHER: Final = 13
_MEASURES: Final[tuple[tuple[str, float, float], ...]] = (
    ("profile.table.measure", 232, 0),
    ("profile.columns.value", 60, 0),
    ("profile.table.spread", 120, 0),
    ("profile.columns.judgement", 148, 0),
    ("profile.columns.difference", 70, _NARROW),
    ("profile.columns.rank", 96, _NARROW),
    ("profile.table.since_last", 150, _NARROW),
)
"""A column's heading, its least width, and the drawing's least width that has it."""


def measures_drawn(rows: Sequence[MeasureRow], language: str, width: int) -> str:
    """A region's measures: value, the region among all, verdict, difference, place, change; many on a wide drawing
    stand beside one another, without the last three."""
    beside = 2 if width >= _NARROW and len(rows) > _MOST_UNDER_ONE_ANOTHER else 1
    half, wide = -(-len(rows) // beside), (width - 24 * (beside - 1)) / beside
    parts: list[str] = []
    for place in range(beside):
        parts += _column(rows[half * place : half * (place + 1)], (wide + 24) * place, wide, language)
    return svg(width, _HEAD + _MEASURE_ROW * half + 4, parts)


def _column(rows: Sequence[MeasureRow], left: float, width: float, language: str) -> Iterator[str]:
    shown = [(text(key, language), least) for key, least, needed in _MEASURES if width >= needed]
    scale = width / sum(least for _, least in shown)
    lefts = [left + scale * sum(least for _, least in shown[:at]) for at in range(len(shown))]
    size = 11 if width < _NARROW else 13
    for (head, _), x in zip(shown, lefts, strict=True):
        yield words(x, 14, head, size=11, colour=MUTED_INK, bold=True)
    for place, row in enumerate(rows):
        y = _HEAD + _MEASURE_ROW * place
        yield line(left, y, left + width, y, GRID)
        yield from _measure(row, y, lefts, (scale * shown[2][1] - 14, scale * shown[0][1]), size)


def _measure(row: MeasureRow, y: float, lefts: Sequence[float], wide: tuple[float, float], size: int) -> Iterator[str]:
    verdict, middle = row.cell.verdict, y + _MEASURE_ROW / 2
    lines = _broken(row.title, wide[1], size)[:2]
    for at, part in enumerate(lines):
        yield words(lefts[0], y + 14 + 12 * at, part, size=size)
    if len(lines) == 1:
        yield words(lefts[0], y + 27, row.period, size=10, colour=MUTED_INK)
    yield words(lefts[1], middle + 4, row.cell.value, size=size, bold=True)
    yield from _spread(row.spread, verdict.judgement, lefts[2], wide[0], middle, assumed=verdict.assumed)
    said = _broken(verdict_said(verdict), 100 if size < 13 else 150, size)
    for at, part in enumerate(said[:2]):
        yield words(
            lefts[3],
            middle + 4 - 6 * (len(said[:2]) - 1) + 12 * at,
            part,
            size=size,
            colour=LOOKS[verdict.judgement].ink,
        )
    last = f"{row.since_last.words} ({row.since_last.first})" if row.since_last.first else row.since_last.words
    for x, told in zip(lefts[4:], (row.difference, row.place, last), strict=False):
        yield words(x, middle + 4, told, size=12)


def _spread(one: Spread, judgement: str, x: float, wide: float, at: float, *, assumed: bool) -> Iterator[str]:
    """Every region a small point, the nation a stroke, the region its dot with its interval."""
    ink = LOOKS[judgement].ink
    for place in one.others:
        yield f'<circle cx="{x + place * wide:.1f}" cy="{at:.1f}" r="2" fill="{MUTED_INK}" fill-opacity="0.45"/>'
    if one.nation is not None:
        yield line(x + one.nation * wide, at - 9, x + one.nation * wide, at + 9, NATION, 1.6)
    if one.low is not None and one.high is not None:
        yield line(x + one.low * wide, at, x + one.high * wide, at, ink, 2.5)
    if one.own is not None:
        yield dot(x + one.own * wide, at, ink, BACKGROUND if assumed else ink)


_NAMES: Final = 120
_REGION_ROW: Final = 20
_LEAST: Final = 62
"""Pixels that a measure's column needs at least."""
_ROOM_FOR_WORDS: Final = 160
_Drawn = Callable[[int, int, float, float, float], Iterator[str]]
"""A measure's and a region's place, the cell's left, top and width → the cell."""


def several_drawn(view: Several, shown: str, language: str, width: int) -> str:
    """Several measures, the regions down. `shown`: the page's way of showing them: "heat", "places", "small" (a line
    over time), "map"."""
    if shown == "map":
        return _maps(view, language, width)

    def cell(measure: int, region: int, x: float, y: float, wide: float) -> Iterator[str]:
        if shown == "places":
            yield words(x + wide / 2, y + 14, view.beside[measure].places[region], size=12, anchor="middle")
        elif shown == "small":
            drawn = spark(view.beside[measure].lines[region], round(wide - 8), _REGION_ROW - 2, LIGHT)
            at = f'<svg x="{x + 4:.1f}" y="{y + 1:.1f}" '
            yield drawn.replace("<svg ", at, 1) or words(x + wide / 2, y + 14, "–", size=12, anchor="middle")
        else:
            yield from _judged(view.measures[measure].cells[region], x, y, wide)

    most = max(1, int((width - _NAMES) // _LEAST))
    parts: list[str] = []
    y = 0.0
    for first in range(0, len(view.measures), most):
        some = range(first, min(first + most, len(view.measures)))
        drawn, y = _by_region(view, some, cell, width, y, nation=shown == "heat", language=language)
        parts += drawn
    key = legend(y - 6, width, language, assumed=view.assumed) if shown == "heat" else []
    return svg(width, y + 15 * len(key), [*parts, *key])


def _by_region(
    view: Several, some: range, cell: _Drawn, width: float, top: float, *, nation: bool, language: str
) -> tuple[list[str], float]:
    """A block of measures from `top`, and where it ends."""
    wide = (width - _NAMES) / len(some)
    heads = [_heads(view.measures[at], wide - 6) for at in some]
    high = 13 * max(map(len, heads)) + 6
    parts = [
        words(_NAMES + wide * (place + 0.5), top + high - 7 - 13 * up, said, size=size, bold=size > 10, anchor="middle")
        for place, head in enumerate(heads)
        for up, (said, size) in enumerate(reversed(head))
    ]
    y = top + high
    if nation:
        parts.append(words(0, y + 14, text("overview.nation", language), size=12, bold=True))
        parts += [
            words(_NAMES + wide * (place + 0.5), y + 14, view.measures[at].nation, size=12, bold=True, anchor="middle")
            for place, at in enumerate(some)
        ]
        y += _REGION_ROW
    for region, ((name, _), chosen) in enumerate(zip(view.names, view.chosen, strict=True)):
        parts += [line(0, y, width, y, GRID), words(0, y + 14, name, size=12, bold=chosen)]
        for place, at in enumerate(some):
            parts += cell(at, region, _NAMES + wide * place, y, wide)
        y += _REGION_ROW
    return parts, y + 14


def _heads(one: Measure, wide: float) -> list[tuple[str, int]]:
    """A column's heading as lines with their size: the measure, then its unit and period."""
    return [*((said, 11) for said in _broken(one.title, wide, 11)), *((said, 10) for said in _broken(one.of, wide, 10))]


def _judged(cell: Cell, x: float, y: float, wide: float) -> Iterator[str]:
    verdict, ink = cell.verdict, LOOKS[cell.verdict.judgement].ink
    yield tinted(verdict, x + 2, y + 1, wide - 4, _REGION_ROW - 2)
    if wide < _ROOM_FOR_WORDS:
        said = cell.value if cell.value == verdict.symbol else f"{cell.value} {verdict.symbol}"
        yield words(x + wide / 2, y + 14, said, size=12, bold=True, anchor="middle")
        return
    yield words(x + 42, y + 14, cell.value, size=12, bold=True, anchor="end")
    yield words(x + 48, y + 14, verdict_said(verdict), size=11, colour=ink)


def _maps(view: Several, language: str, width: float) -> str:
    """The country in every measure, beside one another as far as there is room."""
    beside = max(1, min(len(view.measures), int(width // 250)))
    wide, parts, y = width / beside, [], 0.0
    for first in range(0, len(view.measures), beside):
        for place, at in enumerate(range(first, min(first + beside, len(view.measures)))):
            one, x = view.measures[at], wide * place
            parts.append(words(x, y + 13, one.title, size=12, bold=True))
            nation = f"{one.of} · {text('overview.nation', language)} {one.nation}"
            parts.append(words(x, y + 27, nation, size=10, colour=MUTED_INK))
            parts += _country(view.beside[at].country, wide - 14, x, y + 34)
        y += 34 + _ROWS_OF_TILES * _TILE + 14
    return svg(width, y, parts)


_STEP: Final = 31


def since_drawn(view: SinceAudit, width: int) -> str:
    """The audited regions over the measures, each change with its verdict, its ends and how riket moved; on a narrow
    drawing a line per region and measure."""
    drawn, y = _listed(view, width) if width < _NARROW else _crossed(view, width)
    notes = [part for note in view.notes[:3] for part in _broken(note, width, 11)]
    drawn += [words(0, y + 16 + 14 * at, one, size=11, colour=MUTED_INK) for at, one in enumerate(notes)]
    return svg(width, y + 8 + 14 * len(notes), drawn)


def _crossed(view: SinceAudit, width: float) -> tuple[list[str], float]:
    wide = (width - _NAMES) / max(len(view.measures), 1)
    parts = [
        words(_NAMES + wide * place + 6, 14, one.title, size=12, bold=True) for place, one in enumerate(view.measures)
    ]
    y = float(_HEAD)
    for row in view.rows:
        parts += [line(0, y, width, y, GRID), words(0, y + 18, row.name, bold=True)]
        for place, steps in enumerate(row.cells):
            for at, step in enumerate(steps):
                parts += _step(step, _NAMES + wide * place, y + 2 + _STEP * at, wide)
        y += _STEP * max(1, *(len(steps) for steps in row.cells)) + 5
    return parts, y


def _step(step: Step, x: float, y: float, wide: float) -> Iterator[str]:
    yield tinted(step.verdict, x + 2, y, wide - 4, _STEP - 2)
    ink = LOOKS[step.verdict.judgement].ink
    yield words(x + 44, y + 13, step.change, size=12, bold=True, anchor="end")
    yield words(x + (50 if step.change else 8), y + 13, verdict_said(step.verdict), size=11, colour=ink)
    yield words(x + 8, y + 25, " · ".join(filter(None, (step.ends, step.nation))), size=10)


def _listed(view: SinceAudit, width: float) -> tuple[list[str], float]:
    parts: list[str] = []
    y = 0.0
    for row in view.rows:
        parts += [line(0, y, width, y, GRID), words(0, y + 17, row.name, bold=True)]
        y += _HEAD
        for measure, steps in zip(view.measures, row.cells, strict=True):
            title = _broken(measure.title, width * 0.38, 11)
            for at, part in enumerate(title[:2]):
                parts.append(words(0, y + 13 + 12 * at, part, size=11))
            for step in steps:
                parts += _step(step, width * 0.4, y, width * 0.6)
                y += _STEP
            y += 0 if steps else _STEP
        y += 6
    return parts, y


_SERVICE_ROW: Final = 22


def services_drawn(rows: Sequence[ServiceRow], heads: tuple[str, str], key: str, width: int) -> str:
    """Each e-service with its units as a bar of parts, and how many of those that can be told offer it. `key`: what the
    signs in the bars mean."""
    narrow = width < _NARROW
    first, last = (width * 0.42, 104.0) if narrow else (300.0, 150.0)
    size, across = (11, width - first - last - 8) if narrow else (13, width - first - last - 16)
    parts = [words(0, 14, heads[0], size=11, colour=MUTED_INK, bold=True)]
    parts += [words(width, 14, heads[1], size=11, colour=MUTED_INK, bold=True, anchor="end")]
    for place, row in enumerate(rows):
        y = _HEAD + _SERVICE_ROW * place
        title = _broken(row.title, first - 8, size)
        parts += [words(0, y + 15, title[0] + ("…" if len(title) > 1 else ""), size=size)]
        at = first
        for one in row.parts:
            parts += _part(one.sign, one.printed, one.status, (at, y + 3, across * one.share))
            at += across * one.share
        parts += [words(width, y + 15, row.reached, size=size, bold=True, anchor="end")]
    y = _HEAD + _SERVICE_ROW * len(rows)
    lines = _broken(key, width, 11)
    parts += [words(0, y + 18 + 14 * at, one, size=11, colour=MUTED_INK) for at, one in enumerate(lines)]
    return svg(width, y + 10 + 14 * len(lines), parts)


_GROUNDS: Final = {
    "offered": (LOOKS["better"].ink, BACKGROUND),
    "not_offered": (LOOKS["worse"].fill, INK),
    "unknown": (BACKGROUND, INK),
    "not_applicable": (LOOKS["similar"].fill, INK),
}
"""The ground and ink of a status, as the page's bars have them."""


def _part(sign: str, count: str, status: str, place: tuple[float, float, float]) -> Iterator[str]:
    x, y, wide = place
    if wide <= 0:
        return
    ground, ink = _GROUNDS[status]
    yield f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="16" fill="{ground}" stroke="{MUTED_INK}"/>'
    if wide > 12 + 7 * len(count):
        yield words(x + wide / 2, y + 12, f"{sign} {count}", size=11, colour=ink, anchor="middle")


def _broken(said: str, wide: float, size: int) -> list[str]:
    """The words as lines of about so many pixels."""
    return wrap(said, max(4, int(wide / (size * _LETTER)))) or [""]
