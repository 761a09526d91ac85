"""Do the file's own counts and shares of calls agree? More answered and abandoned than offered, a share that is not its
counts' quotient, a service level above the share answered (analysis/phone/sums.py has the rules)."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from analysis.phone.sums import KEY, SUMMED, disagreements
from loaders.plausibility.picture import Picture
from loaders.plausibility.telling import doubt, listed
from loaders.problems import Problem

_RULE: Final = "calls_disagree"


def calls_disagree(picture: Picture) -> list[Problem]:
    """One warning per broken rule and key, of figures that stand in the file and are not all published already."""
    own = picture.frame.filter("new", pl.col("indicator").is_in(SUMMED))
    if own.is_empty():
        return []
    news = own.filter("fresh").select(KEY).unique()
    found = disagreements(own.select("indicator", *KEY, "value")).join(news, on=list(KEY), how="semi")
    return listed(_RULE, found.height, _told(picture, own, found))


def _told(picture: Picture, own: pl.DataFrame, found: pl.DataFrame) -> Iterator[Problem]:
    for row in found.iter_rows(named=True):
        same = own.filter(pl.all_horizontal(pl.col(name) == row[name] for name in KEY))
        part = same.filter(pl.col("indicator").is_in(row["indicators"]))
        first = part.filter(pl.col("indicator") == row["indicators"][-1])
        yield doubt(
            picture.known,
            _RULE,
            tuple(row["indicators"]),
            part,
            variant=f"calls_{row['rule']}",
            found=first["printed"][0],
            region=picture.known.regions[row["region"]].short_name,
            period=row["period"],
            stated=row["found"],
            limit=row["limit"],
        )
