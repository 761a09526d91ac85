"""Are all figures of an indicator written on one scale? Shares of one, parts of a day and signs between thousands."""

from collections.abc import Mapping
from typing import Final, Protocol

import polars as pl

from loaders.problems import ERROR, WARNING
from loaders.tables.numbers import THOUSANDS

_MOST_OF_SCALE: Final = 1.0
_SAYS_SCALE: Final = r"(?i)[%:]|[a-df-zåäö]"  # an e is a power of ten
_USUAL: Final = 10.0  # where half of an indicator's figures are above this, one below 1 is suspect


class Findings(Protocol):
    """Where faulty figures are told: those of the ordinary layouts, or of a profile by weekday and hour."""

    def rows(
        self,
        faulty: pl.DataFrame,
        rule: str,
        name: str,
        found: str | None = None,
        *,
        variant: str = "",
        values: Mapping[str, str] | None = None,
        severity: str = ERROR,
    ) -> None: ...


def check_scale(frame: pl.DataFrame, findings: Findings) -> None:
    """Per cent as shares of one, or waits as parts of a day, in all or some of an indicator's figures; and waits with a
    sign that may stand between thousands.

    A printed per cent sign, colon or word says the scale of its own cell, and of no other.
    """
    scaled = frame.filter(pl.col("of_unit").is_in(["percent", "seconds"]), pl.col("value").is_not_null())
    if scaled.is_empty():
        return
    usual = pl.median("value").over("indicator").alias("usual")
    silent = scaled.with_columns(usual).filter(~pl.col("printed").str.contains(_SAYS_SCALE))
    small = silent.filter(pl.max("value").over("indicator") <= _MOST_OF_SCALE, pl.max("value").over("indicator") > 0)
    _whole_scale(small, findings)
    mixed = silent.filter(
        pl.max("value").over("indicator") > _MOST_OF_SCALE,
        pl.col("value") > 0,
        pl.col("value") < _MOST_OF_SCALE,
        pl.col("usual") > _USUAL,
    )
    findings.rows(mixed, "scale", "value", "printed", variant="scale_mixed", severity=WARNING)
    _thousands(silent.filter(pl.col("of_unit") == "seconds"), findings)
    _bare_durations(scaled.filter(pl.col("of_unit") == "seconds"), findings)


def _bare_durations(seconds: pl.DataFrame, findings: Findings) -> None:
    """A bare number among waits written as m:ss is read as seconds, and may be minutes; one below 1 is told above."""
    clock = pl.col("printed").str.contains(":", literal=True)
    says = pl.col("printed").str.contains(_SAYS_SCALE)
    bare = seconds.filter(clock.any().over("indicator"), ~says, pl.col("value") >= _MOST_OF_SCALE)
    findings.rows(bare, "scale", "value", "printed", variant="bare_duration", severity=WARNING)


def _whole_scale(small: pl.DataFrame, findings: Findings) -> None:
    """One error per indicator, at its first figure, with how many there are."""
    first = small.with_columns(count=pl.len().over("indicator")).unique("indicator", keep="first", maintain_order=True)
    for unit in ("percent", "seconds"):
        part = first.filter(pl.col("of_unit") == unit)
        findings.rows(part, "scale", "value", "printed", variant=f"scale_{unit}", values={"count": "count"})


def _thousands(seconds: pl.DataFrame, findings: Findings) -> None:
    """One warning per indicator whose every decimal sign has three digits behind it: `1,234` s may be 1 234 s."""
    signed = seconds.filter(pl.col("printed").str.contains("[.,]"))
    doubtful = signed.filter(pl.col("printed").str.contains(THOUSANDS).all().over("indicator"))
    first = doubtful.unique("indicator", keep="first", maintain_order=True)
    findings.rows(first, "not_whole", "value", "printed", variant="thousands_or_decimals", severity=WARNING)
