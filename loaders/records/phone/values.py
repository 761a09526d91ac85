"""A row's figures: each phone indicator's value with its numerator and denominator, judged."""

from dataclasses import dataclass
from typing import Final

from indicators import tidy_name
from loaders.problems import WARNING, Ignored
from loaders.records.phone.findings import Findings
from loaders.records.phone.heads import Table
from loaders.records.phone.words import DENOMINATOR, NUMERATOR, VALUE, Measure
from loaders.tables.addresses import cell
from loaders.tables.numbers import parse_number, parse_value

_EXACT: Final = 1e-9
_NOT_GIVEN: Final = frozenset({"-", "–", ".", "..", "unk", "msk", "saknas", "uppgift saknas"})
_COUNTED: Final = {"calls_share_answered": ("calls_answered", "calls_offered")}
"""Share → the columns beside it that are its numerator and denominator, where none is given as such."""


@dataclass(frozen=True)
class Figure:
    """One indicator's figure of a row. `col`: where its value stands."""

    indicator: str
    col: int
    printed: str
    value: float
    numerator: float | None
    denominator: float | None


def figures_of_row(table: Table, row: int, texts: list[str], findings: Findings) -> list[Figure]:
    """The figures of a row's cells; an empty cell gives none, a sign for "not given" is listed, a fault is told."""
    read = {measure: _read(table, row, col, measure, texts, findings) for col, measure in table.measures.items()}
    places = {measure: col for col, measure in table.measures.items()}
    found = []
    for measure, value in read.items():
        if measure.part != VALUE or value is None:
            continue
        numerator, denominator = (_part(read, measure.indicator, part) for part in (NUMERATOR, DENOMINATOR))
        printed = texts[places[measure] - 1]
        figure = Figure(measure.indicator, places[measure], printed, value, numerator, denominator)
        _check_share(figure, table, row, findings)
        found.append(figure)
    _check_calls(found, table, row, findings)
    return found


def _check_calls(found: list[Figure], table: Table, row: int, findings: Findings) -> None:
    """Warns of more calls answered and abandoned than came in, which a queue across the hour can explain."""
    calls = {each.indicator: each for each in found}
    parts = [calls[each] for each in ("calls_answered", "calls_abandoned") if each in calls]
    offered = calls.get("calls_offered")
    told = sum(each.value for each in parts)
    if offered and parts and told > offered.value:
        text = f"{told:.0f} / {offered.value:.0f}"
        findings.say("calls_above_offered", table.sheet.name, cell(row, parts[0].col), text, severity=WARNING)


def _part(read: dict[Measure, float | None], indicator: str, part: str) -> float | None:
    own = Measure(indicator, part)
    if own in read:
        return read[own]
    beside = _COUNTED.get(indicator)
    return read.get(Measure(beside[part == DENOMINATOR], VALUE)) if beside else None


def _read(table: Table, row: int, col: int, measure: Measure, texts: list[str], findings: Findings) -> float | None:
    printed, sheet, place = texts[col - 1], table.sheet.name, cell(row, col)
    if not printed:
        return None
    if tidy_name(printed) in _NOT_GIVEN:
        findings.ignored.append(Ignored(sheet, place, "phone_not_given"))
        return None
    unit = findings.known.indicators[measure.indicator].unit if measure.part == VALUE else "count"
    value, fault = parse_value(printed, unit) if measure.part == VALUE else (parse_number(printed), "")
    if value is None:
        variant = "hours_minutes" if fault == "hours_minutes" else f"not_a_number_{unit}"
        findings.say("not_a_number", sheet, place, printed, variant=variant, indicator=measure.indicator)
        return None
    if value < 0 or (unit == "percent" and value > 100):
        variant = "out_of_range_percent" if unit == "percent" else ""
        findings.say("out_of_range", sheet, place, printed, variant=variant, indicator=measure.indicator)
        return None
    if unit == "count" and value != int(value):
        findings.say("not_whole", sheet, place, printed, indicator=measure.indicator)
        return None
    return value


def _check_share(figure: Figure, table: Table, row: int, findings: Findings) -> None:
    """A part is at most its whole; a share that is not their quotient, beyond its rounding, is to be confirmed."""
    if figure.numerator is None or figure.denominator is None:
        return
    place, found = cell(row, figure.col), f"{figure.numerator:.0f} / {figure.denominator:.0f}"
    if figure.numerator > figure.denominator:
        findings.say("part_above_whole", table.sheet.name, place, found, indicator=figure.indicator)
        return
    share = 100 * figure.numerator / figure.denominator if figure.denominator else figure.value
    if abs(share - figure.value) > _half_of_last_decimal(figure.value):
        findings.say(
            "share_disagrees",
            table.sheet.name,
            place,
            figure.printed,
            severity=WARNING,
            indicator=figure.indicator,
            counts=found,
        )


def _half_of_last_decimal(value: float) -> float:
    """83.3 stands for anything from 83.25 to 83.35, 83 for 82.5 to 83.5."""
    decimals = next((count for count in range(3) if abs(value - round(value, count)) < _EXACT), 3)
    return 0.5 * 10.0**-decimals + _EXACT
