"""Which of several published figures of one key is current: one rule for pages, previews, checks and the change log.

A value that differs from the standing one always stands from its publication on. Of values that say the same, the row
with most evidence stands whole: fields of two files are never mixed. See `standing_rows`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import polars as pl

from analysis.methods.flags import has_flag
from models.tables import COUNTS, LIMITS

COMPARED: Final = (
    "value",
    "reason",
    "numerator",
    "denominator",
    "base_n",
    "ci_low",
    "ci_high",
    "flags",
    "decimals",
    "synthetic",
    "replaces",
    "upload",
)
"""The columns the rule reads, beside key and rank. `decimals`: how exact the file's table is (`decimals_of`);
`replaces`: published to stand though it has less evidence."""

EVIDENCE: Final = ("interval", "base", "numerator", "decimals")
"""What a row can have behind its value, best first (methods §1)."""

_MOST_DECIMALS: Final = 6
_SAME: Final = 5e-7  # half a unit of the last decimal that counts
_ENOUGH: Final = 5
"""So many values tell how exact a table is: that all happen to be whole numbers is a chance of one in 100 000."""

Flags: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]
Places: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]


def has_evidence(part: str) -> pl.Expr:
    """Whether a row has a part of EVIDENCE; for `decimals`, how many."""
    return {
        "interval": pl.col("ci_low").is_not_null() & pl.col("ci_high").is_not_null(),
        "base": pl.coalesce("base_n", "denominator").is_not_null(),
        "numerator": pl.col("numerator").is_not_null(),
        "decimals": pl.max_horizontal(pl.col("decimals").fill_null(0), decimals_of(pl.col("value"))),
    }[part]


def decimals_of(value: pl.Expr) -> pl.Expr:
    """How many decimals a number needs, at most six.

    >>> pl.DataFrame({"value": [63.4, 61.0, 0.25, 63.400000000000006, None]}).select(
    ...     decimals_of(pl.col("value")))["value"].to_list()
    [1, 0, 2, 1, 0]
    """
    needs_more = [(value - value.round(decimals)).abs() > _SAME for decimals in range(_MOST_DECIMALS)]
    return pl.sum_horizontal(each.fill_null(False).cast(pl.UInt8) for each in needs_more).cast(pl.Int64)


def with_decimals(observations: pl.DataFrame) -> pl.DataFrame:
    """Add `decimals` to one file's observations (indicator, period, value, printed): the most that any figure of the
    same indicator and period has, or of the indicator where the period has few. 61 in a table with one decimal is
    61.0, and not a rounded 61.4."""
    table = ["indicator", "period"]
    own = observations.select(*table, "value", decimals=decimals_of(pl.col("value")).cast(pl.UInt8))
    shown = _as_printed(observations)
    if shown is not None:
        own = own.with_columns(decimals=pl.max_horizontal("decimals", shown))
    of_file = own.group_by("indicator").agg(pl.max("decimals").alias("of_file"))
    of_table = own.group_by(table).agg(pl.max("decimals").alias("of_table"), count=pl.count("value"))
    told = of_table.join(of_file, on="indicator").select(
        *table, decimals=pl.when(pl.col("count") >= _ENOUGH).then("of_table").otherwise("of_file")
    )
    joined = own.lazy().select(table).join(told.lazy(), on=table, how="left", nulls_equal=True, maintain_order="left")
    found = joined.select(pl.col("decimals").fill_null(0).cast(pl.Int64)).collect()  # the keys are not copied
    return observations.with_columns(found["decimals"])


def _as_printed(observations: pl.DataFrame) -> pl.Series | None:
    """How many decimals the printed texts show, where they end in a zero and are the value; None where none does."""
    texts = observations["printed"].unique()
    number = pl.col("printed").str.replace_all(r"[\s%]", "").str.replace(",", ".")
    shown = number.str.extract(r"\.(\d*0)$").str.len_chars().clip(upper_bound=_MOST_DECIMALS)
    zeros = texts.to_frame().select("printed", number=number.cast(pl.Float64, strict=False), shown=shown.cast(pl.Int64))
    zeros = zeros.drop_nulls()
    if zeros.is_empty():
        return None
    number_of, shown_of = (
        observations["printed"].replace_strict(zeros["printed"], zeros[name], default=None)
        for name in ("number", "shown")
    )
    same = (number_of - observations["value"]).abs() < _SAME
    return shown_of.cast(pl.UInt8).zip_with(same.fill_null(False), pl.zeros(len(same), pl.UInt8, eager=True))


def same_number(one: Numbers, other: Numbers, decimals: Places, other_decimals: Places) -> Flags:
    """Whether two numbers are the same, or the finer one rounded to the coarser's decimals; a half may have been
    rounded either way. A missing number (nan) is the same as none.

    >>> one, other = np.array([63.4, 63.4, 63.4, 61.0]), np.array([63.4, 63.0, 62.9, 61.4])
    >>> same_number(one, other, np.array([1, 1, 1, 1]), np.array([1, 0, 1, 1])).tolist()
    [True, True, False, False]
    """
    room = np.where(decimals == other_decimals, 0, 0.5 * 10.0 ** -np.minimum(decimals, other_decimals))
    same: Flags = np.abs(one - other) <= room + _SAME
    return same


@dataclass(frozen=True)
class _Rows:
    """The rows of keys with more than one, as arrays: `key` numbers the keys, `nth` the rows of each by rank."""

    key: Places
    nth: Places
    value: Numbers
    reason: Places
    decimals: Places
    richness: Places
    synthetic: Flags
    replaces: Flags
    content: Places

    def same(self, one: Places, other: Places) -> Flags:
        """Whether the rows say the same, pair by pair: the same number, or that there is none for the same reason."""
        values = same_number(self.value[one], self.value[other], self.decimals[one], self.decimals[other])
        missing = np.isnan(self.value[one]) & np.isnan(self.value[other])
        same: Flags = values | (missing & (self.reason[one] == self.reason[other]))
        return same

    def finer(self, one: Places, other: Places) -> Places:
        """How many decimals more `one` has; 0 where the number is the very same: 62,50 says no more than 62,5."""
        differs = np.abs(self.value[one] - self.value[other]) > _SAME
        return np.where(differs, self.decimals[one] - self.decimals[other], 0)

    def supersedes(self, later: Places, standing: Places) -> Flags:
        """Whether the later rows stand instead of the standing ones."""
        as_rich = self.richness[later] == self.richness[standing]
        finer = self.finer(later, standing)
        richer = (self.richness[later] > self.richness[standing]) | (as_rich & (finer > 0))
        # The same kinds of evidence with other contents: a corrected base or interval.
        corrected = as_rich & (finer == 0) & (self.content[later] != self.content[standing])
        example = self.synthetic[later] & ~self.synthetic[standing]
        equal = self.same(later, standing)
        stands: Flags = ~equal | (~example & (richer | corrected | self.replaces[later]))
        return stands


def compared_evidence(standing: pl.DataFrame, later: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """What publishing `later` (key and COMPARED) would do to the rows that stand, for the keys both have: the key,

    - `same`: it says the same; `stands`: its row would stand; `example`: a real figure meets an example;
    - `valued`: both have a value;
    - `lost`, `won`, `other`: the parts of EVIDENCE that the standing row has and it lacks, that it has and the
      standing one lacks, and those of which the two say different things (lists)."""
    both = standing.select(*key).join(later.select(*key), on=list(key), how="semi").unique()
    pairs = pl.concat(
        [
            frame.join(both, on=list(key), how="semi").select(*key, *COMPARED, _nth=pl.lit(nth, pl.Int64))
            for nth, frame in enumerate((standing, later))
        ]
    ).sort(*key, "_nth")
    if pairs.is_empty():
        lists = dict.fromkeys(("lost", "won", "other"), pl.List(pl.String))
        return pl.DataFrame(schema={**{name: standing.schema[name] for name in key}, **_TOLD, **lists})
    rows = _arrays(pairs, key)
    first = np.arange(0, pairs.height, 2)
    parts = [has_evidence(part).cast(pl.Int64).alias(part) for part in EVIDENCE]
    contents = {"interval": ("ci_low", "ci_high"), "base": ("base_n", "denominator"), "numerator": ("numerator",)}
    has = pairs.select(*parts, *(pl.struct(names).alias(f"{part}_said") for part, names in contents.items()))
    before, after = has.gather_every(2), has.gather_every(2, 1).select(pl.all().name.prefix("new_"))
    beside = pl.concat([before, after], how="horizontal")
    differs = [
        pl.when(
            (pl.col(part) == 1) & (pl.col(f"new_{part}") == 1) & (pl.col(f"{part}_said") != pl.col(f"new_{part}_said"))
        ).then(pl.lit(part))
        for part in contents
    ]
    finer = pl.Series("finer", rows.finer(first + 1, first))
    more = {part: pl.col(f"new_{part}") - pl.col(part) for part in contents} | {"decimals": pl.col("finer")}
    told = beside.with_columns(finer).select(
        lost=_named([pl.when(gained < 0).then(pl.lit(part)) for part, gained in more.items()]),
        won=_named([pl.when(gained > 0).then(pl.lit(part)) for part, gained in more.items()]),
        other=_named(differs),
    )
    return (
        pairs.gather_every(2)
        .select(
            *key,
            same=pl.Series(rows.same(first, first + 1)),
            stands=pl.Series(rows.supersedes(first + 1, first)),
            example=pl.Series(rows.synthetic[first] & ~rows.synthetic[first + 1]),
            valued=pl.Series(~np.isnan(rows.value[first] + rows.value[first + 1])),
        )
        .with_columns(told)
    )


_TOLD: Final = {"same": pl.Boolean, "stands": pl.Boolean, "example": pl.Boolean, "valued": pl.Boolean}


def _named(words: Sequence[pl.Expr]) -> pl.Expr:
    return pl.concat_list(words).list.drop_nulls()


def standing_rows(rows: pl.DataFrame, key: Sequence[str], rank: str = "publication") -> pl.DataFrame:
    """Of each key the row that stands (the columns of `rows`, at least COMPARED), in the order of rank, with

    - `origin`: the upload that said it first, of the latest unbroken run that says the same;
    - `confirmed_by`: the other uploads of that run, by rank (the standing row's own may be one of them);
    - `revised`: another row of the key says something else. A real figure over an example is no revision.

    An example never stands in for a real figure that says the same, and is not counted among those that confirm one.
    """
    ordered = rows.sort(rank, maintain_order=True).with_columns(
        pl.int_range(pl.len()).over(key).alias("_nth"), pl.len().over(key).alias("_many")
    )
    alone = ordered.filter(pl.col("_many") == 1).with_columns(
        origin=pl.col("upload"), confirmed_by=pl.lit([], pl.List(pl.Int64)), revised=pl.lit(False)
    )
    rivals = ordered.filter(pl.col("_many") > 1)
    found = alone if rivals.is_empty() else pl.concat([alone, _standing(rivals, key)])
    return found.sort(rank, maintain_order=True).drop("_nth", "_many")


def _standing(rivals: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    rows = _arrays(rivals, key)
    count = int(rows.key.max()) + 1
    standing = np.empty(count, np.int64)
    for nth in range(int(rows.nth.max()) + 1):
        layer = np.flatnonzero(rows.nth == nth)
        if nth:
            layer = layer[rows.supersedes(layer, standing[rows.key[layer]])]
        standing[rows.key[layer]] = layer
    final = standing[rows.key]
    every = np.arange(len(final))
    same = rows.same(every, final)
    broken = np.full(count, -1)
    np.maximum.at(broken, rows.key, np.where(same, -1, rows.nth))
    alike = rows.synthetic == rows.synthetic[final]
    run = (rows.nth > broken[rows.key]) & alike
    differs = np.zeros(count, bool)
    np.logical_or.at(differs, rows.key, ~same & (~rows.synthetic | rows.synthetic[final]))
    said = (
        rivals.select("upload", _key=pl.Series(rows.key)).filter(pl.Series(run)).group_by("_key", maintain_order=True)
    )
    uploads = said.agg(pl.col("upload").first().alias("origin"), pl.col("upload").slice(1).alias("confirmed_by"))
    stands = rivals[standing].with_columns(pl.int_range(pl.len()).alias("_key"), revised=pl.Series(differs))
    told = stands.join(uploads, on="_key", how="left", maintain_order="left").drop("_key")
    return told.select(*rivals.columns, "origin", "confirmed_by", "revised")


def _arrays(rivals: pl.DataFrame, key: Sequence[str]) -> _Rows:
    def numbered(expression: pl.Expr) -> Places:
        return rivals.select(expression.rank("dense").cast(pl.Int64) - 1).to_series().to_numpy()

    parts = rivals.select(
        *(has_evidence(part).cast(pl.Int64).alias(part) for part in EVIDENCE),
        real=(~pl.col("synthetic")).cast(pl.Int64),
        final=(~has_flag(pl.col("flags"), "p")).cast(pl.Int64),
    )
    richness = parts.select(
        pl.sum_horizontal(
            pl.col("real") * 16, pl.col("interval") * 8, pl.col("base") * 4, pl.col("numerator") * 2, "final"
        )
    ).to_series()
    evidence = (*COUNTS, *LIMITS)
    return _Rows(
        key=numbered(pl.struct(key)),
        nth=rivals["_nth"].to_numpy(),
        value=rivals["value"].cast(pl.Float64).fill_null(float("nan")).to_numpy(),
        reason=numbered(pl.col("reason")),
        decimals=parts["decimals"].to_numpy(),
        richness=richness.to_numpy(),
        synthetic=rivals["synthetic"].to_numpy(),
        replaces=rivals["replaces"].to_numpy(),
        content=numbered(pl.struct(evidence)),
    )
