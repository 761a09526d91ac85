"""What would change: figures already published with another value, so that nothing is rewritten unseen."""

import polars as pl

from indicators import Catalogue
from indicators.file_layouts import publisher_of
from loaders.checks.duplicates import KEY
from loaders.checks.published import PublishedFigures
from loaders.problems import WARNING, Problem, labels_of
from loaders.spoken import HIDDEN


def _decimals(printed: pl.Series) -> int:
    """Most decimals any of the texts shows."""
    return int(printed.str.extract(r"[.,](\d+)", 1).str.len_chars().max() or 0)  # type: ignore[arg-type]


def check_revisions(
    published: PublishedFigures, layout: str, observations: pl.DataFrame, known: Catalogue
) -> list[Problem]:
    """One warning per indicator: how many published figures would change, the largest change, and whose they are. The
    same figure with more or fewer decimals is no change (analysis.current). Numbers that would tell one of few answers
    are not quoted."""
    problems = []
    for indicator in observations["indicator"].drop_nulls().unique(maintain_order=True):
        ids = (str(indicator),)
        if published.standing(ids[0]).is_empty():
            continue
        part = observations.filter(pl.col("indicator") == indicator).drop_nulls(list(KEY))
        both = part.join(published.of(ids[0]), on=list(KEY), how="inner", maintain_order="left")
        changed = both.join(
            published.compared(ids[0]).filter(~pl.col("same")), on=list(KEY), how="semi", maintain_order="left"
        )
        if changed.is_empty():
            continue
        size = (pl.col("value") - pl.col("old")).abs()
        ordered = changed.sort(size, descending=True, nulls_last=True)
        quotable = ordered.join(published.secret(ids[0]), on=["region", "period", "sex"], how="anti")
        largest = (quotable if quotable.height else changed).row(0, named=True)
        others = {publisher_of(each) for each in changed["layout"].unique()} - {publisher_of(layout)}
        problems.append(
            Problem(
                WARNING,
                "revision",
                found=str(changed.height),
                indicators=ids,
                labels=labels_of(known, ids),
                variant="revision_other" if others else "",
                values={
                    "count": changed.height,
                    "region": known.regions[largest["region"]].name,
                    "period": largest["period"],
                    "old": (largest["old_printed"] or "–") if quotable.height else HIDDEN,
                    "new": (largest["printed"] or "–") if quotable.height else HIDDEN,
                    "files": ", ".join(sorted(set(changed["file"]))),
                    "old_decimals": _decimals(changed["old_printed"]),
                    "new_decimals": _decimals(changed["printed"]),
                },
            )
        )
    return problems
