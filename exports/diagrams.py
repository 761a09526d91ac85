"""The sheets of pictures: Excel's own charts, drawn from the cells beside them, with words for who cannot see them."""

from collections.abc import Sequence
from typing import Any, Final

import polars as pl
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.data_source import NumDataSource, NumRef
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.chart.series import Series
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.utils.units import cm_to_EMU

from analysis import Comparison, TimeSeries
from exports.sheets import Sheet
from exports.tables import header_of, number_format
from indicators import NATION, catalogue, period_label
from locales import text
from views.area import Area

_GREY, _BLACK = "A6A6A6", "000000"
_DASHES: Final = ("solid", "dash", "sysDot", "dashDot", "lgDash", "lgDashDot", "sysDash", "lgDashDotDot")
_MARKERS: Final = ("circle", "square", "triangle", "diamond", "x", "plus", "star", "dash")
_SHADES: Final = ("1F4E79", "9C5700", "3B6E22", "7030A0", "595959", "A61C3C", "00687A", "7F6000")
_WIDE, _ROW, _HIGH = 24.0, 0.62, 13.0  # centimetres: a picture, its rows, one over time


class _Described(OneCellAnchor):  # type: ignore[misc]
    """A chart's place on its sheet, with the words that a screen reader says of it, which openpyxl has no field for."""

    __elements__ = OneCellAnchor.__elements__
    __attrs__ = OneCellAnchor.__attrs__

    def __init__(self, said: str, column: int, high: float) -> None:
        size = XDRPositiveSize2D(cm_to_EMU(_WIDE), cm_to_EMU(high))
        super().__init__(_from=AnchorMarker(col=column, row=1), ext=size)
        self._said = said

    def to_tree(self, *given: Any, **named: Any) -> Any:
        self.graphicFrame.nvGraphicFramePr.cNvPr.descr = self._said
        return super().to_tree(*given, **named)


def compared_diagram(view: Area, comparison: Comparison, language: str) -> Sheet | None:
    """The regions with a figure as bars in the order of the page, each with its interval; None where nobody has one."""
    rows = {row["code"]: row for row in comparison.rows.to_dicts() if row["value"] is not None}
    shown = [(one, rows[one.code]) for one in view.strips if one.code in rows]
    if not shown:
        return None
    indicator = comparison.indicator
    ends = [_ends(row) for _, row in shown]
    value = header_of("value", indicator, language)
    frame = pl.DataFrame(
        {
            text("area.region", language): [one.name for one, _ in shown],
            value: [row["value"] for _, row in shown],
            text("exports.diagram.down", language): [low for low, _ in ends],
            text("exports.diagram.up", language): [high for _, high in ends],
        },
        schema_overrides={text(f"exports.diagram.{way}", language): pl.Float64 for way in ("down", "up")},
    )
    title = text("exports.sheets.diagram", language)
    chart, last = BarChart(), len(shown) + 1
    chart.type, chart.gapWidth, chart.legend = "bar", 40, None
    bars = _series(title, 2, last)
    bars.graphicalProperties = GraphicalProperties(solidFill=_GREY)
    if any(low is not None for low, _ in ends):
        bars.errBars = _intervals(title, last)
    chart.append(bars)
    chart.x_axis.scaling.orientation = "maxMin"  # the first row at the top, as on the page
    chart.y_axis.crosses = "max"  # and the numbers under the last
    heading = f"{indicator.short_title.in_language(language)} {view.period}"
    said = text("exports.diagram.said", language, headline=view.headline, lead=" ".join(view.lead))
    _finish(chart, title, last, heading, value)
    chart.anchor = _Described(said, frame.width + 1, 4 + _ROW * len(shown))
    formats = dict.fromkeys(frame.columns[1:], number_format(indicator.unit, indicator.decimals))
    return Sheet(title, frame, formats, frozen="B2", printed=view.headline, charts=(chart,))


def bars_diagram(frame: pl.DataFrame, heading: str, said: str, language: str) -> Sheet | None:
    """Names and one number of each (the frame's two columns) as bars, the first row at the top; None for no rows.
    `said`: what the picture shows, in words."""
    if frame.is_empty():
        return None
    title, last = text("exports.sheets.diagram", language), frame.height + 1
    chart = BarChart()
    chart.type, chart.gapWidth, chart.legend = "bar", 40, None
    bars = _series(title, 2, last)
    bars.graphicalProperties = GraphicalProperties(solidFill=_GREY)
    chart.append(bars)
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    _finish(chart, title, last, heading, frame.columns[1])
    chart.anchor = _Described(said, frame.width + 1, 4 + _ROW * frame.height)
    return Sheet(title, frame, {}, frozen="B2", printed=heading, charts=(chart,))


def trend_diagram(view: Area, series: TimeSeries, language: str) -> Sheet | None:
    """The page's chosen regions and riket over time, a line each; None where fewer than two periods are measured. A
    line is broken where the series is."""
    rows = series.rows.filter(pl.col("value").is_not_null())
    codes = [one.code for one in view.figures.rows if one.code in set(rows["code"]) and one.code != NATION]
    codes = [*codes[: len(_DASHES) - 1], *([NATION] if NATION in set(rows["code"]) else [])]
    own = rows.filter(pl.col("code").is_in(codes))
    periods = own.select("period", "period_start").unique().sort("period_start")["period"].to_list()
    if len(periods) < 2:
        return None
    indicator, title = series.indicator, text("exports.sheets.diagram_trend", language)
    lines = _lines(own, codes, language)
    frame = pl.DataFrame(
        {
            header_of("period", None, language): [period_label(one, language) for one in periods],
            **{name: [held.get(one) for one in periods] for name, (_, held) in lines.items()},
        }
    )
    chart, last = LineChart(), len(periods) + 1
    chart.legend.position = "b"
    for at, (code, _) in enumerate(lines.values(), start=2):
        chart.append(_line(_series(title, at, last), codes.index(code)))
    value = header_of("value", indicator, language)
    _finish(chart, title, last, indicator.short_title.in_language(language), value)
    said = text("exports.diagram.said_trend", language, title=indicator.title.in_language(language))
    chart.anchor = _Described(said, frame.width + 1, _HIGH)
    formats = dict.fromkeys(frame.columns[1:], number_format(indicator.unit, indicator.decimals))
    return Sheet(title, frame, formats, frozen="B2", charts=(chart,))


def _lines(own: pl.DataFrame, codes: Sequence[str], language: str) -> dict[str, tuple[str, dict[str, float]]]:
    """Name of the line → whose it is, and its values by period: one for each stretch that a line may join."""
    found: dict[str, tuple[str, dict[str, float]]] = {}
    for code in codes:
        parts = own.filter(pl.col("code") == code).sort("period_start").partition_by("stretch", maintain_order=True)
        for at, part in enumerate(parts, start=1):
            name = part["region"][0] if code == NATION else catalogue().regions[code].short_name
            named = text("exports.diagram.stretch", language, name=name, number=at) if len(parts) > 1 else name
            found[named] = code, dict(part.select("period", "value").iter_rows())
    return found


def _ends(row: dict[str, Any]) -> tuple[float | None, float | None]:
    """How far the interval reaches under and over the value."""
    if row["ci_low"] is None or row["ci_high"] is None:
        return None, None
    return row["value"] - row["ci_low"], row["ci_high"] - row["value"]


def _cells(title: str, column: int, first: int, last: int) -> str:
    letters = get_column_letter(column)
    return f"{quote_sheetname(title)}!${letters}${first}:${letters}${last}"


def _series(title: str, column: int, last: int) -> Series:
    """What stands in a column under its head."""
    made: Series = SeriesFactory(_cells(title, column, 1, last), title_from_data=True)
    return made


def _line(line: Series, at: int) -> Series:
    """A region's line, told from the others without colour: by its dashes and its marks."""
    line.graphicalProperties = GraphicalProperties(
        ln=LineProperties(solidFill=_SHADES[at], prstDash=_DASHES[at], w=22_000)
    )
    line.marker.symbol, line.marker.size = _MARKERS[at], 7
    edge = LineProperties(solidFill=_SHADES[at])
    line.marker.graphicalProperties = GraphicalProperties(solidFill=_SHADES[at], ln=edge)
    line.smooth = False
    return line


def _intervals(title: str, last: int) -> ErrorBars:
    """Whiskers as long as the cells beside the values say."""
    down, up = (NumDataSource(numRef=NumRef(f=_cells(title, column, 2, last))) for column in (3, 4))
    drawn = GraphicalProperties(ln=LineProperties(solidFill=_BLACK, w=12_700))
    return ErrorBars(errBarType="both", errValType="cust", noEndCap=False, minus=down, plus=up, spPr=drawn)


def _finish(chart: BarChart | LineChart, title: str, last: int, heading: str, unit: str) -> None:
    chart.set_categories(Reference(range_string=_cells(title, 1, 2, last)))
    chart.title, chart.y_axis.title = heading, unit
    chart.title.overlay = False
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False  # openpyxl leaves it unsaid, and Excel then draws no axis
