"""What a judgement looks like: one colour and shape each, the same in every chart and table.

Blue against orange, purple against teal, grey between: pairs that stay apart for readers who do not tell red from green
(tested by simulation). Colour never stands alone; the word and the symbol say the same. Hollow: assumed base.
"""

from typing import Final, NamedTuple

import altair as alt

from charts.theme import BACKGROUND, NATION, light

_ARROW_UP: Final = "M0,-1L0.8,0L0.3,0L0.3,1L-0.3,1L-0.3,0L-0.8,0Z"
_ARROW_DOWN: Final = "M0,1L0.8,0L0.3,0L0.3,-1L-0.3,-1L-0.3,0L-0.8,0Z"
_DASH: Final = "M-0.9,-0.22L0.9,-0.22L0.9,0.22L-0.9,0.22Z"


class Look(NamedTuple):
    """shape: Vega's name or path; ink: marks, lines and words (at least 4.5:1 on white and on `fill`); fill: the ground
    of a cell or tile. The symbol in texts is wording.symbols'."""

    shape: str
    ink: str
    fill: str


LOOKS: Final[dict[str, Look]] = {
    "better": Look("triangle-up", light("better"), light("better-fill")),
    "similar": Look("circle", light("neutral"), light("neutral-fill")),
    "worse": Look("triangle-down", light("worse"), light("worse-fill")),
    "higher": Look(_ARROW_UP, light("higher"), light("higher-fill")),
    "lower": Look(_ARROW_DOWN, light("lower"), light("lower-fill")),
    "not_assessable": Look(_DASH, light("neutral"), BACKGROUND),
}


def ink_scale() -> alt.Scale:
    """Judgement (or "nation") → the colour of its marks and words."""
    return alt.Scale(domain=[*LOOKS, "nation"], range=[*(look.ink for look in LOOKS.values()), NATION])


def shape_scale() -> alt.Scale:
    """Judgement (or "nation") → the shape of its point."""
    return alt.Scale(domain=[*LOOKS, "nation"], range=[*(look.shape for look in LOOKS.values()), "diamond"])
