"""What would change if a file were published? Every figure new, same, changed or gone, and what that turns.

The same figures, suppression, judgements and ranks as the pages show, computed on the store as it would be.
"""

from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from analysis.benchmarks import chosen_benchmark
from analysis.comparison import judged_table
from analysis.figures import BeforeAndAfter, figures_before_and_after
from analysis.history.evidence import EVIDENCE_CHANGES, cells_of, evidence_changes
from analysis.history.record_fields import RecordChanges, what_records_change
from analysis.records import Records
from indicators import NATION, Indicator, Period, catalogue, period_of
from models import Store
from models.tables import SHOWN

_KEY: Final = ("code", "period", "sex")
KINDS: Final = ("new", "same", "changed", "gone", "not_in_file")
"""`gone`: a value that would have none (deleted or withheld by its source); `not_in_file`: published for an indicator
and period of the file, absent from it, and left as it is."""

MOST_TABLES: Final = 40
"""Tables (indicator and period) judged before and after; the latest periods first, the rest is counted."""

FIGURE_CHANGES: Final = {
    "indicator": pl.String,
    "code": pl.String,
    "region": pl.String,
    "period": pl.String,
    "sex": pl.String,
    "kind": pl.String,
    "old": pl.Float64,
    "new": pl.Float64,
    "difference": pl.Float64,
    "old_reason": pl.String,
    "new_reason": pl.String,
    "old_file": pl.String,
    "sheet": pl.String,
    "cell": pl.String,
}
"""One row per figure: values in the indicator's unit after suppression, difference in the same unit (points)."""

TURNS: Final = {
    "indicator": pl.String,
    "code": pl.String,
    "region": pl.String,
    "period": pl.String,
    "judgement_before": pl.String,
    "judgement_after": pl.String,
    "rank_before": pl.Float64,
    "rank_after": pl.Float64,
}


@dataclass(frozen=True)
class Preview:
    """`figures`: FIGURE_CHANGES. `turns`: TURNS, the regions whose judgement against riket or rank would be another.
    `unjudged`: tables with changes that were not judged, for there are more than MOST_TABLES. `records`: what is no
    figure. `evidence`: EVIDENCE_CHANGES; `turns_if_replaced`: TURNS that would come on top if the figures with less
    evidence stood nevertheless."""

    figures: pl.DataFrame
    turns: pl.DataFrame
    unjudged: int
    records: RecordChanges = field(default_factory=RecordChanges)
    evidence: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=EVIDENCE_CHANGES))
    turns_if_replaced: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=TURNS))

    def counts(self) -> pl.DataFrame:
        """One row per indicator and period, a column per kind, in the order of the file."""
        grouped = self.figures.group_by("indicator", "period", maintain_order=True)
        return grouped.agg((pl.col("kind") == kind).sum().alias(kind) for kind in KINDS)

    def changed(self) -> pl.DataFrame:
        """The figures that would be another or have none, largest change first."""
        rows = self.figures.filter(pl.col("kind").is_in(["changed", "gone"]))
        return rows.sort(pl.col("difference").abs(), descending=True, nulls_last=True)


def what_would_change(
    store: Store,
    observations: pl.DataFrame,
    records: Records | None = None,
    *,
    synthetic: bool = False,
    replaces: bool = False,
) -> Preview:
    """Compare a checked file's observations (columns of models.Observation) and records with what is published now. A
    table that is all new turns nothing. `replaces`: published to stand though they have less evidence."""
    parts, affected, evidence, kept = [], [], [], []
    for (name,), own in observations.filter(**SHOWN).group_by("indicator", maintain_order=True):
        indicator = catalogue().indicators[str(name)]
        made = figures_before_and_after(store, indicator, own, synthetic=synthetic, replaces=replaces)
        cells = cells_of(own)
        part = _figure_changes(made.before, made.after, cells)
        files = made.before.select(*_KEY, old_file="file")
        backed = evidence_changes(indicator.id, made.evidence, files, cells)
        parts.append(part)
        evidence.append(backed)
        affected += [(indicator, period, made.before, made.after) for period in _touched(part, backed, made)]
        if (backed["outcome"] == "kept").any():
            kept.append((indicator, own.join(_of_kept(backed), on=["region", "period"], how="semi"), made.after))
    affected.sort(key=lambda table: table[1].recency, reverse=True)
    turns = [_turns(*table) for table in affected[:MOST_TABLES]]
    return Preview(
        pl.concat(parts) if parts else pl.DataFrame(schema=FIGURE_CHANGES),
        pl.concat(turns) if turns else pl.DataFrame(schema=TURNS),
        max(0, len(affected) - MOST_TABLES),
        what_records_change(store, records or {}),
        pl.concat(evidence) if evidence else pl.DataFrame(schema=EVIDENCE_CHANGES),
        _turns_if_replaced(store, kept, synthetic),
    )


def _touched(part: pl.DataFrame, backed: pl.DataFrame, made: BeforeAndAfter) -> list[Period]:
    """The periods whose judgements may turn: a figure is new or another, or stands on other evidence."""
    other = part.filter(pl.col("kind").is_in(["new", "changed", "gone"]), sex="T")["period"]
    moved = backed.filter(pl.col("outcome").is_in(["lost", "won", "other"]), sex="T")["period"]
    touched = pl.concat([other, moved]).unique(maintain_order=True)
    known = touched.is_in(made.before.filter(sex="T")["period"].implode())
    return [period_of(key) for key in touched.filter(known)]


def _of_kept(backed: pl.DataFrame) -> pl.DataFrame:
    return backed.filter(outcome="kept").select(region="code", period="period").unique()


def _turns_if_replaced(
    store: Store, kept: list[tuple[Indicator, pl.DataFrame, pl.DataFrame]], synthetic: bool
) -> pl.DataFrame:
    """What would turn, beside what turns anyway, if the kept figures' poorer rows stood."""
    tables = []
    for indicator, own, after in kept:
        made = figures_before_and_after(store, indicator, own, synthetic=synthetic, replaces=True)
        tables += [(indicator, period_of(key), after, made.after) for key in own.filter(sex="T")["period"].unique()]
    tables.sort(key=lambda table: table[1].recency, reverse=True)
    turns = [_turns(*table) for table in tables[:MOST_TABLES]]
    return pl.concat(turns) if turns else pl.DataFrame(schema=TURNS)


def _figure_changes(before: pl.DataFrame, after: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """Every figure of the file's periods; `cells`: the file's own (cells_of)."""
    covered = after.filter(pl.col("period").is_in(cells["period"].unique().implode()))
    old = before.select(*_KEY, pl.col("value").alias("old"), pl.col("reason").alias("old_reason"), old_file="file")
    both = covered.join(old, on=list(_KEY), how="left", maintain_order="left").join(
        cells.rename({"sheet": "own_sheet", "cell": "own_cell"}), on=list(_KEY), how="left", maintain_order="left"
    )
    known = pl.col("old_reason").is_not_null()
    told = both.with_columns(difference=(pl.col("value") - pl.col("old")).round(6))
    kind = (
        pl.when(pl.col("own_cell").is_null())
        .then(pl.lit("not_in_file"))
        .when(~known)
        .then(pl.lit("new"))
        .when(pl.col("old").eq_missing(pl.col("value")))
        .then(pl.lit("same"))
        .when(pl.col("value").is_null())
        .then(pl.lit("gone"))
        .otherwise(pl.lit("changed"))
    )
    named = told.with_columns(
        kind=kind,
        new=pl.col("value"),
        new_reason=pl.col("reason"),
        sheet=pl.coalesce("own_sheet", "sheet"),
        cell=pl.coalesce("own_cell", "cell"),
    )
    return named.select(pl.col(name).cast(type_) for name, type_ in FIGURE_CHANGES.items())


def _turns(indicator: Indicator, period: Period, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """The regions of one table whose judgement or rank would be another."""
    tables = [_judged(figures, indicator, period) for figures in (before, after)]
    both = tables[1].join(tables[0], on="code", how="inner", suffix="_before", maintain_order="left")
    told = both.select(
        pl.lit(indicator.id).alias("indicator"),
        "code",
        "region",
        pl.lit(period.key).alias("period"),
        "judgement_before",
        pl.col("judgement").alias("judgement_after"),
        "rank_before",
        pl.col("rank").alias("rank_after"),
    )
    turned = pl.col("judgement_before").ne_missing(pl.col("judgement_after")) | pl.col("rank_before").ne_missing(
        pl.col("rank_after")
    )
    return told.filter(turned, pl.col("code") != NATION).cast(TURNS)  # type: ignore[arg-type]


def _judged(figures: pl.DataFrame, indicator: Indicator, period: Period) -> pl.DataFrame:
    totals: Any = figures.filter(sex="T")
    judged = judged_table(totals, indicator, period, chosen_benchmark("riket"), "marginal")
    return judged.select("code", "region", "judgement", "rank")
