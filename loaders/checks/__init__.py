"""Is it true and plausible? One specification judges what every layout claims (style §6), all problems at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from analysis.current import with_decimals
from analysis.records import columns_of
from indicators import Catalogue
from loaders.checks.context import Findings, one_value_once, texts
from loaders.checks.duplicates import KEY, check_duplicates
from loaders.checks.identity import (
    check_units,
    resolve_indicators,
    resolve_periods,
    resolve_sexes,
    set_aside_levels,
)
from loaders.checks.persons import check_persons, names_people
from loaders.checks.regions import resolve_regions
from loaders.checks.scale import check_scale
from loaders.checks.values import (
    SECONDARY,
    check_intervals,
    check_ranges,
    check_shares,
    read_secondary,
    read_values,
)
from loaders.layouts.claims import FIELDS, Claims, Reading
from loaders.problems import Ignored, Problem
from models import Observation

__all__ = ["KEY", "Judged", "check_persons", "judge", "names_people"]

_IF_THERE: Final = (*SECONDARY, "care_unit", "printed")
_ALWAYS: Final = tuple(name for name in FIELDS if name not in _IF_THERE)

OBSERVATION: Final = columns_of(Observation) | {"row": pl.UInt32, "col": pl.UInt32}
"""Columns of models.tables.Observation without id and upload_id."""


@dataclass(frozen=True)
class Judged:
    """Observations (columns OBSERVATION), and everything there is to say about the file's claims."""

    observations: pl.DataFrame
    problems: tuple[Problem, ...]
    ignored: tuple[Ignored, ...]


def _together(reading: Reading) -> pl.DataFrame:
    """All blocks' claims with every field as stripped text, `block`, and a row's sheet and JSON path."""
    parts = []
    for block, claims in enumerate(reading.claims):
        parts.append(
            claims.frame.select(
                pl.lit(block, pl.UInt32).alias("block"),
                pl.col("row", "col"),
                (pl.col("path") if "path" in claims.frame.columns else pl.lit("")).alias("path"),
                *(texts(claims.frame, name) for name in _ALWAYS),
                *(texts(claims.frame, name) for name in _IF_THERE if name in claims.frame.columns),
            )
        )
    if len(parts) == 1:
        return parts[0]
    return pl.concat(parts, how="diagonal").with_columns(pl.col(pl.String).fill_null("")) if parts else pl.DataFrame()


def _observations(frame: pl.DataFrame, blocks: Sequence[Claims]) -> pl.DataFrame:
    sheets = frame["block"].replace_strict(
        list(range(len(blocks))), [claims.sheet for claims in blocks], return_dtype=pl.String
    )
    unit = "care_unit" if "care_unit" in frame.columns else pl.lit("")
    frame = frame.with_columns(sheet=sheets, care_unit=unit, age=pl.lit("all"))
    told = frame.select(pl.col(name).cast(kind) for name, kind in OBSERVATION.items() if name != "decimals")
    return one_value_once(told)


def judge(reading: Reading, known: Catalogue) -> Judged:
    """Judge every claim. Indicators outside the catalogue go first: no other check judges their rows."""
    frame = _together(reading)
    # The claims' own frames are let go here (1 M rows of text), their places are what a problem needs.
    blocks = [replace(claims, frame=claims.frame.clear()) for claims in reading.claims]
    findings = Findings(known, blocks, reading.publisher, reading.signs, reading.regions_only)
    del reading
    if frame.is_empty():
        return Judged(pl.DataFrame(schema=OBSERVATION), (), ())
    frame, unknown = resolve_indicators(frame, findings)
    _judge_unnamed(unknown, findings)
    for step in (set_aside_levels, resolve_regions, resolve_periods, resolve_sexes, check_units, read_values):
        frame = step(frame, findings)
    frame = read_secondary(frame, findings)
    for check in (check_ranges, check_intervals, check_shares, check_scale, check_duplicates):
        check(frame, findings)
    observations = _observations(frame, blocks)
    del frame
    exact = with_decimals(observations).select(*OBSERVATION)
    return Judged(exact, tuple(findings.problems), tuple(findings.ignored))


def _judge_unnamed(unknown: pl.DataFrame, findings: Findings) -> None:
    """A table that names no indicator at all is refused as it stands: whoever mends it learns everything else that is
    wrong with it at once."""
    unnamed = [block for block, claims in enumerate(findings.claims) if not claims.named]
    part = unknown.filter(pl.col("block").is_in(unnamed))
    if part.is_empty():
        return
    for step in (resolve_regions, resolve_periods, resolve_sexes, read_values, read_secondary):
        part = step(part, findings)
    for check in (check_ranges, check_intervals):
        check(part, findings)
