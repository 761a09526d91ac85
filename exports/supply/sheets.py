"""The page's tables of shares as sheets (name, frame for exports.supply_shares): all that it draws, unrounded."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from analysis.supply import MOVES, funnel_of_units, shares, unit_funnel
from analysis.supply.shares import SHARES
from exports.tables import in_words
from indicators import NATION, Period, catalogue, period_label
from locales import text

Tables = list[tuple[str, pl.DataFrame]]
_COUNTED: Final = tuple(name for name in SHARES if name not in ("evidence", "synthetic"))
_BY: Final = ("kind", "area", "municipality")
_TESTED: Final = (
    "judgement",
    "unassessed",
    "level",
    "difference",
    "diff_low",
    "diff_high",
    "benchmark_value",
    "rank",
    "rank_low",
    "rank_high",
)


def regions_tables(
    rows: Sequence[Mapping[str, Any]], units: pl.DataFrame, judged: pl.DataFrame, language: str
) -> Tables:
    """The shown regions (`code` and SHARES) with what the test says of them (`judged`: rows of a Comparison), and all
    counted units (UNITS) together last."""
    whole = shares(units, ()).select(pl.lit(NATION).alias("code"), pl.col(SHARES))
    counted = pl.concat([pl.DataFrame(rows).select("code", *SHARES), whole])
    tested = in_words(judged, language).filter(pl.col("code") != NATION).select("code", *_TESTED)
    told = counted.join(tested, on="code", how="left", maintain_order="left")
    names = {**_names(), NATION: text("supply.every_with_data", language)}
    return [
        (
            text("supply.sections.regions", language),
            told.select(_named(names), "code", *_COUNTED, *_TESTED, "synthetic"),
        )
    ]


def within_tables(units: pl.DataFrame, code: str, language: str) -> Tables:
    """The shares by kind, area and municipality of a region, all of it last in each; and every unit (UNITS) against
    what chance gives (limits in per cent around the common share)."""
    own = units.filter(pl.col("code") == code)
    headings = {by: text(f"supply.columns.{by}", language) for by in (*_BY, "unit")}
    parts = [(headings[by], _parts(own, by, language)) for by in _BY]
    return [*parts, (headings["unit"], _units(units, code, language))]


def _parts(own: pl.DataFrame, by: str, language: str) -> pl.DataFrame:
    parts = shares(own, (by,))
    whole = shares(own, ()).select(pl.lit(text("supply.whole_region", language)).alias(by), pl.col(SHARES))
    named = parts.with_columns(pl.col(by).map_elements(lambda value: _part(by, value, language), pl.String))
    codes = pl.lit(own["code"][0]).alias("code")
    return pl.concat([named, whole]).with_columns(codes).select(by, *_COUNTED, _named(_names()), "code", "synthetic")


def _part(by: str, value: str, language: str) -> str:
    if by == "kind":
        return text(f"record_words.unit_kinds.{value}", language)
    return value or text("supply.not_said", language)


def _units(units: pl.DataFrame, code: str, language: str) -> pl.DataFrame:
    found = unit_funnel(units, code)
    centre = funnel_of_units(units, code)[0].centre
    verdicts = {one: text(f"judgements.funnel.{one}", language) for one in found["verdict"].unique()}
    return found.select(
        pl.col("name").alias("unit"),
        pl.col("unit").alias("unit_id"),
        "municipality",
        pl.col("numerator").alias("offered"),
        pl.col("denominator").alias("known"),
        pl.col("share").alias("share_offered"),
        "low95",
        "high95",
        "low998",
        "high998",
        pl.lit(centre, pl.Float64).mul(100).alias("common_share"),
        pl.col("verdict").replace_strict(verdicts, return_dtype=pl.String),
        pl.lit(_names()[code]).alias("region"),
        pl.lit(code).alias("code"),
        "synthetic",
    )


def change_tables(
    changed: pl.DataFrame, moved: pl.DataFrame, over_time: pl.DataFrame, earlier: Period, language: str
) -> Tables:
    """The tested change (analysis.supply.change.CHANGE), the units that moved (MOVED), and the shares period by period
    (OVER_TIME)."""
    then = pl.lit(period_label(earlier.key, language)).alias("period_earlier")
    verdicts = {one: text(f"supply.change.verdicts.{one}", language) for one in changed["verdict"].unique()}
    moves = {one: text(f"supply.columns.{one}", language) for one in MOVES}
    tested = changed.select(
        "region",
        "code",
        "share",
        "numerator",
        "denominator",
        "share_earlier",
        "numerator_earlier",
        "denominator_earlier",
        "difference",
        pl.col("ci_low").alias("diff_low"),
        pl.col("ci_high").alias("diff_high"),
        pl.col("verdict").replace_strict(verdicts, return_dtype=pl.String),
        *MOVES,
        then,
        "synthetic",
    )
    units = moved.select(
        pl.col("move").replace_strict(moves, return_dtype=pl.String),
        "region",
        "code",
        "municipality",
        pl.col("name").alias("unit"),
        pl.col("unit").alias("unit_id"),
        then,
        "synthetic",
    )
    dated = over_time.sort("code", "period_start").select(_named(_names()), "code", "period", *_COUNTED, "synthetic")
    titles = (text(f"supply.{key}", language) for key in ("sections.change", "headings.moved", "headings.trend"))
    return list(zip(titles, (tested, units, dated), strict=True))


def _names() -> dict[str, str]:
    return {code: region.name for code, region in catalogue().regions.items()}


def _named(names: Mapping[str, str]) -> pl.Expr:
    return pl.col("code").replace_strict(names, return_dtype=pl.String).alias("region")
