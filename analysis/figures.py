"""The figures of one indicator as they are current (or were, at an earlier moment), each with its evidence.

Which figure is current: see analysis.current. `as_of` asks for the end of that day in Stockholm.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

import polars as pl

from analysis.bases import typed_for
from analysis.current import compared_evidence, standing_rows
from analysis.evidence import with_evidence
from analysis.methods.flags import has_flag, with_flag
from analysis.methods.small_numbers import Shown, hidden_rows, suppress, without
from analysis.moments import today_in_sweden, until
from analysis.nation import with_nation_interval
from analysis.remarks import remarks_in_force, with_remarks
from analysis.secrecy import not_shown_today, secret_places
from indicators import Indicator, catalogue, period_of
from models import Store, settings
from models.publications import COUNTING_UPLOADS, FOREVER
from models.tables import SHOWN, SHOWN_ROWS

FIGURE_COLUMNS: Final = (
    "indicator", "code", "region", "period", "period_start", "period_end", "period_kind", "sex", "value", "numerator",
    "denominator", "base_n", "n_eff", "design_effect", "share", "ci_low", "ci_high", "evidence", "flags", "reason",
    "upload", "file", "sheet", "cell", "source", "comment", "published_at", "origin", "confirmed_by", "segment",
    "remark", "remark_sv", "remark_en", "assumed_base", "base_origin", "base_source",
)  # fmt: skip
"""One row per region, period and sex. Values, intervals in the indicator's unit; counts are counts; `segment` numbers
the stretches between breaks, and a line is drawn only inside one; `share` (0–1) is what the interval stands on;
`remark` is "", note or not_judged, `remark_sv` and `remark_en` its words (analysis.remarks). The row is whole from one
cell of `upload`; `origin` is the upload that said the value first, `confirmed_by` the uploads that said the same after
it. `assumed_base`: answers, where the evidence is assumed; `base_origin`: typed, typed_wider, wave (analysis.bases),
regions (analysis.nation), or "" where the file says; `base_source`: where a number typed in by staff can be
checked."""

_KEY: Final = ("code", "period", "sex")
_CURRENT: Final = f"""
SELECT o.indicator, o.region, o.period, CAST(o.period_start AS VARCHAR(10)),
       CAST(o.period_end AS VARCHAR(10)), o.period_kind, o.sex, o.value, o.numerator,
       o.denominator, o.base_n, o.ci_low, o.ci_high, o.flags, o.reason, o.printed, o.decimals, o.upload_id, u.file,
       u.synthetic, o.sheet, o."row", o.col, o.path, o.source, o.comment, p.publication_id, p.published_at,
       p.replace_evidence
FROM observation o CROSS JOIN {COUNTING_UPLOADS} AS p JOIN upload u ON u.id = p.upload_id
WHERE p.upload_id = o.upload_id AND o.indicator = :indicator AND {SHOWN_ROWS}
"""  # noqa: S608 (our own subquery)
_CURRENT_BETWEEN: Final = f"{_CURRENT} AND o.period >= :first AND o.period < :after"
_CURRENT_SCHEMA: Final = {
    "indicator": pl.String, "code": pl.String, "period": pl.String, "period_start": pl.String,
    "period_end": pl.String, "period_kind": pl.String, "sex": pl.String, "value": pl.Float64, "numerator": pl.Float64,
    "denominator": pl.Float64, "base_n": pl.Float64, "ci_low": pl.Float64, "ci_high": pl.Float64, "flags": pl.String,
    "reason": pl.String, "printed": pl.String, "decimals": pl.Int64, "upload": pl.Int64, "file": pl.String,
    "synthetic": pl.Boolean, "sheet": pl.String, "row": pl.Int64, "col": pl.Int64, "path": pl.String,
    "source": pl.String, "comment": pl.String, "publication": pl.Int64, "published_at": pl.String,
    "replaces": pl.Boolean,
}  # fmt: skip


def figures_of(
    store: Store,
    indicator: Indicator,
    as_of: date | None = None,
    *,
    sex: str | None = None,
    include_synthetic: bool = True,
) -> pl.DataFrame:
    """The current figures of one indicator (FIGURE_COLUMNS): every region with Riket last, every period that had begun
    on the day (today where none is given), and every sex unless one is named. The same question gives the very same
    frame until something is published."""
    chosen = settings()
    limits = (chosen.hide_below, chosen.uncertain_below)
    # A second guard: no reader lets a period in that has not begun, but a store can hold one from before they asked.
    begun = min(today_in_sweden(), as_of or date.max)
    return _selected(store, store.data_version(), indicator.id, as_of, limits, sex, include_synthetic, begun)


@lru_cache(maxsize=512)
def _selected(
    store: Store,
    version: int,
    indicator_id: str,
    as_of: date | None,
    limits: tuple[int, int],
    sex: str | None,
    include_synthetic: bool,
    begun: date,
) -> pl.DataFrame:
    figures = _figures(store, version, indicator_id, as_of, limits)
    if not figures.is_empty() and figures["period_start"].max() > begun:  # type: ignore[operator]
        figures = figures.filter(pl.col("period_start") <= begun)
    if sex is not None:
        figures = figures.filter(pl.col("sex") == sex)
    return figures if include_synthetic else figures.filter(~has_flag(pl.col("flags"), "x"))


@lru_cache(maxsize=128)  # frames are immutable, and the data version is part of the key
def _figures(
    store: Store, _version: int, indicator_id: str, as_of: date | None, limits: tuple[int, int]
) -> pl.DataFrame:
    read = store.frame(_CURRENT, _CURRENT_SCHEMA, indicator=indicator_id, until=until(as_of))
    indicator = catalogue().indicators[indicator_id]
    hide_below, mark_below = limits
    told = _made(read, indicator, _stated(store, indicator, as_of))
    made = suppress(told, hide_below=hide_below, mark_below=mark_below).select(FIGURE_COLUMNS)
    if as_of is not None and not (secret := secret_places(store, indicator_id, hide_below)).is_empty():
        today = _figures(store, _version, indicator_id, None, limits)
        then = made.with_columns(synthetic=has_flag(pl.col("flags"), "x"))
        made = without(made, not_shown_today(then, today, secret))
    return with_nation_interval(made, indicator)


@dataclass(frozen=True)
class BeforeAndAfter:
    """Figures (FIGURE_COLUMNS) as they are and as they would be, and what becomes of the evidence: code, period and sex
    with the columns of analysis.current.compared_evidence."""

    before: pl.DataFrame
    after: pl.DataFrame
    evidence: pl.DataFrame


def figures_before_and_after(
    store: Store,
    indicator: Indicator,
    observations: pl.DataFrame,
    *,
    synthetic: bool = False,
    replaces: bool = False,
) -> BeforeAndAfter:
    """The figures of the years from the first to the last period of `observations` (columns of models.Observation), as
    they are and as they would be with these published now; those have upload 0. What is hidden in either cannot be
    computed from both. `replaces`: published to stand though they have less evidence."""
    own = observations.filter(indicator=indicator.id, **SHOWN)
    first, last = own.select(pl.col("period").min().alias("first"), pl.col("period").max().alias("last")).row(0)
    years = {"first": first[:4], "after": f"{int(last[:4]) + 1:04d}"}
    read = store.frame(_CURRENT_BETWEEN, _CURRENT_SCHEMA, indicator=indicator.id, until=FOREVER, **years)
    claimed = own.select(
        "indicator",
        pl.col("region").alias("code"),
        "period",
        pl.col("period_start", "period_end").dt.to_string("iso"),
        "period_kind",
        "sex",
        "value",
        "numerator",
        "denominator",
        "base_n",
        "ci_low",
        "ci_high",
        "flags",
        "reason",
        "printed",
        "decimals",
        pl.lit(0, pl.Int64).alias("upload"),
        pl.lit("").alias("file"),
        pl.lit(synthetic).alias("synthetic"),
        "sheet",
        pl.col("row", "col").cast(pl.Int64),
        "path",
        "source",
        "comment",
        pl.lit(2**62, pl.Int64).alias("publication"),
        pl.lit(FOREVER).alias("published_at"),
        pl.lit(replaces).alias("replaces"),
    )
    chosen, stated = settings(), _stated(store, indicator, None)
    hide_below, mark_below = chosen.hide_below, chosen.uncertain_below
    before, after = (_made(rows, indicator, stated) for rows in (read, pl.concat([read, claimed])))
    seen = Shown(before, hidden_rows(before, hide_below=hide_below))
    then = suppress(before, hide_below=hide_below, mark_below=mark_below).select(FIGURE_COLUMNS)
    now = suppress(after, hide_below=hide_below, mark_below=mark_below, beside=seen).select(FIGURE_COLUMNS)
    then, now = (with_nation_interval(figures, indicator) for figures in (then, now))
    return BeforeAndAfter(then, now, compared_evidence(standing_rows(read, _KEY), claimed, _KEY))


class _Stated(NamedTuple):
    """What people have stated of an indicator's figures by the end of a day: remarks and numbers of answers."""

    as_of: date | None
    remarks: pl.DataFrame
    typed: list[dict[str, Any]]


def _stated(store: Store, indicator: Indicator, as_of: date | None) -> _Stated:
    remarks = remarks_in_force(store, indicator.id, as_of)
    return _Stated(as_of, remarks, typed_for(store, indicator, as_of).to_dicts())


def _made(read: pl.DataFrame, indicator: Indicator, stated: _Stated) -> pl.DataFrame:
    """Figures of what was read: the row that stands of each key, with evidence, names, segments and flags, nothing
    hidden. Riket's own interval is for the caller to make, of what is shown in the end."""
    dated = _latest(read).with_columns(pl.col("period_start", "period_end").str.to_date())
    known = with_evidence(dated, indicator, stated.typed, stated.as_of)
    judged = known.pipe(_with_names).pipe(_with_segments, indicator)
    flagged = judged.with_columns(flags=with_flag(pl.col("flags"), "x", when=pl.col("synthetic")))
    return with_remarks(flagged, stated.remarks)


def _latest(read: pl.DataFrame) -> pl.DataFrame:
    """Of each key the figure that stands, flagged `r` where another publication still counting said otherwise."""
    found = standing_rows(read, _KEY)
    return found.with_columns(flags=with_flag(pl.col("flags"), "r", when=pl.col("revised"))).drop("revised")


def _with_names(frame: pl.DataFrame) -> pl.DataFrame:
    """Region names, addresses as a reader looks them up, and the order of every table: Riket last, then time."""
    regions = catalogue().regions
    letters = {number: column_letters(number) for number in frame["col"].unique()}
    address = pl.col("col").replace_strict(letters, return_dtype=pl.String, default="") + pl.col("row").cast(pl.String)
    return frame.with_columns(
        region=pl.col("code").replace_strict({code: region.name for code, region in regions.items()}, default=""),
        cell=pl.when(pl.col("path") != "").then("path").otherwise(address),
    ).sort(pl.col("code") == "00", "code", "period_start", "period_end", "sex")


def column_letters(number: int) -> str:
    """A sheet column's letters.

    >>> column_letters(1), column_letters(26), column_letters(27), column_letters(16384)
    ('A', 'Z', 'AA', 'XFD')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _with_segments(frame: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """Number the stretches between breaks, and flag the first figure after one with `b`."""
    passed = pl.lit(0)
    for known in catalogue().breaks_of(indicator):
        after = pl.col("period_start") >= period_of(known.period).start
        touched = after if known.region is None else after & (pl.col("code") == known.region)
        passed = passed + touched.cast(pl.Int32)
    before = pl.col("segment").shift(1).over("code", "sex", "period_kind", order_by="period_start")
    return frame.with_columns(segment=passed.cast(pl.Int64)).with_columns(
        flags=with_flag(pl.col("flags"), "b", when=pl.col("segment") != before)
    )
