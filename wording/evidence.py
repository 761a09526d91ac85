"""What becomes of the evidence behind published figures, in sentences: the same on the desk and at the terminal."""

import polars as pl

from analysis import Preview
from analysis.history.evidence import OUTCOMES
from indicators import period_label
from locales import text
from locales.numbers import format_number

_MOST_TURNS = 10


def evidence_sentences(preview: Preview, language: str) -> list[str]:
    """One sentence per outcome that occurs, and whose judgements would turn if the poorer rows stood."""
    told = []
    for outcome in OUTCOMES:
        part = preview.evidence.filter(outcome=outcome)
        if part.height:
            parts = {name: _parts(part[name], language) for name in ("lost", "won", "other")}
            count = format_number(part.height, 0, language)
            told.append(text(f"upload_desk.evidence.{outcome}", language, count=count, **parts))
    turned = preview.turns_if_replaced.filter(pl.col("judgement_before").ne_missing(pl.col("judgement_after")))
    if turned.height:
        told.append(text("upload_desk.evidence.if_replaced", language, turns=_turns(turned, language)))
    return told


def _parts(names: pl.Series, language: str) -> str:
    found = names.explode().drop_nulls().unique(maintain_order=True)
    return ", ".join(text(f"evidence_parts.{name}", language) for name in found)


def _turns(turned: pl.DataFrame, language: str) -> str:
    """`Region Skåne 2015: sämre → ingen säker skillnad`; the first of them, and how many more."""
    lines = []
    for row in turned.head(_MOST_TURNS).iter_rows(named=True):
        words = {
            when: text(f"judgements.short.{row[f'judgement_{when}'] or 'no_value'}", language)
            for when in ("before", "after")
        }
        period = period_label(row["period"], language)
        lines.append(text("evidence_parts.turn", language, region=row["region"], period=period, **words))
    if rest := turned.height - len(lines):
        lines.append(text("evidence_parts.more", language, count=format_number(rest, 0, language)))
    return "; ".join(lines)
