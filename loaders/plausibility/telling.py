"""A doubt put as a warning: where in the file it is, and in which words (locales/<language>/plausibility.toml)."""

from collections.abc import Iterable
from typing import Any, Final

import polars as pl

from indicators import Catalogue
from loaders.problems import SHOWN_PER_RULE, WARNING, Problem, labels_of
from loaders.spoken import HIDDEN
from loaders.tables.addresses import cell, rectangles

AREA: Final = "plausibility"


def doubt(
    known: Catalogue,
    rule: str,
    ids: tuple[str, ...],
    figures: pl.DataFrame,
    *,
    variant: str = "",
    found: str = "",
    **values: Any,
) -> Problem:
    """A warning about `figures` (rows of a Picture; those that are published already have no place in the file),
    without their numbers where one of them must not be told."""
    sheet, place = place_of(figures.filter("new"))
    if "secret" in figures.columns and figures["secret"].any():
        quoted = ("first", "second") if variant == "nations_swapped" else ()
        hidden = [name for name, value in values.items() if isinstance(value, float) or name in quoted]
        values, found = {**values, **dict.fromkeys(hidden, HIDDEN)}, HIDDEN
    values = {name: round(value, 1) if isinstance(value, float) else value for name, value in values.items()}
    return Problem(
        WARNING,
        rule,
        sheet=sheet,
        cell=place,
        found=found,
        indicators=ids,
        variant=variant,
        labels=labels_of(known, ids),
        values=values,
        area=AREA,
    )


def place_of(figures: pl.DataFrame) -> tuple[str, str]:
    """(sheet, address): the range the figures fill where they fill one, else the first of them."""
    if figures.is_empty():
        return "", ""
    first = figures.sort("sheet", "row", "col").row(0, named=True)
    if first["path"]:
        return first["sheet"], first["path"]
    ranges = rectangles(figures.filter(pl.col("sheet") == first["sheet"]).select("row", "col").iter_rows())
    return first["sheet"], ranges[0] if len(ranges) == 1 else cell(first["row"], first["col"])


def names_of(known: Catalogue, codes: Iterable[str]) -> str:
    """The regions' short names, joined by commas."""
    return ", ".join(known.regions[code].short_name for code in sorted(codes))


def listed(rule: str, count: int, problems: Iterable[Problem]) -> list[Problem]:
    """The first SHOWN_PER_RULE of `count` warnings, and one that counts the rest."""
    shown = [problem for problem, _ in zip(problems, range(SHOWN_PER_RULE), strict=False)]
    if count > len(shown):
        more = {"count": count - len(shown), "rule": rule}
        shown.append(Problem(WARNING, rule, variant="more", values=more, area=AREA))
    return shown
