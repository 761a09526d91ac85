"""What may another moment than now show of figures? (methods.md §6, time)

A moment is suppressed by itself, but two moments together tell what each hides: an unchanged neighbour in the open
then, a total in the open now, and what a change came from. So of figures that add up, however far about, with one that
was ever too small to show, an earlier day, the change log and a figure's history show only what today shows to the
letter. They then tell no number that today does not.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import polars as pl

from analysis.methods.flags import has_flag
from analysis.methods.small_numbers import half_years_add_up
from analysis.methods.sums import ALL_AGES, Cell, Place, Sum, family_of, sums_of
from indicators import catalogue
from models import Store
from models.tables import COUNTS, SHOWN_ROWS

SECRET: Final = {"code": pl.String, "period": pl.String, "sex": pl.String, "synthetic": pl.Boolean}
"""The place of a figure that adds up with a small number, one row each."""
NUMBERS: Final = ("value", *COUNTS)
"""What is the same, to the letter, in two equal figures."""

_PUBLISHED: Final = f"""
SELECT DISTINCT o.region, o.period, o.sex, u.synthetic FROM observation o JOIN upload u ON u.id = o.upload_id
WHERE o.indicator = :indicator AND {SHOWN_ROWS}
 AND o.upload_id IN (SELECT upload_id FROM publication)
"""  # noqa: S608 (our own text)
_SMALL: Final = f"""{_PUBLISHED}
 AND ((o.base_n < :hide_below AND o.value IS NOT NULL) OR (o.value IS NULL AND o.flags LIKE '%s%'))
"""


_STATED: Final = """
SELECT DISTINCT period, region FROM typed_base WHERE answers < :hide_below AND subject IN (:indicator, :survey)
"""


def secret_places(store: Store, indicator: str, hide_below: int) -> pl.DataFrame:
    """Every place (SECRET) that adds up with a small number that was ever published, also where that is withdrawn or
    corrected since."""
    return _secret(store, store.data_version(), indicator, hide_below)


@lru_cache(maxsize=512)
def _secret(store: Store, _version: int, indicator: str, hide_below: int) -> pl.DataFrame:
    small = store.frame(_SMALL, SECRET, indicator=indicator, hide_below=hide_below)
    # Few answers may also be stated by staff, for one region or (region "") for all.
    survey = catalogue().indicators[indicator].survey or indicator
    schema = {"period": pl.String, "region": pl.String}
    stated = store.frame(_STATED, schema, indicator=indicator, survey=survey, hide_below=hide_below)
    if small.is_empty() and stated.is_empty():
        return small
    published = store.frame(_PUBLISHED, SECRET, indicator=indicator)
    named = published.join(stated, on="period").filter((pl.col("region") == "") | (pl.col("region") == pl.col("code")))
    return _adding_up(published, pl.concat([small, named.select(SECRET.keys())]), indicator)


def secret_places_of_file(
    store: Store | None, indicator: str, observations: pl.DataFrame, hide_below: int, *, synthetic: bool = False
) -> pl.DataFrame:
    """The same with a file's own figures (indicator, region, period, sex, value, base_n) as if they were published."""
    own = observations.filter(pl.col("indicator") == indicator).select(
        "value", "base_n", "period", "sex", code="region", synthetic=pl.lit(synthetic)
    )
    small = own.filter(pl.col("value").is_not_null(), pl.col("base_n") < hide_below).select(SECRET.keys())
    known = secret_places(store, indicator, hide_below) if store else small.clear()
    if small.is_empty():
        return known
    published = store.frame(_PUBLISHED, SECRET, indicator=indicator) if store else small.clear()
    return _adding_up(pl.concat([published, own.select(SECRET.keys())]), pl.concat([small, known]), indicator)


def _adding_up(published: pl.DataFrame, small: pl.DataFrame, indicator: str) -> pl.DataFrame:
    """The published places that add up with the small ones (both SECRET)."""
    half_years = half_years_add_up(indicator)
    tables: dict[tuple[str, bool], set[Place]] = {}
    for code, period, sex, synthetic in published.iter_rows():
        table = (family_of(period, half_years=half_years), synthetic)
        tables.setdefault(table, set()).add(Place(code, "", sex, ALL_AGES, period))
    found = []
    for (family, synthetic), places in tables.items():
        seeds = {
            Place(code, "", sex, ALL_AGES, period)
            for code, period, sex, _ in small.filter(synthetic=synthetic).iter_rows()
            if family_of(period, half_years=half_years) == family
        }
        sums = sums_of(dict.fromkeys(places, _PUBLISHED_CELL), half_years=half_years) if seeds else []
        found += [(one.region, one.period, one.sex, synthetic) for one in _joined(seeds, sums) & places]
    return pl.DataFrame(found, schema=SECRET, orient="row")


_PUBLISHED_CELL: Final = Cell(
    row=0, size=0.0, shown=True, secret=False, hidden=False, count=0.0, numerator=None, base=None, told=()
)


def _joined(seeds: Iterable[Place], sums: list[Sum]) -> set[Place]:
    """Everything that a chain of sums joins to the seeds."""
    beside: dict[Place, list[Sum]] = {}
    for one in sums:
        for place in (one.total, *one.members):
            beside.setdefault(place, []).append(one)
    reached, waiting = set(seeds), list(seeds)
    while waiting:
        for one in beside.pop(waiting.pop(), ()):
            fresh = {one.total, *one.members} - reached
            reached |= fresh
            waiting += fresh
    return reached


def not_shown_today(then: pl.DataFrame, today: pl.DataFrame, secret: pl.DataFrame) -> pl.Series:
    """Which of another moment's figures (code, period, sex, synthetic, NUMBERS; one indicator) must be hidden, beside
    the figures as they are shown today: those of secret places (SECRET) that today does not show to the letter."""
    shown = today.filter(pl.col("value").is_not_null()).select(
        *SECRET.keys() - {"synthetic"}, *NUMBERS, synthetic=has_flag(pl.col("flags"), "x"), shown=pl.lit(True)
    )
    told = then.join(secret.with_columns(touched=pl.lit(True)), on=list(SECRET), how="left", maintain_order="left")
    both = told.join(shown, on=[*SECRET, *NUMBERS], how="left", nulls_equal=True, maintain_order="left")
    hidden = pl.col("touched").is_not_null() & pl.col("shown").is_null() & pl.col("value").is_not_null()
    return both.select(hidden).to_series()
