"""Which figures must not be shown, because too few people stand behind them? (methods.md §6)

A survey estimate of fewer than 10 answers is hidden (flag `s`), one of 10–29 is marked as unsure (`u`). A hidden figure
must not be computable from what is left, so others may have to be hidden with it (protection.py): a total is the sum of
its parts (sums.py), and any part is the total minus the rest.

The whole table of an indicator goes in at once, all periods, sexes and care units: what is hidden must not depend on
what a page or a file happens to show, or two outputs together would tell what each hides. Changes between periods are
computed from the frame that comes out, so a change column never holds a hidden figure. Real and synthetic rows add up
to nothing together, and are suppressed each for itself. What other moments may show: analysis/secrecy.py.

Source: reliability.md §3 (the thresholds are this project's; no public source fixes a national limit); Cox 1980,
"Suppression methodology and statistical disclosure control", JASA 75: 377–385, for complementary suppression.
"""

from dataclasses import dataclass
from math import inf
from typing import Final

import numpy as np
import polars as pl

from analysis.methods.flags import add_flag, has_flag, with_flag
from analysis.methods.protection import protected
from analysis.methods.sums import ALL_AGES, Cell, Place, Sum, family_of, sums_of
from indicators import catalogue

HIDE_BELOW: Final = 10
MARK_BELOW: Final = 30

# Everything that tells a hidden figure, or the number of people behind it.
_TABLE: Final = ["indicator", "synthetic", "family"]
_TELLING: Final = ("value", "printed", "share", "numerator", "denominator", "base_n", "n_eff", "ci_low", "ci_high")


@dataclass(frozen=True)
class Shown:
    """What a reader sees already: figures before suppression, and which of them are hidden."""

    frame: pl.DataFrame
    hidden: pl.Series


def hidden_rows(frame: pl.DataFrame, *, hide_below: int = HIDE_BELOW, beside: Shown | None = None) -> pl.Series:
    """Which rows of `suppress` are hidden."""
    few = pl.col("value").is_not_null() & (pl.col("base_n") < hide_below).fill_null(False)
    hidden = frame.select(few | has_flag(pl.col("flags"), "s")).to_series()
    if hidden.any() or (beside is not None and beside.hidden.any()):
        return _with_secondary(frame, hidden, beside)
    return hidden


def suppress(
    frame: pl.DataFrame, *, hide_below: int = HIDE_BELOW, mark_below: int = MARK_BELOW, beside: Shown | None = None
) -> pl.DataFrame:
    """The frame with small numbers hidden or marked; same rows, same order, same columns.

    Columns read: `code` (or `region`, where there is no `code`) with "00" for the nation, `period`, `sex` (T, K, M),
    `base_n`, `value`, `flags`, `reason`; optional `care_unit` (null or "" for the region itself), `indicator`, `age`,
    `numerator`, `denominator`, `synthetic` (else flag `x`). Values in any unit. A hidden row loses its value, counts
    and interval, gets flag `s`, reason "suppressed" and, where there is an `evidence` column, evidence "none". Rows
    that already are `s` stay so: doing it twice changes nothing.

    A row without `base_n` is no survey estimate of known size and is not hidden for its own sake. Secondary: within
    every sum (regions to the nation, women and men to both, care units to their region, ages to all, months to
    quarters to years) a single hidden figure takes the next smallest with it, or the total where nothing else is left,
    until none can be computed from the others. `beside`: what is shown already; then nothing hidden in either can be
    computed from both, and what is hidden there is hidden here.

    Errors: ValueError where a region, unit, sex, age and period occurs twice.

    >>> frame = pl.DataFrame({
    ...     "region": ["01", "03", "04", "00"], "period": ["2022"] * 4, "sex": ["T"] * 4, "base_n": [7, 25, 400, 432],
    ...     "value": [57.1, 60.0, 61.0, 60.9], "numerator": [4, 15, 244, 263], "denominator": [7, 25, 400, 432],
    ...     "ci_low": [25.0, 40.7, 56.1, 56.2], "ci_high": [84.2, 76.6, 65.7, 65.4], "flags": [""] * 4,
    ...     "reason": [""] * 4,
    ... })
    >>> suppress(frame).select("region", "value", "base_n", "flags", "reason").rows()  # 03 goes with 01
    [('01', None, None, 's', 'suppressed'), ('03', None, None, 's', 'suppressed'), ('04', 61.0, 400, '', ''), \
('00', 60.9, 432, '', '')]
    """
    hidden = hidden_rows(frame, hide_below=hide_below, beside=beside)
    unsure = pl.col("value").is_not_null() & (pl.col("base_n") < mark_below)
    marked = frame.with_columns(flags=with_flag(pl.col("flags"), "u", when=unsure & ~pl.lit(hidden)))
    return without(marked, hidden)


def without(frame: pl.DataFrame, hidden: pl.Series) -> pl.DataFrame:
    """The frame with these rows hidden: no value, counts or interval, flag `s` and the reason."""
    gone = pl.lit(hidden)
    blank = [pl.when(gone).then(None).otherwise(pl.col(name)).alias(name) for name in _TELLING if name in frame]
    said = {"reason": "suppressed", "evidence": "none"}
    words = [
        pl.when(gone).then(pl.lit(word)).otherwise(pl.col(name)).alias(name)
        for name, word in said.items()
        if name in frame
    ]
    flags = pl.when(gone).then(add_flag(pl.col("flags"), "s")).otherwise(pl.col("flags"))
    return frame.with_columns(*blank, *words, flags=flags)


def _with_secondary(frame: pl.DataFrame, hidden: pl.Series, beside: Shown | None) -> pl.Series:
    """The hidden rows, and those that must be hidden with them."""
    rows = _placed(frame, hidden)
    others = _placed(beside.frame, beside.hidden) if beside else rows.clear()
    answer = np.zeros(frame.height, dtype=np.bool_)
    # Sums do not cross tables, so a table with nothing hidden needs no work.
    small = pl.concat([rows, others]).filter("hidden").select(_TABLE).unique()
    for table in small.iter_rows(named=True):
        now, half_years = rows.filter(**table), half_years_add_up(table["indicator"])
        cells = _cells(now, later=True)
        sums = sums_of(cells, half_years=half_years)
        gone = {place for place, cell in cells.items() if cell.hidden}
        if beside:
            answer[_beside(cells, sums, gone, _cells(others.filter(**table), later=False), half_years)] = True
        else:
            answer[[cells[place].row for place in protected(sums, cells, gone)]] = True
    return pl.Series(answer)


def _beside(
    cells: dict[Place, Cell], sums: list[Sum], gone: set[Place], today: dict[Place, Cell], half_years: bool
) -> list[int]:
    """The rows to hide beside what is shown already, `today`. A figure that is the same in both is one figure; one
    that is hidden today stays hidden, whatever it becomes."""
    same = {}
    for place, cell in cells.items():
        then = place._replace(later=False)
        before = today.get(then)
        if before and before.told == cell.told:
            same[place] = then
        elif before and before.hidden:
            gone.add(place)
    joined = [Sum(same.get(one.total, one.total), tuple(same.get(p, p) for p in one.members)) for one in sums]
    every = {**{place: cell for place, cell in cells.items() if place not in same}, **today}
    before_hidden = {place for place, cell in today.items() if cell.hidden}
    own = {place for place in gone if place not in same}
    found = protected([*sums_of(today, half_years=half_years), *joined], every, own | before_hidden, fixed=today.keys())
    return [cell.row for place, cell in cells.items() if same.get(place, place) in found or place in gone]


def _placed(frame: pl.DataFrame, hidden: pl.Series) -> pl.DataFrame:
    """The rows with their places, tables and numbers, under names of our own."""
    names = frame.columns

    def given(name: str, otherwise: pl.Expr) -> pl.Expr:
        return pl.col(name).fill_null("") if name in names else otherwise

    def number(name: str) -> pl.Expr:
        return pl.col(name).cast(pl.Float64) if name in names else pl.lit(None, pl.Float64)

    made_up = pl.col("synthetic") if "synthetic" in names else has_flag(pl.col("flags"), "x")
    rows = frame.select(
        indicator=given("indicator", pl.lit("")),
        synthetic=made_up,
        region=pl.col("code" if "code" in names else "region"),
        unit=given("care_unit", pl.lit("")),
        sex="sex",
        age=given("age", pl.lit(ALL_AGES)),
        period="period",
        value=number("value"),
        numerator=number("numerator"),
        denominator=number("denominator"),
        base=number("base_n"),
        secret=pl.col("value").is_null() & has_flag(pl.col("flags"), "c"),
        hidden=hidden,
    ).with_row_index("row")
    families = {
        (indicator, period): family_of(period, half_years=half_years_add_up(indicator))
        for indicator, period in rows.select("indicator", "period").unique().iter_rows()
    }
    listed = [families[key] for key in rows.select("indicator", "period").iter_rows()]
    return rows.with_columns(family=pl.Series(listed, dtype=pl.String))


def _cells(rows: pl.DataFrame, *, later: bool) -> dict[Place, Cell]:
    cells = {}
    for row in rows.iter_rows(named=True):
        place = Place(row["region"], row["unit"], row["sex"], row["age"], row["period"], later)
        if place in cells:
            raise ValueError("a region, care unit, sex and age occurs twice in one period")
        count = next((row[name] for name in ("base", "denominator") if row[name] is not None), None)
        if count is None and _is_count(row["indicator"]):
            count = row["value"]
        cells[place] = Cell(
            row=row["row"],
            size=inf if row["base"] is None else row["base"],
            shown=row["value"] is not None and not row["hidden"],
            secret=row["secret"] and not row["hidden"],
            hidden=row["hidden"],
            count=count,
            numerator=row["numerator"],
            base=row["base"],
            told=tuple(row[name] for name in ("value", "numerator", "denominator", "base")),
        )
    return cells


def half_years_add_up(indicator: str) -> bool:
    """Whether an indicator's half-years are totals of theirs, as its definition says."""
    known = catalogue().indicators.get(indicator)
    return known is not None and known.half_year == "total"


def _is_count(indicator: str) -> bool:
    known = catalogue().indicators.get(indicator)
    return known is not None and known.unit == "count"
