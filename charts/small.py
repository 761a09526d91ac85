"""Small drawings inside tables and cards, as SVG: a line over time, a region's place among all.

Ink and grey only, no text: the words stand beside them in the table, and an alternative text says the same.
"""

import base64
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from charts.colours import COLOURS
from views.parts import Line, Point


def _inks(scheme: int) -> str:
    ink, muted = (COLOURS[name][scheme] for name in ("ink", "muted"))
    return f".o{{stroke:{ink}}}.d{{fill:{ink}}}.n{{stroke:{muted}}}"


_STYLE: Final = f"<style>{_inks(0)}@media(prefers-color-scheme:dark){{{_inks(1)}}}</style>"
"""An image follows the colours of the page it stands on, light or dark."""
LIGHT: Final = f"<style>{_inks(0)}</style>"
"""As on a light page, inside a picture that is taken away."""
_EDGE: Final = 4  # pixels around the lines, for the last point's dot


def spark(line: Line, width: int = 88, height: int = 26, style: str = _STYLE) -> str:
    """The region's line, its last point a dot, and the nation's dashed; broken where no line may join. "" where no two
    points may be joined: a lone dot says nothing of time."""
    every = [*line.own, *line.nation]
    if not every:
        return ""
    at = _scale(every, width, height)
    nation = _paths(line.nation, at, 'class="n" stroke-width="1.2" stroke-dasharray="3 2"')
    own = _paths(line.own, at, 'class="o" stroke-width="1.6"')
    if not (own or nation):
        return ""
    dot = ""
    if line.own:
        x, y = at(line.own[-1])
        dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" class="d"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" fill="none">{style}{nation}{own}{dot}</svg>'
    )


def as_source(svg: str) -> str:
    """An SVG as an image's address: Streamlit takes SVG out of HTML, but leaves images."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


class _scale:
    def __init__(self, points: Sequence[Point], width: int, height: int) -> None:
        self.first = min(point.when for point in points)
        self.days = (max(point.when for point in points) - self.first).days or 1
        self.low = min(point.value for point in points)
        self.range = (max(point.value for point in points) - self.low) or 1.0
        self.width, self.height = width - 2 * _EDGE, height - 2 * _EDGE

    def __call__(self, point: Point) -> tuple[float, float]:
        x = _EDGE + self.width * (point.when - self.first).days / self.days
        return x, _EDGE + self.height * (1 - (point.value - self.low) / self.range)


def _paths(points: Sequence[Point], at: _scale, look: str) -> str:
    drawn = []
    for _, stretch in groupby(points, key=lambda point: point.stretch):
        places = [at(point) for point in stretch]
        if len(places) > 1:
            drawn.append(f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}" {look}/>')
    return "".join(drawn)
