"""What becomes of the evidence behind published figures: a warning per indicator and outcome, with what is won or lost,
whose it was, and the judgements that turn."""

from typing import Final

import polars as pl

from analysis.history.evidence import outcome
from analysis.history.preview import MOST_TABLES, what_would_change
from indicators import NATION, Catalogue, period_of
from loaders.checks.duplicates import KEY
from loaders.checks.published import PublishedFigures
from loaders.problems import WARNING, Problem, labels_of
from models import Store

_TOLD: Final = ("lost", "kept", "won", "other")
"""The outcomes (analysis.preview_evidence.OUTCOMES) that are warned of; what is only confirmed needs no answer."""


def check_evidence(
    store: Store, published: PublishedFigures, observations: pl.DataFrame, known: Catalogue, *, synthetic: bool
) -> list[Problem]:
    """Warnings `evidence_lost`, `evidence_kept`, `evidence_won`, `evidence_other`: how many figures, whose file, which
    parts, and the regions whose judgement against riket would be another (for `evidence_kept`: if the poorer rows
    stood nevertheless)."""
    parts = [
        _compared(published, name)
        for name in observations["indicator"].unique(maintain_order=True)
        if published.standing(name).height
    ]
    found = pl.concat(parts) if parts else pl.DataFrame()
    if found.is_empty():
        return []
    turns = _turns(store, observations, found, synthetic)
    return [
        _problem(known, str(name), str(what), part, turns[what == "kept"].filter(indicator=name))
        for (name, what), part in found.group_by("indicator", "outcome", maintain_order=True)
    ]


def _compared(published: PublishedFigures, indicator: str) -> pl.DataFrame:
    """The figures with one of _TOLD: key, outcome, lost, won, other, file, layout."""
    told = published.compared(indicator).with_columns(outcome=outcome()).filter(pl.col("outcome").is_in(_TOLD))
    return told.join(
        published.standing(indicator).select(*KEY, "file", "layout"), on=list(KEY), how="left", maintain_order="left"
    )


def _turns(
    store: Store, observations: pl.DataFrame, found: pl.DataFrame, synthetic: bool
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(what turns, what would turn on top if the poorer rows stood): judgements in the latest of the found tables."""
    tables = found.select("indicator", "period").unique().rows()
    latest = sorted(tables, key=lambda table: period_of(table[1]).recency, reverse=True)[:MOST_TABLES]
    chosen = pl.DataFrame(latest, schema=["indicator", "period"], orient="row")
    own = observations.join(chosen, on=["indicator", "period"], how="semi", maintain_order="left")
    preview = what_would_change(store, own, synthetic=synthetic)
    turned = pl.col("judgement_before").ne_missing(pl.col("judgement_after"))
    return preview.turns.filter(turned), preview.turns_if_replaced.filter(turned)


def _problem(known: Catalogue, indicator: str, what: str, part: pl.DataFrame, turns: pl.DataFrame) -> Problem:
    ids = (indicator,)
    names = {code: region.short_name for code, region in known.regions.items() if code != NATION}
    turned = [
        (names[code], period, before, after)
        for code, period, before, after in turns.select(
            "code", "period", "judgement_before", "judgement_after"
        ).iter_rows()
    ]

    def parts(name: str) -> tuple[str, ...]:
        return tuple(part[name].explode().drop_nulls().unique(maintain_order=True))

    return Problem(
        WARNING,
        f"evidence_{what}",
        found=str(part.height),
        indicators=ids,
        labels=labels_of(known, ids),
        values={
            "count": part.height,
            "files": ", ".join(sorted(set(part["file"]))),
            "layouts": tuple(sorted(set(part["layout"]))),
            "lost_parts": parts("lost"),
            "won_parts": parts("won"),
            "other_parts": parts("other"),
            "turned": tuple(turned),
        },
    )
