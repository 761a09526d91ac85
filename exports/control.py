"""The sheet *Kontroll*: formulas that compute anew, from the file's own cells, what the file says, and tell whether the
two agree. Whoever changes a cell sees it there."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import polars as pl
from openpyxl.utils import get_column_letter, quote_sheetname

from analysis import Comparison
from exports.sheets import Sheet
from exports.tables import header_of
from indicators import NATION, Indicator, catalogue
from locales import text

_EXACT: Final = 1e-6
"""How far two numbers may differ that are the same but for how a computer counts."""
_COLUMNS: Final = ("what", "about", "computed", "stated", "tolerance", "outcome", "why")
_FORMULAS: Final = ("computed", "stated", "tolerance", "outcome")


class Check(NamedTuple):
    """What is computed anew, of what, as a formula; what the file states (a cell, or a number), how far they may
    differ, and why so far (a key of `exports.control`)."""

    what: str
    about: str
    computed: str
    stated: str
    tolerance: float
    why: str


class _Cells:
    """Where the figures of a comparison stand in a sheet: from row `first`, counted from 0, and so many rows on."""

    def __init__(self, sheet: Sheet, first: int, height: int, indicator: Indicator | None, language: str) -> None:
        self._sheet, self._first, self.height = sheet, first, height
        self._indicator, self._language = indicator, language

    def of(self, name: str, row: int) -> str:
        return f"{self._column(name)}{self._first + row + 2}"

    def all_of(self, name: str) -> str:
        letters = self._column(name).rpartition("!")[2]
        return f"{self.of(name, 0)}:{letters}{self._first + self.height + 1}"

    def words(self, name: str) -> list[str]:
        return self._sheet.frame[self._header(name)].slice(self._first, self.height).to_list()

    def _column(self, name: str) -> str:
        letters = get_column_letter(self._sheet.frame.get_column_index(self._header(name)) + 1)
        return f"{quote_sheetname(self._sheet.title)}!{letters}"

    def _header(self, name: str) -> str:
        return header_of(name, self._indicator, self._language)


def comparisons_control(comparisons: Sequence[Comparison], basis: Sheet, reading: Sheet, language: str) -> Sheet:
    """Every difference to the benchmark, every share of a complete count, the sums and the numbers of comparisons whose
    rows stand under one another in `basis`, and how many rows `reading` has of them."""
    alone = header_of("indicator", None, language) not in basis.frame.columns  # its values' header then names the unit
    checks: list[Check] = []
    first = 0
    for one in comparisons:
        cells = _Cells(basis, first, one.rows.height, one.indicator if alone else None, language)
        for make in (_differences, _shares, _sums, _judged):
            checks += make(one, cells, language) if one.rows.height else ()
        first += one.rows.height
    if reading.frame.height:
        rows = f"=ROWS({quote_sheetname(reading.title)}!A2:A{reading.frame.height + 1})"
        checks.append(_count(text("exports.control.rows", language), reading.title, rows, first))
    return control_sheet(checks, language)


def figures_control(rows: pl.DataFrame, basis: Sheet, language: str) -> Sheet:
    """How many figures the file has, of each indicator, and of how many there is no value."""
    if rows.is_empty():
        return control_sheet([], language)
    cells, known = _Cells(basis, 0, rows.height, None, language), catalogue().indicators
    said = {name: text(f"exports.control.{name}", language) for name in ("figures", "without", "rows")}
    column = cells.all_of("indicator")
    checks = [
        _count(said["figures"], known[one].title.in_language(language), f'=COUNTIF({column},"{one}")', held)
        for one, held in rows.group_by("indicator", maintain_order=True).len().iter_rows()
    ]
    none = f"=COUNTBLANK({cells.all_of('value')})"
    checks.append(_count(said["without"], basis.title, none, rows["value"].null_count()))
    checks.append(_count(said["rows"], basis.title, f"=ROWS({column})", rows.height))
    return control_sheet(checks, language)


def shares_control(sheets: Sequence[Sheet], language: str, *, share: str, numerator: str, denominator: str) -> Sheet:
    """Every share (per cent) in these sheets, by the headers of its column and of what it is made of."""
    every = [one for sheet in sheets for one in share_checks(sheet, language, of=(share, numerator, denominator))]
    return control_sheet(every, language)


def share_checks(sheet: Sheet, language: str, *, of: tuple[str, str, str]) -> Iterator[Check]:
    """Every share (per cent) of a sheet; `of`: the headers of the share, and of what it is made of."""
    share, numerator, denominator = of
    for at, row in enumerate(sheet.frame.iter_rows(named=True), start=2):
        if row[share] is not None and row[numerator] is not None and row[denominator]:
            made = f"=100*{_cell(sheet, numerator, at)}/{_cell(sheet, denominator, at)}"
            what = text("exports.control.share", language)
            yield Check(what, _named(sheet, row), made, f"={_cell(sheet, share, at)}", _EXACT, "exact")


def change_checks(sheet: Sheet, language: str, *, of: tuple[str, str, str], indicator: str) -> Iterator[Check]:
    """Every difference of a sheet between a later and an earlier value; `of`: the headers of the three, `indicator`:
    the header of whose they are."""
    difference, later, earlier = of
    for at, row in enumerate(sheet.frame.iter_rows(named=True), start=2):
        if None not in (row[difference], row[later], row[earlier]):
            rounded = abs(row[later] - row[earlier] - row[difference]) > _EXACT
            yield Check(
                text("exports.control.change", language),
                _named(sheet, row),
                f"={_cell(sheet, later, at)}-{_cell(sheet, earlier, at)}",
                f"={_cell(sheet, difference, at)}",
                2 * _half(catalogue().indicators[row[indicator]]) if rounded else _EXACT,
                "rounded" if rounded else "exact",
            )


def word_checks(sheet: Sheet, header: str, language: str) -> Iterator[Check]:
    """How many rows have each word of a column of our own words."""
    words = sheet.frame[header].to_list()
    for word in dict.fromkeys(filter(None, words)):
        what = text("exports.control.worded", language, column=header, word=word)
        yield _count(what, sheet.title, tally(sheet, {header: quoted(word)}), words.count(word))


def row_check(sheet: Sheet, language: str) -> Check:
    """How many rows a sheet has."""
    made = f"=ROWS({_column(sheet, sheet.frame.columns[0])})" if sheet.frame.height else "=0"
    return _count(text("exports.control.rows", language), sheet.title, made, sheet.frame.height)


def tally_check(what: str, about: str, computed: str, stated: str) -> Check:
    """A count (`tally`) that a cell of another sheet states (`cell_of`)."""
    return Check(what, about, computed, f"={stated}", 0, "counted")


def tally(sheet: Sheet, equal: Mapping[str, str]) -> str:
    """The formula that counts a sheet's rows whose columns, by header, equal these cells or quoted words: letter for
    letter, where COUNTIF would read `*` and `<` in them."""
    if not sheet.frame.height:
        return "=0"
    return f"=SUMPRODUCT({'*'.join(f'({_column(sheet, header)}={one})' for header, one in equal.items())}*1)"


def quoted(word: str) -> str:
    """A word in a formula."""
    doubled = word.replace('"', '""')
    return f'"{doubled}"'


def cell_of(sheet: Sheet, header: str, row: int) -> str:
    """Where a row (from 0) of a column stands."""
    return _cell(sheet, header, row + 2)


def _cell(sheet: Sheet, header: str, at: int) -> str:
    letters = get_column_letter(sheet.frame.get_column_index(header) + 1)
    return f"{quote_sheetname(sheet.title)}!{letters}{at}"


def _column(sheet: Sheet, header: str) -> str:
    first = _cell(sheet, header, 2)
    return f"{first}:{first.rpartition('!')[2].rstrip('0123456789')}{sheet.frame.height + 1}"


def _named(sheet: Sheet, row: Mapping[str, Any]) -> str:
    return f"{sheet.title}: {row[sheet.frame.columns[0]]}"


def _differences(one: Comparison, cells: _Cells, language: str) -> Iterator[Check]:
    """Value less the benchmark's: where that is riket, less what stands in riket's own row."""
    rows = one.rows.to_dicts()
    nation = next((at for at, row in enumerate(rows) if row["code"] == NATION and row["value"] is not None), None)
    for at, row in enumerate(rows):
        if row["difference"] is None or row["value"] is None:
            continue
        counted, against = [row], cells.of("benchmark_value", at)
        if one.benchmark == "riket" and nation is not None:
            counted, against = [row, rows[nation]], cells.of("value", nation)
        rounded = sum(map(_is_rounded, counted)) * _half(one.indicator)
        yield Check(
            text("exports.control.difference", language),
            _about(one, row, language),
            f"={cells.of('value', at)}-{against}",
            f"={cells.of('difference', at)}",
            rounded or _EXACT,
            "rounded" if rounded else "exact",
        )


def _shares(one: Comparison, cells: _Cells, language: str) -> Iterator[Check]:
    """Of a complete count: numerator by denominator is the printed share, rounded as the publisher has."""
    if one.indicator.data != "complete_count":
        return
    for at, row in enumerate(one.rows.to_dicts()):
        if row["value"] is not None and row["numerator"] is not None and row["denominator"]:
            yield Check(
                text("exports.control.share", language),
                _about(one, row, language),
                f"=100*{cells.of('numerator', at)}/{cells.of('denominator', at)}",
                f"={cells.of('value', at)}",
                _half(one.indicator),
                "rounded",
            )


def _sums(one: Comparison, cells: _Cells, language: str) -> Iterator[Check]:
    """The sum of what can be summed: numbers of things, and what shares are made of."""
    for name in (*(("value",) if one.indicator.unit == "count" else ()), "numerator", "denominator"):
        if one.rows[name].count():
            what = text("exports.control.sum", language, column=header_of(name, None, language))
            total = repr(float(one.rows[name].sum()))
            yield Check(what, _title(one, language), f"=SUM({cells.all_of(name)})", total, _EXACT, "exact")


def _judged(one: Comparison, cells: _Cells, language: str) -> Iterator[Check]:
    """How many regions have each judgement, and how many no value."""
    title, words = _title(one, language), cells.words("judgement")
    for word in dict.fromkeys(filter(None, words)):
        what = text("exports.control.judged", language, word=word)
        yield _count(what, title, f'=COUNTIF({cells.all_of("judgement")},"{word}")', words.count(word))
    none = f"=COUNTBLANK({cells.all_of('value')})"
    yield _count(text("exports.control.without", language), title, none, one.rows["value"].null_count())


def _count(what: str, about: str, computed: str, stated: int) -> Check:
    return Check(what, about, computed, str(stated), 0, "counted")


def _is_rounded(row: Mapping[str, Any]) -> bool:
    """Whether the difference is counted on a share with more decimals than the publisher prints."""
    return row["share"] is not None and abs(row["share"] * 100 - row["value"]) > _EXACT


def _half(indicator: Indicator) -> float:
    """Half a unit of the last decimal that is printed."""
    return float(0.5 * 10.0**-indicator.decimals + _EXACT)


def _title(one: Comparison, language: str) -> str:
    return one.indicator.short_title.in_language(language)


def _about(one: Comparison, row: Mapping[str, Any], language: str) -> str:
    return f"{_title(one, language)}: {catalogue().regions[row['code']].short_name}"


def control_sheet(checks: Sequence[Check], language: str) -> Sheet:
    """A row per check; the first says whether all of them hold."""
    ok, off = (text(f"exports.control.{name}", language) for name in ("ok", "off"))
    held = f'=COUNTIF(F3:F{len(checks) + 2},"{ok}")' if checks else "0"
    every = [_count(text("exports.control.all", language), "", held, len(checks)), *checks]
    rows = [
        (
            *check[:4],
            str(check.tolerance),
            f'=IFERROR(IF(ABS(C{at}-D{at})<=E{at},"{ok}","{off}"),"{off}")',
            text(f"exports.control.{check.why}", language),
        )
        for at, check in enumerate(every, start=2)
    ]
    heads = {name: text(f"exports.control.columns.{name}", language) for name in _COLUMNS}
    frame = pl.DataFrame(rows, schema=dict.fromkeys(heads.values(), pl.String), orient="row")
    formulas = frozenset(heads[name] for name in _FORMULAS)
    kinds = ["0" if check.why == "counted" else "0.0000" for check in every]
    formats = {heads[name]: kinds for name in ("computed", "stated")}
    return Sheet(text("exports.sheets.control", language), frame, formats, frozen="C2", formulas=formulas)
