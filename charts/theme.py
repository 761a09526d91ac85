"""One theme for every chart: sizes readable at 390 px, the language's numbers; the colours are charts.colours'.

Streamlit's own chart colours fail WCAG AA (axis text 3.72:1, seven of ten series under 3:1), so none of them are used.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt

from charts.colours import BACKGROUND, GRID, INK, MUTED_INK, OTHER, value_ticks
from charts.quick import Chart, Records

SHAPES: Final = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")

FONT: Final = "'Source Sans', 'Source Sans 3', 'DejaVu Sans', sans-serif"  # the page's own; no font is fetched
TEXT_SIZE: Final = 13
_FIT: Final = alt.AutoSizeParams(
    type="fit-x", contains="padding"
)  # the height given is the plot's: names are placed in it

_SECOND: Final = "format(datum.value % 60, '02d')"
_MINUTES: Final = "floor(datum.value / 60) + ':'"
_HOURS: Final = "floor(datum.value / 3600) + ':' + format(floor(datum.value % 3600 / 60), '02d') + ':'"
"""A duration on an axis: m:ss under an hour, else h:mm:ss, as locales.numbers prints it."""

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
    if (values := value_ticks(unit, span, ticks)) is None:
        return alt.Axis(tickCount=ticks, grid=True, labelExpr=label)
    return alt.Axis(values=values, grid=True, labelExpr=label)


def _label(unit: str, language: str) -> str:
    if unit == "percent":
        return "datum.label + '\N{NO-BREAK SPACE}%'" if language == "sv" else "datum.label + '%'"
    if unit == "seconds":
        return f"datum.value < 3600 ? {_MINUTES} + {_SECOND} : {_HOURS} + {_SECOND}"
    return "datum.label"
