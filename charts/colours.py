"""Every colour of every drawing, with tested contrast, and the steps of an axis: what charts and our own small drawings
share. Nothing here imports a chart engine: a paper of our own drawings does not wait for one.
"""

from math import ceil, floor
from typing import Final

COLOURS: Final[dict[str, tuple[str, str]]] = {
    "card": ("#ffffff", "#18232d"),
    "ground": ("#f5f7f9", "#10181f"),
    "ink": ("#16222e", "#e9eff4"),
    "muted": ("#506070", "#a9b6c2"),
    "line": ("#dbe2e8", "#2c3a47"),
    "edge": ("#7d8b98", "#7d8b98"),
    "link": ("#0e3a5c", "#b8dbf2"),
    "better": ("#0b5c8a", "#9fd0f0"),
    "better-fill": ("#d9eaf5", "#12384f"),
    "worse": ("#a63f00", "#ffb68a"),
    "worse-fill": ("#fbe3d3", "#4d2610"),
    "neutral": ("#4a5866", "#b4c0ca"),
    "neutral-fill": ("#eef1f4", "#243240"),
    "higher": ("#7a3b8f", "#c9a6ff"),
    "higher-fill": ("#ecdcf2", "#3d2650"),
    "lower": ("#00665c", "#7fe0b0"),
    "lower-fill": ("#cdeae4", "#123f38"),
    "break": ("#8a4b00", "#e0a45c"),
    "made-up": ("#a3002b", "#ff9aa8"),
    "second": ("#c04a00", "#ff9a5c"),
    "third": ("#00735c", "#5fd0b5"),
    "fourth": ("#8e3b8a", "#e39be0"),
    "fifth": ("#7a5c00", "#d9b84f"),
    "sixth": ("#b3003c", "#ff8fa8"),
    "shade-0": ("#eef5fa", "#1f2d39"),
    "shade-1": ("#d1e2ee", "#243a4b"),
    "shade-2": ("#b3d0e2", "#2a475d"),
    "shade-3": ("#96bdd6", "#2f556e"),
    "shade-4": ("#78abca", "#356280"),
    "shade-5": ("#5b98be", "#3a6f92"),
}
"""Every colour of every chart, by its name in ui/assets/style.css: on a light and on a dark page. A specification holds
the light ones, which a picture keeps when it is taken; on a dark page `on_the_page` puts the others in their place."""
_LIGHT: Final = {name: pair[0] for name, pair in COLOURS.items()}

BACKGROUND: Final = _LIGHT["card"]
PANEL: Final = _LIGHT["ground"]
INK: Final = _LIGHT["ink"]
MUTED_INK: Final = _LIGHT["muted"]
GRID: Final = _LIGHT["line"]
NATION: Final = INK
CHOSEN: Final = _LIGHT["better"]
OTHER: Final = _LIGHT["edge"]
HIGHLIGHT: Final = _LIGHT["link"]
SHADE: Final = _LIGHT["neutral-fill"]
BREAK: Final = _LIGHT["break"]
MADE_UP: Final = _LIGHT["made-up"]

SERIES: Final = (CHOSEN, *(_LIGHT[name] for name in ("second", "third", "fourth", "fifth", "sixth")))
"""Lines of at most six regions; each also has a shape and a name of its own at its end, so colour is never alone."""
SHADES: Final = tuple(_LIGHT[f"shade-{step}"] for step in range(6))
"""From little to much; ink is read on each."""
_SECONDS: Final = (1, 5, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200)  # steps a reader of clocks expects
_HUNDREDTHS: Final = (1, 2, 5, 10, 20)  # of per cent and of an index 0–100


def light(name: str) -> str:
    """What a specification holds for a name of COLOURS.

    >>> light("worse")
    '#a63f00'
    """
    return _LIGHT[name]


def on_the_page(within: str) -> str:
    """CSS that gives a drawn chart `within` a selector the page's own colours, light or dark: Vega writes a mark's
    colour as an attribute, which any rule stands above, and the ground as the picture's style. The chart itself knows
    of one theme only, and so does a picture that is taken from it."""
    ground = f"{within} svg{{background-color:var(--card)!important}}"
    return ground + "".join(
        f'{within} [{paint}="{held}"]{{{paint}:var(--{name})}}'
        for name, held in _LIGHT.items()
        for paint in ("fill", "stroke")
    )


def value_ticks(unit: str, span: tuple[float, float], ticks: int = 5) -> list[float] | None:
    """Where an axis of the unit's values is marked, in round steps that values of the unit can have; None for counts,
    whose steps a chart chooses."""
    if unit == "count":
        return None
    steps = _SECONDS if unit == "seconds" else _HUNDREDTHS
    step = next((step for step in steps if (span[1] - span[0]) / step <= ticks + 1), steps[-1])
    highest = span[1] if unit == "seconds" else min(span[1], 100)
    return [at * step for at in range(ceil(span[0] / step), floor(highest / step) + 1)]
