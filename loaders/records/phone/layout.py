"""The layout `phone_profile`: a weekday's or an hour's column beside phone indicators; every fault at once."""

from typing import Any, Final

import polars as pl

from analysis.moments import today_in_sweden
from analysis.records import schema_of
from indicators import Catalogue, catalogue
from loaders.checks.scale import check_scale
from loaders.problems import WARNING, Ignored
from loaders.records.phone.findings import Findings
from loaders.records.phone.heads import Table, is_profile, tables_of
from loaders.records.phone.keys import Key, Row
from loaders.records.phone.values import figures_of_row
from loaders.records.reading import RecordLayout, RecordReading
from loaders.tables.addresses import cell, cell_range
from loaders.tables.document import ROW, Document, Sheet
from models import Store

_NAMING: Final = ("region", "region_code", "period", "weekday", "hour")
_KIND: Final = "phone_profile"


def _recognise(document: Document) -> bool:
    return is_profile(document, catalogue())


def _read(document: Document, known: Catalogue, _store: Store | None) -> RecordReading:
    findings = Findings(known)
    rows: list[dict[str, Any]] = []
    seen: dict[tuple[object, ...], str] = {}
    for sheet, table in tables_of(document, known):
        if table is None:
            last = int(sheet.cells[ROW].max() or 1)  # type: ignore[arg-type]
            findings.ignored.append(Ignored(sheet.name, cell_range(1, last, 1, max(sheet.width, 1)), "other_sheet"))
            findings.say("sheet_not_read", sheet.name, severity=WARNING)
            continue
        _tell_columns(table, findings)
        rows += _rows(table, findings, seen)
    figures = pl.DataFrame(rows, schema=schema_of(_KIND), orient="row")
    units = {indicator: known.indicators[indicator].unit for indicator in figures["indicator"].unique()}
    check_scale(figures.with_columns(of_unit=pl.col("indicator").replace(units)), findings)
    findings.finish()
    records = {_KIND: figures} if rows else {}
    return RecordReading(records, tuple(findings.problems), tuple(findings.ignored), document.says_synthetic)


def _tell_columns(table: Table, findings: Findings) -> None:
    """Above the table nothing is read; a column nobody knows is to be confirmed; of two alike, neither is guessed."""
    sheet, width = table.sheet, max(table.sheet.width, 1)
    above = [row for row, texts in sheet.top(table.header) if row < table.header and any(texts)]
    findings.ignored += [Ignored(sheet.name, cell_range(row, row, 1, width), "above_header") for row in above]
    last = int(sheet.cells[ROW].max() or table.header)  # type: ignore[arg-type]
    headers = dict(sheet.top(table.header)).get(table.header, [])
    left = {table.columns[role] for role in table.columns if role not in _NAMING}
    for col in sorted({*left, *table.unused}):
        place = cell_range(table.header, last, col, col)
        findings.ignored.append(Ignored(sheet.name, place, "unknown_column", {"header": headers[col - 1]}))
        if col in table.unused:
            findings.say("column_not_read", sheet.name, cell(table.header, col), table.unused[col], severity=WARNING)
    for col in table.twice:
        findings.say("column_twice", sheet.name, cell(table.header, col), headers[col - 1])


def _rows(table: Table, findings: Findings, seen: dict[tuple[object, ...], str]) -> list[dict[str, Any]]:
    """The records of a table's rows. `seen`: what has been told of already, and where."""
    today = today_in_sweden()
    found = []
    for number, texts in _body(table):
        if not any(texts[col - 1] for col in table.measures):
            _no_figure(table, number, texts, findings)
            continue
        told = {role: _text(table, texts, role) for role in _NAMING}
        key = Row(table, number, told, findings, today).key()
        figures = figures_of_row(table, number, texts, findings)
        if key is None:
            continue
        if key.whole:
            findings.ignored.append(_whole_row(table, number, "phone_whole"))
            continue
        if _is_repeated(key, table, number, findings, seen):
            continue
        found += [_record(key, table.sheet, number, figure) for figure in figures]
    return found


def _body(table: Table) -> list[tuple[int, list[str]]]:
    """(row, texts) below the header; a merged cell that names its rows names each of them."""
    cells = table.sheet.cells.filter(pl.col(ROW) > table.header)
    rows = {row: [(text or "").strip() for text in texts] for row, *texts in cells.iter_rows()}
    naming = {table.columns[role] for role in _NAMING if role in table.columns}
    for top, bottom, left, _ in table.sheet.merged:
        if left in naming and top in rows:
            for row in range(top, bottom + 1):
                if row in rows:
                    rows[row][left - 1] = rows[top][left - 1]
    return list(rows.items())


def _text(table: Table, texts: list[str], role: str) -> str:
    printed = texts[table.columns[role] - 1] if role in table.columns else ""
    return printed or table.constants.get(role, "")


def _no_figure(table: Table, number: int, texts: list[str], findings: Findings) -> None:
    if any(texts):
        findings.ignored.append(_whole_row(table, number, "no_figure"))


def _whole_row(table: Table, number: int, why: str) -> Ignored:
    return Ignored(table.sheet.name, cell_range(number, number, 1, max(table.sheet.width, 1)), why)


def _is_repeated(key: Key, table: Table, number: int, findings: Findings, seen: dict[tuple[object, ...], str]) -> bool:
    """Whether a row before this one speaks of the same region, period, weekday and hour, which is an error."""
    named = (key.region, key.period.key, key.weekday, key.hour)
    place = cell(number, next(iter(table.measures)))
    if named not in seen:
        seen[named] = f"{table.sheet.name} {place}".strip()
        return False
    region = findings.known.regions[key.region].name
    findings.say("profile_twice", table.sheet.name, place, region, first=seen[named])
    return True


def _record(key: Key, sheet: Sheet, number: int, figure: Any) -> dict[str, Any]:
    period = key.period
    return {
        "sheet": sheet.name,
        "row": number,
        "col": figure.col,
        "path": "",
        "indicator": figure.indicator,
        "region": key.region,
        "period": period.key,
        "period_start": period.start,
        "period_end": period.end,
        "period_kind": period.kind,
        "weekday": key.weekday,
        "hour": key.hour,
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "printed": figure.printed,
    }


LAYOUT: Final = RecordLayout(recognise=_recognise, read=_read)
