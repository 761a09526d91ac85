"""The strokes and words that every drawing of our own is made of, as SVG."""

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

from charts.colours import INK
from charts.judgement_marks import LOOKS
from views.parts import Verdict

FONT: Final = "Regionpapper Sans, DejaVu Sans, sans-serif"


def svg(width: float, height: float, parts: Sequence[str]) -> str:
    """A drawing of so many pixels."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}"><g font-family="{FONT}">{"".join(parts)}</g></svg>'
    )


def line(x: float, y: float, to_x: float, to_y: float, colour: str, thick: float = 1, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{colour}" '
        f'stroke-width="{thick}"{dashed}/>'
    )


def tinted(verdict: Verdict, x: float, y: float, wide: float, high: float, *, framed: bool = False) -> str:
    """The ground of a judged cell: a dashed edge for an assumed base, a plain one where it is `framed`."""
    look, assumed = LOOKS[verdict.judgement], verdict.assumed
    dash = ' stroke-dasharray="3 2"' if assumed else ""
    stroke = look.ink if assumed or framed else look.fill
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="3" fill="{look.fill}" '
        f'stroke="{stroke}"{dash}/>'
    )


def dot(x: float, y: float, ink: str, fill: str, radius: float = 4) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}" stroke="{ink}" stroke-width="1.8"/>'


def words(
    x: float, y: float, said: str, *, size: int = 13, colour: str = INK, bold: bool = False, anchor: str = "start"
) -> str:
    """One line of words, `y` its foot; data as it stands."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{600 if bold else 400}" fill="{colour}" '
        f'text-anchor="{anchor}">{escape(said)}</text>'
    )


def verdict_said(one: Verdict) -> str:
    """`▼ sämre`."""
    return f"{one.symbol} {one.word}"
