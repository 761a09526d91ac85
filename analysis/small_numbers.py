"""Which figures must not be shown, because too few people stand behind them? (methods.md §6)

A survey estimate of fewer than 10 answers is hidden (flag `s`), one of 10–29 is marked as unsure (`u`). A hidden figure
must not be computable from what is left, so others may have to be hidden with it: a total is the sum of its parts, and
any part is the total minus the rest.

The whole table of an indicator goes in at once, all periods, sexes and care units: what is hidden must not depend on
what a page or a file happens to show, or two outputs together would tell what each hides. Changes between periods are
computed from the frame that comes out, so a change column never holds a hidden figure.

Source: reliability.md §3 (the thresholds are this project's; no public source fixes a national limit); Cox 1980,
"Suppression methodology and statistical disclosure control", JASA 75: 377–385, for complementary suppression.
"""

from collections.abc import Collection
from typing import Final

import numpy as np
import polars as pl

from analysis.flags import add_flag, has_flag, with_flag

HIDE_BELOW: Final = 10
MARK_BELOW: Final = 30

_NATION: Final = "00"
_BOTH_SEXES, _SEXES = "T", ("K", "M")
# Everything that tells a hidden figure, or the number of people behind it.
_TELLING: Final = ("value", "printed", "share", "numerator", "denominator", "base_n", "n_eff", "ci_low", "ci_high")

# A figure's place in its table: region code, care unit ("" is the region itself), sex.
Place = tuple[str, str, str]
# A total and its parts.
Sum = tuple[Place, list[Place]]
# The order in which figures are given up: fewest answers first, then by place.
Sizes = dict[Place, tuple[float, Place]]
# The systems hold only −1, 0 and 1, so anything below this is rounding.
_ZERO: Final = 1e-9


def suppress(frame: pl.DataFrame, *, hide_below: int = HIDE_BELOW, mark_below: int = MARK_BELOW) -> pl.DataFrame:
    """The frame with small numbers hidden or marked; same rows, same order, same columns.

    Columns read: `code` (or `region`, where there is no `code`) with "00" for the nation, `period`, `sex` (T, K, M),
    `base_n`, `value`, `flags`, `reason`; optional `care_unit` (null or "" for the region itself), `indicator`, `age`.
    Values in any unit. A hidden row loses its value, counts and interval, gets flag `s`, reason "suppressed" and, where
    there is an `evidence` column, evidence "none". Rows that already are `s` stay so: doing it twice changes nothing.

    A row without `base_n` is no survey estimate of known size and is not hidden for its own sake. Secondary: within
    every sum (regions to the nation, women and men to both, care units to their region) a single hidden figure takes
    the next smallest with it, or the total where nothing else is left, until none can be computed from the others.

    Errors: ValueError where a region, unit, sex and period occurs twice.

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
    few = pl.col("value").is_not_null() & (pl.col("base_n") < hide_below).fill_null(False)
    hidden = frame.select(few | has_flag(pl.col("flags"), "s")).to_series().rename("hidden")
    if hidden.any():
        hidden = _with_secondary(frame, hidden)
    unsure = pl.col("value").is_not_null() & (pl.col("base_n") < mark_below)
    blank = [pl.when(hidden).then(None).otherwise(pl.col(name)).alias(name) for name in _TELLING if name in frame]
    said = {"reason": "suppressed", "evidence": "none"}
    words = [
        pl.when(hidden).then(pl.lit(word)).otherwise(pl.col(name)).alias(name)
        for name, word in said.items()
        if name in frame
    ]
    flags = pl.when(hidden).then(add_flag(pl.col("flags"), "s")).otherwise(with_flag(pl.col("flags"), "u", when=unsure))
    return frame.with_columns(*blank, *words, flags=flags)


def _with_secondary(frame: pl.DataFrame, hidden: pl.Series) -> pl.Series:
    """The hidden rows, and those that must be hidden with them."""
    table = [name for name in ("indicator", "period", "age") if name in frame]
    unit = pl.col("care_unit").fill_null("") if "care_unit" in frame else pl.lit("")
    rows = frame.select(
        *table,
        region=pl.col("code" if "code" in frame else "region"),
        unit=unit,
        sex="sex",
        size=pl.col("base_n").cast(pl.Float64).fill_null(float("inf")),
        shown=pl.col("value").is_not_null(),
        secret=pl.col("value").is_null() & has_flag(pl.col("flags"), "c"),
        hidden=hidden,
    ).with_row_index("row")
    found: list[int] = []
    # Sums do not cross tables, so a table with nothing hidden needs no work.
    for _, part in rows.filter(pl.col("hidden").any().over(table)).group_by(table):
        found += _protected_rows(part)
    answer = np.zeros(frame.height, dtype=np.bool_)
    answer[found] = True
    return pl.Series("hidden", answer)


def _protected_rows(part: pl.DataFrame) -> list[int]:
    """The row numbers to hide in one table (one period), with what must be hidden for their sake."""
    if part.select("region", "unit", "sex").is_duplicated().any():
        raise ValueError("a region, care unit and sex occurs twice in one period")
    # Sorted, so that the answer does not depend on the order of the rows.
    places = {(row["region"], row["unit"], row["sex"]): row for row in part.sort("row").iter_rows(named=True)}
    hidden = {place for place, row in places.items() if row["hidden"]}
    secret = {place for place, row in places.items() if row["secret"]} - hidden
    shown = {place for place, row in places.items() if row["shown"]} - hidden
    sums = _sums_of(places, hidden | secret | shown)
    sizes = {place: (row["size"], place) for place, row in places.items()}
    while more := _hide_with_a_single(sums, hidden, secret, sizes) or _hide_with_a_computable(
        sums, hidden, secret, sizes
    ):
        hidden.add(more)
    return [places[place]["row"] for place in hidden]


def _sums_of(rows: Collection[Place], known: set[Place]) -> list[Sum]:
    """Every sum among the figures that exist. One missing for another reason than secrecy is taken to add nothing,
    which is the safe side; women or men without the other sex's row are no sum."""
    parts: dict[tuple[str, Place], list[Place]] = {}
    for place in sorted(known):
        region, unit, sex = place
        if unit:
            parts.setdefault(("units", (region, "", sex)), []).append(place)
        elif region != _NATION:
            parts.setdefault(("regions", (_NATION, "", sex)), []).append(place)
        if sex in _SEXES and all((region, unit, one) in rows for one in _SEXES):
            parts.setdefault(("sexes", (region, unit, _BOTH_SEXES)), []).append(place)
    return [(total, members) for (_, total), members in parts.items() if total in known]


def _hide_with_a_single(sums: list[Sum], hidden: set[Place], secret: set[Place], sizes: Sizes) -> Place | None:
    """The next figure to hide because some sum has exactly one unknown, and it is ours."""
    for total, members in sums:
        unknown = [place for place in (total, *members) if place in hidden or place in secret]
        if len(unknown) == 1 and unknown[0] in hidden:
            return _smallest([place for place in members if place not in unknown], sizes) or total
    return None


def _hide_with_a_computable(sums: list[Sum], hidden: set[Place], secret: set[Place], sizes: Sizes) -> Place | None:
    """The next figure to hide because several sums together give one of ours: each unknown is a column of a linear
    system, and it is computable where no vector of the null space moves it. Two regions hidden do not protect each
    other where the source keeps one of them secret and yet publishes its men and its total.
    """
    unknown = sorted(hidden | secret)
    column = {place: number for number, place in enumerate(unknown)}
    system = np.zeros((len(sums), len(unknown)))
    for row, (total, members) in enumerate(sums):
        for place, sign in ((total, -1.0), *((member, 1.0) for member in members)):
            if place in column:
                system[row, column[place]] = sign
    _, strengths, directions = np.linalg.svd(system)
    free = directions[int((strengths > _ZERO).sum()) :]
    computable = {place for place in unknown if np.abs(free[:, column[place]]).max(initial=0.0) < _ZERO}
    if not computable & hidden:
        return None
    beside = [(total, members) for total, members in sums if computable & {total, *members}]
    parts = [place for _, members in beside for place in members if place not in column]
    totals = [total for total, _ in beside if total not in column]
    return _smallest(parts, sizes) or _smallest(totals, sizes)


def _smallest(places: list[Place], sizes: Sizes) -> Place | None:
    return min(places, key=sizes.__getitem__, default=None)
