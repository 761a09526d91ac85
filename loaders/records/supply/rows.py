"""A table's rows, each with what it says of its unit; rows that say nothing of any are listed as ignored."""

from typing import Final

import polars as pl

from indicators import Catalogue
from loaders.problems import ERROR, WARNING, Ignored
from loaders.records.supply.findings import Findings
from loaders.records.supply.plan import OF_ROWS, Plan, body_of
from loaders.records.supply.words import is_sum, role_of
from loaders.tables.addresses import cell, cell_range, rectangles, runs
from loaders.tables.document import ROW
from loaders.tables.hsa import HSA_ID
from loaders.tables.overflow import rows_too_long


def rows_of_units(plan: Plan, findings: Findings) -> pl.DataFrame:
    """Columns sheet, row, every role of OF_ROWS as text ("" where nothing says it), and c1 … cN."""
    body = body_of(plan)
    sheet, width, headers = plan.sheet.name, plan.sheet.width, plan.header_texts
    filled = pl.sum_horizontal((pl.col(name) != "").cast(pl.UInt32) for name in plan.sheet.texts)
    body = body.with_columns(filled.alias("filled")).filter(pl.col("filled") > 0)
    above = plan.sheet.cells.filter(pl.col(ROW) < plan.header)
    _list(findings, sheet, _written(above, plan.sheet.texts), width, "above_header")
    if plan.last:
        _list(
            findings,
            sheet,
            _written(plan.sheet.cells.filter(pl.col(ROW) > plan.last), plan.sheet.texts),
            width,
            "no_figure",
        )
    again = body.select(pl.any_horizontal(pl.lit(False), *(_same(plan, texts) for texts in headers))).to_series()
    _list(findings, sheet, body.filter(again)[ROW], width, "repeated_header")
    body = body.filter(~again)
    notes = body.select(_notes(plan, body, findings.known)).to_series()
    _list(findings, sheet, body.filter(notes)[ROW], width, "no_figure")
    body = body.filter(~notes)
    labels = ["".join(texts) for texts in zip(*headers, strict=True)] if headers else [""] * width
    findings.problems += rows_too_long(plan.sheet, labels, range(plan.header, plan.first), body) if headers else []
    _unused(plan, body, findings)
    return body.with_columns(pl.lit(sheet).alias("sheet"), *(_role(plan, role) for role in OF_ROWS)).drop("filled")


def _role(plan: Plan, role: str) -> pl.Expr:
    if role not in plan.columns:
        constant = plan.constants.get(role)
        return pl.lit(constant.text if constant else "").alias(role)
    printed = pl.col(f"c{plan.columns[role]}")
    if role in plan.constants:
        printed = pl.when(printed == "").then(pl.lit(plan.constants[role].text)).otherwise(printed)
    return printed.alias(role)


def _same(plan: Plan, texts: list[str]) -> pl.Expr:
    """Whether a row is the header over again."""
    return pl.all_horizontal(pl.col(name) == text for name, text in zip(plan.sheet.texts, texts, strict=True))


def _notes(plan: Plan, body: pl.DataFrame, known: Catalogue) -> pl.Expr:
    """Which rows are footnotes (one cell alone) or sums (a row labelled so, or called as a region), and have no
    HSA-id."""
    naming = [f"c{plan.columns[role]}" for role in ("unit", "name") if role in plan.columns]
    sums = {name: [text for text in body[name].unique() if text and is_sum(text)] for name in {"c1", *naming}}
    if "name" in plan.columns:
        called = f"c{plan.columns['name']}"
        sums[called] += [text for text in body[called].unique() if known.region_named(text)]
    labelled = pl.any_horizontal(pl.col(name).is_in(texts) for name, texts in sums.items())
    ids = [pl.col(name).str.to_uppercase().str.contains(f"^{HSA_ID.pattern}$") for name in naming]
    units = pl.any_horizontal(pl.lit(False), *ids)
    return ((pl.col("filled") == 1) | labelled) & ~units


def _written(rows: pl.DataFrame, texts: list[str]) -> pl.Series:
    """The numbers of the rows with any text."""
    filled = pl.any_horizontal(pl.col(name).str.strip_chars().fill_null("") != "" for name in texts)
    return rows.filter(filled)[ROW]


def _list(findings: Findings, sheet: str, rows: pl.Series, width: int, key: str) -> None:
    findings.ignored += [Ignored(sheet, cell_range(first, last, 1, width), key) for first, last in runs(rows)]


_QUIET: Final = ("comment", "status", "cases")
_ONE_EACH: Final = ("unit", "service", "status", "cases", "period")
"""Roles of which a second column would say something else: a year beside a month, two dates of the status."""


def _unused(plan: Plan, body: pl.DataFrame, findings: Findings) -> None:
    """Columns that are not read, where a cell has something in it."""
    left = dict(plan.unused)
    if plan.shape != "long":
        left |= {plan.columns[role]: role for role in _QUIET if role in plan.columns}
    every = plan.header_texts
    for col, header in plan.unused.items():
        role = role_of(header)
        if role in _ONE_EACH and role in plan.columns:
            findings.say(ERROR, "column_twice", plan.sheet.name, cell(plan.first - 1, col), header)
    for col in left:
        header = " ".join(dict.fromkeys(texts[col - 1] for texts in every if texts[col - 1]))
        rows = body.filter(pl.col(f"c{col}") != "")[ROW]
        for place in rectangles((int(row), col) for row in rows):
            findings.ignored.append(Ignored(plan.sheet.name, place, "unknown_column", {"header": header}))


def leave_column(plan: Plan, body: pl.DataFrame, col: int, header: str, findings: Findings) -> None:
    """A column that says nothing the file's readers know: listed, and to be confirmed."""
    rows = body.filter(pl.col(f"c{col}") != "")[ROW]
    if rows.is_empty():
        return
    places = rectangles((int(row), col) for row in rows)
    findings.ignored += [Ignored(plan.sheet.name, place, "unknown_column", {"header": header}) for place in places]
    findings.say(WARNING, "column_not_read", plan.sheet.name, places[0].split(":")[0], header)
