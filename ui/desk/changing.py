"""What a file would change: new, same, changed, gone; each figure old → new; the judgements and places that turn."""

from typing import Final

import polars as pl
import streamlit as st

from analysis import Preview
from exports import changed_table, counts_table, evidence_sentences, printed_changes, turns_table
from locales.numbers import format_number
from ui.desk.records import record_changes
from ui.desk.shortened import MOST_ROWS, said_if_cut, without_empty
from ui.escape import plain
from ui.notes import bullets
from ui.tables import table
from ui.visit import Visit

_FEW_ROWS: Final = 8  # rows that need not be folded


def changes(visit: Visit, preview: Preview) -> None:
    """What the file would change among the figures, and among the records."""
    st.subheader(visit.say("upload_desk.changes_heading"), anchor=False)
    if preview.figures.height or preview.records.counts.is_empty():
        _figures(visit, preview)
    if preview.records.counts.height:
        record_changes(visit, preview.records)


def _figures(visit: Visit, preview: Preview) -> None:
    """New, same, changed, gone; each changed figure old → new; the judgements and places that turn."""
    _counts(visit, counts_table(preview, visit.language))
    backed = evidence_sentences(preview, visit.language)
    changed = preview.changed()
    if changed.is_empty():
        st.markdown(visit.say("upload_desk.nothing_changed"))
    else:
        _changed(visit, changed)
    bullets([plain(sentence) for sentence in backed])
    if changed.height or preview.turns.height:
        _turns(visit, preview)


def _changed(visit: Visit, changed: pl.DataFrame) -> None:
    full = changed_table(printed_changes(changed, visit.language), visit.language)
    shown = without_empty(full.drop(visit.say("upload_desk.columns.old_file")))  # the page has no room for it
    numbers = [visit.say(f"upload_desk.columns.{name}") for name in ("before", "after", "difference")]
    table(
        shown.head(MOST_ROWS),
        visit.say("upload_desk.changed_caption", count=format_number(changed.height, 0, visit.language)),
        numbers=numbers,
    )
    said_if_cut(visit, changed.height)


def _counts(visit: Visit, counts: pl.DataFrame) -> None:
    """The sums in a sentence, and the table per indicator and period, folded where it is long."""
    kinds = counts.columns[2:]
    sums = [f"{name}: {format_number(int(counts[name].sum()), 0, visit.language)}" for name in kinds]
    shown = counts.head(MOST_ROWS)
    in_words = shown.with_columns(_in_words(shown[name], visit.language) for name in kinds)
    caption = visit.say("upload_desk.counts_caption")
    if counts.height <= _FEW_ROWS:
        table(in_words, caption, numbers=kinds)
        return
    st.markdown(plain(". ".join([*sums, ""]).strip()))
    with st.expander(caption):
        table(in_words, caption, numbers=kinds)
        said_if_cut(visit, counts.height)


def _turns(visit: Visit, preview: Preview) -> None:
    judged = preview.turns.filter(pl.col("judgement_before").ne_missing(pl.col("judgement_after")))
    if preview.unjudged:
        st.markdown(visit.say("upload_desk.unjudged", count=preview.unjudged))
    if preview.turns.is_empty():
        st.markdown(visit.say("upload_desk.no_turns"))
        return
    st.markdown(visit.say("upload_desk.turns", judgements=judged.height, places=preview.turns.height))
    rows = turns_table(judged.head(_FEW_ROWS), visit.language).iter_rows()
    bullets(
        [
            plain(f"{region} {period}, {indicator}: {before} → {after}")
            for indicator, region, period, before, after, *_ in rows
        ]
    )
    with st.expander(visit.say("upload_desk.turns_caption", count=preview.turns.height)):
        ranks = pl.col("rank_before", "rank_after")
        told = preview.turns.with_columns(ranks.cast(pl.Int64).cast(pl.String).fill_null("–"))
        table(turns_table(told, visit.language).head(MOST_ROWS), visit.say("upload_desk.sheets.turns"))


def _in_words(counts: pl.Series, language: str) -> pl.Series:
    return pl.Series(counts.name, [format_number(count, 0, language) for count in counts], dtype=pl.String)
