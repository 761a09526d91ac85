"""Rows that read on a telephone: a line of words over the full width, and under it a strip for the marks.

Names beside the marks leave 20 of 360 pixels for the marks themselves (tried); names above them leave all. Places are
pixels from the top, so that words and marks keep their distance at every width.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt

from charts.colours import BACKGROUND, GRID, NATION
from charts.judgement_marks import LOOKS
from charts.theme import drawn_from
from locales import text

ROW: Final = 42
_WORDS: Final = 13  # the words' middle, from the row's top
_MARKS: Final = 17  # below the words
_LINE: Final = 17
_UNSEEN: Final = "\N{ZERO WIDTH SPACE}"
EDGE: Final = alt.value("width")
START: Final = alt.value(0)


def placed(records: Sequence[dict[str, Any]], row: int = ROW, *, lines: int = 1) -> list[dict[str, Any]]:
    """The records from the top down, each `row` pixels high, with name_at, words_at, marks_at and bottom in pixels.
    With two lines the name has the first for itself."""
    return [
        {
            **record,
            "name_at": row * place + _WORDS,
            "words_at": row * place + _WORDS + (lines - 1) * _LINE,
            "marks_at": row * place + _WORDS + (lines - 1) * _LINE + _MARKS,
            "bottom": row * (place + 1),
        }
        for place, record in enumerate(records)
    ]


def height_of(records: Sequence[Mapping[str, Any]]) -> int:
    """Pixels for all placed rows, one row's where there are none."""
    return int(records[-1]["bottom"]) if records else ROW


def at(field: str) -> alt.Y:
    """A place down the chart, in pixels."""
    return alt.Y(f"{field}:Q", scale=None, axis=None, title=None)


def strip_words(records: Sequence[dict[str, Any]]) -> list[alt.Chart]:
    """A thin line under each row, `name` at its left (bold unless group is "other") and `printed` at its right in the
    colour of its `judgement`. The words have a halo: reference lines pass behind them."""
    base = drawn_from(records, height_of(records))
    other, bold = (base.transform_filter(f"datum.group {sign} 'other'") for sign in ("==", "!="))
    left = {"x": START, "y": at("name_at"), "text": alt.Text("name:N")}
    right = {"x": EDGE, "y": at("words_at"), "text": alt.Text("printed:N")}
    colour = alt.Color("judgement:N", scale=_ink_scale(), legend=None)
    return [
        base.mark_rule(color=GRID).encode(y=at("bottom"), x=START, x2=EDGE),
        base.mark_text(align="left", baseline="middle", stroke=BACKGROUND, strokeWidth=5).encode(**left),
        base.mark_text(align="right", baseline="middle", stroke=BACKGROUND, strokeWidth=5).encode(**right),
        other.mark_text(align="left", baseline="middle").encode(**left),
        bold.mark_text(align="left", baseline="middle", fontWeight="bold").encode(**left),
        base.mark_text(align="right", baseline="middle").encode(**right, color=colour),
    ]


def spoken(language: str) -> dict[str, Any]:
    """What lets a mark speak to a screen reader, which else says "rect mark" in English."""
    return {"aria": True, "ariaRoleDescription": text("judged_charts.mark", language)}


def apart(lines: Sequence[str]) -> list[str]:
    """The lines with a space after all but the last, unless a word is divided there: Vega sets lines as one text, and
    a reader who copies it, or has it read, would get `kan ejbedömas`. The space needs something after it, or Vega cuts
    it off.

    >>> [line.replace(_UNSEEN, "|") for line in apart(["kan ej", "bedömas"])], apart(["Norr-", "botten"])
    (['kan ej |', 'bedömas'], ['Norr-', 'botten'])
    """
    *firsts, last = lines or [""]
    return [*(line if line.endswith("-") else f"{line} {_UNSEEN}" for line in firsts), last]


def _ink_scale() -> alt.Scale:
    """Judgement (or "nation") → the colour of its marks and words."""
    return alt.Scale(domain=[*LOOKS, "nation"], range=[*(look.ink for look in LOOKS.values()), NATION])
