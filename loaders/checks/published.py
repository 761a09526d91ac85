"""What is published now, as the checks compare a file with it: the figures that stand (analysis.current)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import polars as pl

from analysis.current import COMPARED, compared_evidence, standing_rows
from analysis.secrecy import secret_places_of_file
from loaders.checks.duplicates import KEY
from models import Store, settings
from models.publications import COUNTING_UPLOADS, FOREVER
from models.tables import SHOWN_ROWS

_CURRENT: Final = f"""
SELECT o.indicator, o.region, o.period, CAST(o.period_start AS VARCHAR(10)), o.period_kind, o.sex, o.value, o.reason,
       o.numerator, o.denominator, o.base_n, o.ci_low, o.ci_high, o.flags, o.decimals, o.printed, u.id, u.file,
       u.layout, u.synthetic, p.publication_id, p.replace_evidence
FROM observation o CROSS JOIN {COUNTING_UPLOADS} AS p JOIN upload u ON u.id = p.upload_id
WHERE p.upload_id = o.upload_id AND {SHOWN_ROWS} AND o.indicator = :indicator AND {{periods}}
"""  # noqa: S608 (our own words; see CROSS JOIN in models.publications)
_READ: Final = {
    "indicator": pl.String, "region": pl.String, "period": pl.String, "period_start": pl.String,
    "period_kind": pl.String, "sex": pl.String, "value": pl.Float64, "reason": pl.String, "numerator": pl.Float64,
    "denominator": pl.Float64, "base_n": pl.Float64, "ci_low": pl.Float64, "ci_high": pl.Float64, "flags": pl.String,
    "decimals": pl.Int64, "old_printed": pl.String, "upload": pl.Int64, "file": pl.String, "layout": pl.String,
    "synthetic": pl.Boolean, "publication": pl.Int64, "replaces": pl.Boolean,
}  # fmt: skip
_SCHEMA: Final = {
    "indicator": pl.String,
    "region": pl.String,
    "period": pl.String,
    "period_start": pl.String,
    "period_kind": pl.String,
    "sex": pl.String,
    "old": pl.Float64,
    "old_printed": pl.String,
    "file": pl.String,
    "layout": pl.String,
    "synthetic": pl.Boolean,
    "publication": pl.Int64,
}
_CELLS: Final = f"""
SELECT o.upload_id, o.indicator, o.period, o.sex, o.region, o.value
FROM {COUNTING_UPLOADS} AS p
JOIN observation o ON o.upload_id = p.upload_id
WHERE {SHOWN_ROWS} AND o.region IN ({{regions}}) AND {{values}}
"""  # noqa: S608 (our own words)
_CELLS_SCHEMA: Final = {
    "upload": pl.Int64,
    "indicator": pl.String,
    "period": pl.String,
    "sex": pl.String,
    "region": pl.String,
    "value": pl.Float64,
}
_MOST_VALUES: Final = 900  # told one by one; more than that are told as a range
_HISTORY_DAYS: Final = {
    "day": 62,
    "week": 366,
    "month": 3 * 366,
    "quarter": 5 * 366,
    "half_year": 8 * 366,
    "year": 12 * 366,
}
"""How far back a file's figures are compared: 60 days, a year of weeks, three of months, twelve waves."""


class PublishedFigures:
    """The current figures around a file's periods, read per indicator when first asked for. No store: no figures."""

    def __init__(self, store: Store | None, observations: pl.DataFrame, *, synthetic: bool = False) -> None:
        self._store = store
        self._observations = observations
        self._synthetic = synthetic
        self._span = _span(observations)
        self._read: dict[str, pl.DataFrame] = {}
        self._compared: dict[str, pl.DataFrame] = {}
        self._secret: dict[str, pl.DataFrame] = {}

    def secret(self, indicator: str) -> pl.DataFrame:
        """The places (region, period, sex) whose numbers no message quotes: they add up with one of few answers, which
        is published or stands in the file."""
        if indicator not in self._secret:
            found = secret_places_of_file(
                self._store, indicator, self._observations, settings().hide_below, synthetic=self._synthetic
            )
            self._secret[indicator] = found.select("period", "sex", region="code").unique()
        return self._secret[indicator]

    def of(self, indicator: str) -> pl.DataFrame:
        """One row per region, period and sex: columns of _SCHEMA, from the history before the file's first period
        up to its last."""
        return _told(self.standing(indicator))

    def standing(self, indicator: str) -> pl.DataFrame:
        """The same with everything the rows say: columns of _READ."""
        if indicator not in self._read:
            since, too_late = self._span
            within, values = "o.period >= :since AND o.period < :too_late", {"since": since, "too_late": too_late}
            self._read[indicator] = self._read_figures(within, indicator, values)
        return self._read[indicator]

    def compared(self, indicator: str) -> pl.DataFrame:
        """What publishing the file would do to these figures: the columns of analysis.current.compared_evidence."""
        if indicator not in self._compared:
            own = self._observations.filter(pl.col("indicator") == indicator).drop_nulls(list(KEY))
            later = own.with_columns(
                synthetic=pl.lit(self._synthetic), replaces=pl.lit(False), upload=pl.lit(0, pl.Int64)
            ).select(*KEY, *COMPARED)
            self._compared[indicator] = compared_evidence(self.standing(indicator), later, KEY)
        return self._compared[indicator]

    def at(self, indicator: str, periods: Sequence[str]) -> pl.DataFrame:
        """The same, in named periods (at least one) whenever they were."""
        parts = []
        for start in range(0, len(periods), _MOST_VALUES):
            named = {f"p{place}": period for place, period in enumerate(periods[start : start + _MOST_VALUES])}
            parts.append(
                self._read_figures(f"o.period IN ({', '.join(f':{name}' for name in named)})", indicator, named)
            )
        return _told(pl.concat(parts))

    def cells(self, regions: Sequence[str], values: Sequence[float]) -> pl.DataFrame:
        """Published cells of these regions with one of these values, replaced ones too: upload, indicator, period,
        sex, region, value. Read upload by upload, in one pass over the figures."""
        if self._store is None or not values:
            return pl.DataFrame(schema=_CELLS_SCHEMA)
        if len(values) <= _MOST_VALUES:
            told = {f"v{place}": value for place, value in enumerate(values)}
            wanted = f"o.value IN ({', '.join(f':{name}' for name in told)})"
        else:
            told, wanted = {"low": min(values), "high": max(values)}, "o.value BETWEEN :low AND :high"
        named = {f"r{place}": region for place, region in enumerate(regions)}
        query = _CELLS.format(regions=", ".join(f":{name}" for name in named), values=wanted)
        return self._store.frame(query, _CELLS_SCHEMA, until=FOREVER, **named, **told)

    def _read_figures(self, periods: str, indicator: str, values: dict[str, str]) -> pl.DataFrame:
        if self._store is None:
            return pl.DataFrame(schema=_READ)
        query = _CURRENT.format(periods=periods)
        found = self._store.frame(query, _READ, indicator=indicator, until=FOREVER, **values)
        return standing_rows(found, KEY).select(*_READ)


def _told(standing: pl.DataFrame) -> pl.DataFrame:
    return standing.rename({"value": "old"}).select(*_SCHEMA)


def _span(observations: pl.DataFrame) -> tuple[str, str]:
    """The first period key that matters, and the first that is too late. Keys begin with the year, and are compared
    by year, or by month where all are days or months."""
    dated = observations.drop_nulls(["period_start", "period_kind"])
    if dated.is_empty():
        return "", ""
    ((first, last, kinds),) = dated.select(
        first=pl.min("period_start"), last=pl.max("period_start"), kinds=pl.col("period_kind").unique().implode()
    ).rows()
    start: date = first - timedelta(days=max(_HISTORY_DAYS[kind] for kind in kinds))
    if set(kinds) <= {"day", "month"}:
        following = (last.replace(day=1) + timedelta(days=32)).replace(day=1)
        return f"{start:%Y-%m}", f"{following:%Y-%m}"
    return f"{start:%Y}", f"{last.year + 1}"
