"""One theme for every chart: colours with tested contrast, sizes readable at 390 px, the language's numbers.

Streamlit's own chart colours fail WCAG AA (axis text 3.72:1, seven of ten series under 3:1), so none of them are used.
"""

from collections.abc import Mapping, Sequence
from math import ceil, floor
from typing import Any, Final

import altair as alt

from charts.quick import Chart, Records

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
SHAPES: Final = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")

FONT: Final = "'Source Sans', 'Source Sans 3', 'DejaVu Sans', sans-serif"  # the page's own; no font is fetched
TEXT_SIZE: Final = 13
_FIT: Final = alt.AutoSizeParams(
    type="fit-x", contains="padding"
)  # the height given is the plot's: names are placed in it

_SECONDS: Final = (1, 5, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200)  # steps a reader of clocks expects
_SECOND: Final = "format(datum.value % 60, '02d')"
_MINUTES: Final = "floor(datum.value / 60) + ':'"
_HOURS: Final = "floor(datum.value / 3600) + ':' + format(floor(datum.value % 3600 / 60), '02d') + ':'"
"""A duration on an axis: m:ss under an hour, else h:mm:ss, as locales.numbers prints it."""
_HUNDREDTHS: Final = (1, 2, 5, 10, 20)  # of per cent and of an index 0–100

_NUMBER: Final[dict[str, dict[str, Any]]] = {
    "sv": {
        "decimal": ",",
        "thousands": "\N{NO-BREAK SPACE}",
        "grouping": [3],
        "currency": ["", "\N{NO-BREAK SPACE}kr"],
        "minus": "\N{MINUS SIGN}",
    },
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["SEK\N{NO-BREAK SPACE}", ""]},
}
_TIME: Final[dict[str, dict[str, Any]]] = {
    "sv": {
        "dateTime": "%A den %d %B %Y %X", "date": "%Y-%m-%d", "time": "%H:%M:%S", "periods": ["fm", "em"],
        "days": ["söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"],
        "shortDays": ["sön", "mån", "tis", "ons", "tors", "fre", "lör"],
        "months": ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
                   "november", "december"],
        "shortMonths": ["jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"],
    },
    "en": {
        "dateTime": "%a %e %b %X %Y", "date": "%d/%m/%Y", "time": "%H:%M:%S", "periods": ["AM", "PM"],
        "days": ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        "shortDays": ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
        "months": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                   "November", "December"],
        "shortMonths": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    },
}  # fmt: skip


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


def drawn_from(records: Sequence[Mapping[str, Any]], height: int) -> alt.Chart:
    """A chart without marks over ready records, `height` in pixels."""
    return Chart(Records(values=list(records)), height=height)  # type: ignore[no-untyped-call]


def finished(layers: Sequence[alt.Chart], title: str, subtitle: str, language: str) -> alt.LayerChart:
    """The layers as one chart with its title, the theme and the language's numbers and dates.

    Only the marks that carry a figure in words speak to a screen reader, all others say `aria=False`: Vega's own
    descriptions of axes, labels and rules are English and repeat raw numbers (`low: 44.3271629584`).
    Title and subtitle are whole, for a page to set as text that follows its width (ui/vega.py): Vega breaks no line."""
    config = alt.Config(
        font=FONT,
        locale={"number": _NUMBER[language], "time": _TIME[language]},
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelColor=INK,
            titleColor=INK,
            labelFontSize=TEXT_SIZE,
            titleFontSize=TEXT_SIZE,
            titleFontWeight="normal",
            gridColor=GRID,
            domainColor=OTHER,
            tickColor=OTHER,
            labelLimit=170,
            aria=False,
        ),
        title=alt.TitleConfig(
            anchor="start",
            frame="bounds",
            color=INK,
            fontSize=15,
            fontWeight=600,
            subtitleColor=MUTED_INK,
            subtitleFontSize=TEXT_SIZE,
            offset=12,
            aria=False,
        ),
        text=alt.MarkConfig(color=INK, fontSize=TEXT_SIZE),
    )
    heading = alt.TitleParams(title, subtitle=subtitle)
    # All at once: each `.configure…()` makes the chart, and so copies every layer, anew.
    return alt.LayerChart(layer=list(layers), title=heading, background=BACKGROUND, autosize=_FIT, config=config)


def value_axis(unit: str, language: str, span: tuple[float, float], *, ticks: int = 5) -> alt.Axis:
    """The axis of a unit's values over `span`: `60 %`, `2:31`, `12 000`; the decimal sign comes from the locale.

    The room that charts leave for printed values gets no tick where no value can be: over 100 per cent, over an
    index of 100."""
    label = _label(unit, language)
    if (step := _step(unit, span, ticks)) is None:
        return alt.Axis(tickCount=ticks, grid=True, labelExpr=label)
    return alt.Axis(values=_steps(span, step, unit), grid=True, labelExpr=label)


def _step(unit: str, span: tuple[float, float], ticks: int) -> int | None:
    if unit == "count":
        return None
    steps = _SECONDS if unit == "seconds" else _HUNDREDTHS
    return next((step for step in steps if (span[1] - span[0]) / step <= ticks + 1), steps[-1])


def _steps(span: tuple[float, float], step: int, unit: str) -> list[float]:
    """The multiples of `step` in the span that a value of the unit can have."""
    highest = span[1] if unit == "seconds" else min(span[1], 100)
    return [at * step for at in range(ceil(span[0] / step), floor(highest / step) + 1)]


def _label(unit: str, language: str) -> str:
    if unit == "percent":
        return "datum.label + '\N{NO-BREAK SPACE}%'" if language == "sv" else "datum.label + '%'"
    if unit == "seconds":
        return f"datum.value < 3600 ? {_MINUTES} + {_SECOND} : {_HOURS} + {_SECOND}"
    return "datum.label"
