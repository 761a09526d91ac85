"""The picture a file gives together with what is published: the file's figures laid over the published ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import polars as pl

from indicators import NATION, Catalogue, period_of
from loaders.checks.context import one_value_once
from loaders.checks.duplicates import KEY
from loaders.checks.published import PublishedFigures

VECTOR: Final = ("indicator", "sex", "period")
"""One question, one sex, one period: a value per region."""
SERIES: Final = ("indicator", "sex", "period_kind", "season")
"""What is compared over time: a half-year measurement with the same season's."""
LINE: Final = (*SERIES, "segment", "region")
"""One region's part of a series between two breaks: a change is never counted across one."""
_COLUMNS: Final = (
    *VECTOR,
    "region",
    "period_start",
    "period_kind",
    "value",
    "printed",
    "sheet",
    "row",
    "col",
    "path",
    "new",
)


@dataclass(frozen=True)
class Picture:
    """`frame`: one row per figure, sorted by series, region and time. Columns: _COLUMNS, `season`, `segment`, `unit`,
    `nation`, and

    - `new`: it stands in the file; `fresh`: it does, and is not published with the same value already;
    - `judged`: its vector has a fresh figure, so that a warning would be news;
    - `held`: the value published for this very figure;
    - `secret`: its number is not told, for it adds up with one of few answers;
    - `before`, `before_period`: the region's latest earlier value in the series, and when.
    """

    frame: pl.DataFrame
    published: PublishedFigures
    known: Catalogue

    @property
    def regions(self) -> pl.DataFrame:
        """The 21 regions' figures with a value."""
        return self.frame.filter(~pl.col("nation"), pl.col("value").is_not_null())

    def vector(self, key: Mapping[str, object]) -> pl.DataFrame:
        """The figures of one vector."""
        of_indicator = self.frame.slice(*self._stretches.get(str(key["indicator"]), (0, 0)))
        return of_indicator.filter(pl.all_horizontal(pl.col(name) == key[name] for name in VECTOR))

    def without(self, vectors: pl.DataFrame) -> "Picture":
        """The picture less these vectors, whose fault is told already: no other rule then tells it again."""
        if vectors.is_empty():
            return self  # no copy of a million figures for nothing
        return replace(self, frame=self.frame.join(vectors, on=list(VECTOR), how="anti", maintain_order="left"))

    def by_indicator(self) -> Iterator["Picture"]:
        """The picture of one indicator at a time: what is worked out beside a million figures at once is gigabytes."""
        for stretch in self._stretches.values():
            yield replace(self, frame=self.frame.slice(*stretch))

    @cached_property
    def _stretches(self) -> dict[str, tuple[int, int]]:
        """Where each indicator's figures stand: the first row, and how many."""
        runs = self.frame["indicator"].rle().struct.unnest()
        starts = runs["len"].cum_sum() - runs["len"]
        return dict(zip(runs["value"], zip(starts, runs["len"], strict=True), strict=True))


def picture_of(
    observations: pl.DataFrame, published: PublishedFigures, known: Catalogue, partners: frozenset[str]
) -> Picture:
    """The picture of the file's indicators and of the `partners` they are compared with. Synthetic figures that are
    published are left out: they say nothing about a real one."""
    ids = sorted(set(observations["indicator"]) | partners)
    old = pl.concat([published.of(each).filter(~pl.col("synthetic")) for each in ids])
    dated = old.with_columns(pl.col("period_start").str.to_date()).rename({"old": "value", "old_printed": "printed"})
    places = {"sheet": pl.lit(""), "row": pl.lit(0, pl.UInt32), "col": pl.lit(0, pl.UInt32), "path": pl.lit("")}
    both = observations.with_columns(new=True).select(_COLUMNS)
    if dated.height:
        kept = dated.join(observations, on=list(KEY), how="anti").with_columns(new=False, **places)
        both = pl.concat([both, kept.select(_COLUMNS)])
    units = {each: known.indicators[each].unit for each in ids}
    told = _with_held(both, dated).with_columns(
        fresh=pl.col("new") & (pl.col("there").is_null() | pl.col("value").ne_missing(pl.col("held"))),
        nation=pl.col("region") == NATION,
        unit=pl.col("indicator").replace_strict(units, return_dtype=pl.String),
        season=pl.when(pl.col("period_kind") == "half_year").then(pl.col("period").str.tail(2)).otherwise(pl.lit("")),
        segment=_segment(known),
    )
    secret = [published.secret(each).with_columns(indicator=pl.lit(each), secret=pl.lit(True)) for each in ids]
    told = one_value_once(_with_secret(told.drop("there"), pl.concat(secret)))
    judged = pl.lit(True) if told["fresh"].all() else pl.col("fresh").any().over(VECTOR)
    return Picture(_with_before(told.with_columns(judged=judged)), published, known)


def _segment(known: Catalogue) -> pl.Expr:
    """How many breaks a figure stands after."""
    passed = pl.lit(0)
    for each in known.breaks:
        of = [
            *each.indicators,
            *(one.id for one in known.indicators.values() if each.survey and one.survey == each.survey),
        ]
        after = pl.col("indicator").is_in(of) & (pl.col("period_start") >= period_of(each.period).start)
        touched = after & (pl.col("region") == each.region) if each.region else after
        passed = passed + touched.cast(pl.Int32)
    return passed


def _with_held(figures: pl.DataFrame, published: pl.DataFrame) -> pl.DataFrame:
    """The figures with `held`, the value published for each, and `there`, true where one is."""
    if published.is_empty():
        return figures.with_columns(held=pl.lit(None, pl.Float64), there=pl.lit(None, pl.Boolean))
    held = published.select(*KEY, pl.col("value").alias("held"), pl.lit(True).alias("there"))
    return figures.join(held, on=list(KEY), how="left")


def _with_secret(figures: pl.DataFrame, secret: pl.DataFrame) -> pl.DataFrame:
    if secret.is_empty():
        return figures.with_columns(secret=pl.lit(False))
    joined = figures.join(secret, on=[*VECTOR, "region"], how="left", maintain_order="left")
    return joined.with_columns(pl.col("secret").fill_null(False))


def numbered(frame: pl.DataFrame, names: Sequence[str]) -> pl.Series:
    """One number per combination of the columns, in the order they sort in: a million rows of names are slow to sort
    and to group. No column holds nulls."""
    number = pl.zeros(frame.height, pl.UInt64, eager=True)
    for name in names:
        distinct = frame[name].unique().sort()
        place = pl.int_range(distinct.len(), dtype=pl.UInt64, eager=True)
        number = number * distinct.len() + frame[name].replace_strict(distinct, place, return_dtype=pl.UInt64)
    return number.alias("number")


def _with_before(frame: pl.DataFrame) -> pl.DataFrame:
    line = numbered(frame, LINE)
    order = pl.DataFrame([line, frame["period_start"]]).with_row_index("at").sort("number", "period_start")
    ordered = frame[order["at"]]
    has = pl.col("value").is_not_null()
    earlier = [
        pl.when(has).then(name).forward_fill().shift(1).over(order["number"]).alias(target)
        for name, target in (("value", "before"), ("period", "before_period"))
    ]
    return ordered.with_columns(earlier)
