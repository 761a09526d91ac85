"""Indikator: every region's figures of one kind of period, each judged against riket in its own period."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from analysis import TimeSeries, compare_regions
from indicators import NATION, Indicator, catalogue, period_label, period_of
from locales import text
from locales.numbers import format_number
from views.parts import Line, Reader, Verdict, cell_of, line_of
from wording.figures import shown_value

_MOST_JUDGED: Final = 30  # periods; a run of months is read as a run, and judged on the indicator's own page


@dataclass(frozen=True)
class Figure:
    """A cell: the figure with its number of answers and flags, where it leads ("" for nowhere), its verdict against
    riket (None where nothing is judged) and the same in words."""

    shown: str
    address: str
    verdict: Verdict | None
    said: str


@dataclass(frozen=True)
class Row:
    """A region, its line over time beside riket's, and a cell a period."""

    name: str
    address: str
    over_time: Line
    cells: tuple[Figure, ...]


@dataclass(frozen=True)
class Table:
    """The figures, latest period first, Riket last. `judged`: some cell is judged; `assumed`: on an assumed base."""

    periods: tuple[str, ...]
    rows: tuple[Row, ...]
    judged: bool
    assumed: bool


def figures(reader: Reader, series: TimeSeries, level: float) -> Table:
    """The table of a series; a period's verdicts are those of its comparison at `level` per cent."""
    found = {(row["code"], row["period"]): row for row in series.rows.to_dicts()}
    periods = sorted({period for _, period in found}, key=lambda key: period_of(key).recency, reverse=True)
    verdicts = _verdicts(reader, series, periods, level) if len(periods) <= _MOST_JUDGED else {}
    codes = [*(code for code in catalogue().region_codes if any((code, key) in found for key in periods)), NATION]
    rows = tuple(
        Row(
            catalogue().regions[code].short_name,
            "" if code == NATION else reader.link("profile", region=code),
            _line(series, code, reader.language),
            tuple(
                _figure(reader, series.indicator, found.get((code, key)), verdicts.get((code, key))) for key in periods
            ),
        )
        for code in codes
    )
    every = [cell.verdict for row in rows for cell in row.cells if cell.verdict]
    return Table(
        tuple(period_label(key, reader.language) for key in periods),
        rows,
        any(one.judgement != "not_assessable" for one in every),
        any(one.assumed for one in every),
    )


def _line(series: TimeSeries, code: str, language: str) -> Line:
    name = catalogue().regions[code].short_name
    return line_of(series, code, text("overview.line", language, name=name) if code != NATION else name)


def _verdicts(
    reader: Reader, series: TimeSeries, periods: list[str], level: float
) -> dict[tuple[str, str], tuple[Verdict, str]]:
    told = {}
    for key in periods:
        comparison = compare_regions(reader.store, series.indicator.id, key, level=level, as_of=reader.as_of)
        for code in comparison.rows["code"]:
            if code != NATION:
                cell = cell_of(comparison, code, reader)
                told[code, key] = (cell.verdict, cell.said)
    return told


def _figure(
    reader: Reader, indicator: Indicator, row: Mapping[str, Any] | None, told: tuple[Verdict, str] | None
) -> Figure:
    if row is None:
        return Figure("–", "", None, "")
    parts = [shown_value(dict(row), indicator, reader.language)]
    if row["value"] is not None and row["base_n"] is not None:
        parts.append(f"(n {format_number(row['base_n'], 0, reader.language)})")
    shown = "\N{NO-BREAK SPACE}".join([*parts, *([row["flags"]] if row["flags"] else [])])
    return Figure(shown, reader.figure(row), told[0] if told else None, told[1] if told else "")
