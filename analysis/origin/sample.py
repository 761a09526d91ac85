"""Which current figures is an auditor to look up, chosen by nobody? A random sample that a seed repeats."""

import random
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from analysis.figures import FIGURE_COLUMNS, figures_of
from indicators import catalogue
from models import Store
from models.tables import SHOWN_ROWS

_PRINTED: Final = f"""
SELECT o.indicator, o.region, o.period, o.sex, o.upload_id, o.printed FROM observation o
WHERE o.upload_id = :upload AND {SHOWN_ROWS}
"""  # noqa: S608 (our own text)
_PRINTED_SCHEMA: Final = {
    **dict.fromkeys(("indicator", "code", "period", "sex"), pl.String),
    "upload": pl.Int64,
    "printed": pl.String,
}


@dataclass(frozen=True)
class FigureSample:
    """`rows`: FIGURE_COLUMNS and `printed` (the cell's text as the file had it), in the catalogue's order; drawn from
    `among` figures by `seed`."""

    rows: pl.DataFrame
    among: int
    seed: int


def sample_figures(
    store: Store, n: int, seed: int, *, as_of: date | None = None, include_synthetic: bool = False
) -> FigureSample:
    """`n` of the current figures that stand in a file and are shown: never one that is hidden, nor without
    `include_synthetic` one that is made up. All of them where there are no more. The same figures and seed give the
    same sample."""
    known = [
        figures_of(store, one, as_of, include_synthetic=include_synthetic) for one in catalogue().measured.values()
    ]
    shown = pl.concat(known).filter(pl.col("value").is_not_null(), pl.col("upload").is_not_null())
    drawn = sorted(random.Random(seed).sample(range(shown.height), min(n, shown.height)))
    rows = shown[drawn]
    return FigureSample(with_printed(store, rows), shown.height, seed)


def with_printed(store: Store, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows (FIGURE_COLUMNS) with `printed`: what stands in the cell of each as the file had it; null for one that
    stands in no file. It is for figures that are shown: of a hidden one it would tell the number."""
    texts = [store.frame(_PRINTED, _PRINTED_SCHEMA, upload=one) for one in rows["upload"].drop_nulls().unique().sort()]
    key = [name for name in _PRINTED_SCHEMA if name != "printed"]
    printed = pl.concat([pl.DataFrame(schema=_PRINTED_SCHEMA), *texts])
    shown = pl.when(pl.col("value").is_not_null()).then("printed").alias("printed")
    told = rows.join(printed, on=key, how="left", maintain_order="left")
    return told.select(*FIGURE_COLUMNS, shown)
