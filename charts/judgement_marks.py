"""What a judgement looks like: one colour each, the same in every chart and table.

Blue against orange, purple against teal, grey between: pairs that stay apart for readers who do not tell red from green
(tested by simulation). Colour never stands alone; the word and the symbol say the same. Hollow: assumed base.
"""

from typing import Final, NamedTuple

from charts.colours import BACKGROUND, light


class Look(NamedTuple):
    """ink: marks, lines and words (at least 4.5:1 on white and on `fill`); fill: the ground of a cell or tile. The
    symbol is wording.symbols'."""

    ink: str
    fill: str


LOOKS: Final[dict[str, Look]] = {
    "better": Look(light("better"), light("better-fill")),
    "similar": Look(light("neutral"), light("neutral-fill")),
    "worse": Look(light("worse"), light("worse-fill")),
    "higher": Look(light("higher"), light("higher-fill")),
    "lower": Look(light("lower"), light("lower-fill")),
    "not_assessable": Look(light("neutral"), BACKGROUND),
}
