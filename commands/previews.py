"""What a file would change, as `check` prints it."""

from typing import Any, Final

from analysis import Preview, RecordChanges, what_would_change
from analysis.history.record_fields import RECORD_KINDS
from commands.terminal import Terminal, aligned
from exports import (
    changed_records_table,
    changed_table,
    contents_in_words,
    evidence_sentences,
    printed_changes,
    record_counts_table,
)
from loaders import CheckedFile
from locales import text
from locales.json_text import records
from locales.numbers import format_number
from models import Store

_COLUMNS: Final = 7  # indicator, region, period, sex, before, after, difference
_NUMBERS: Final = (4, 5, 6)
_SHOWN: Final = 20  # changed figures printed for a person; --json has them all


def contents(document: dict[str, Any], language: str) -> str:
    """What a file holds, in words, from its report (CheckedFile.to_json)."""
    return contents_in_words(document["observations"], document.get("records", {}), language)


def previewed(store: Store | None, checked: CheckedFile) -> Preview | None:
    """What publishing would change; None without a store, for a repeat and for a file that is refused."""
    if store is None or checked.repeat or not checked.accepted:
        return None
    return what_would_change(store, checked.observations, checked.records, synthetic=checked.synthetic)


def changes_document(preview: Preview | None) -> dict[str, Any] | None:
    """Counts per indicator and period, the changed figures, the judgements and ranks that turn."""
    if preview is None:
        return None
    return {
        "counts": records(preview.counts()),
        "changed": records(preview.changed()),
        "turns": records(preview.turns),
        "unjudged": preview.unjudged,
        "evidence": records(preview.evidence),
        "turns_if_replaced": records(preview.turns_if_replaced),
        **records_document(preview.records),
    }


def records_document(changes: RecordChanges) -> dict[str, Any]:
    """The same of what is no figure; nothing where the file has only figures."""
    if changes.counts.is_empty():
        return {}
    return {"records": {"counts": records(changes.counts), "changed": records(changes.changed)}}


def changes_told(preview: Preview | None, out: Terminal) -> list[str]:
    """The same for a person: how many of each kind, and the largest changes."""
    if preview is None:
        return []
    counts = preview.counts().drop("indicator", "period").sum()
    only_records = preview.figures.is_empty() and preview.records.counts.height
    lines = [] if only_records else [out.said("check_changes", **counts.row(0, named=True))]
    changed = preview.changed()
    if changed.height:
        shown = changed_table(printed_changes(changed.head(_SHOWN), out.language), out.language)
        told = shown.select(shown.columns[:_COLUMNS])
        lines.append(aligned(told.columns, [list(row) for row in told.iter_rows()], right=_NUMBERS))
    lines += [f"  {sentence}" for sentence in evidence_sentences(preview, out.language)]
    return lines + _records_told(preview.records, out)


def _records_told(changes: RecordChanges, out: Terminal) -> list[str]:
    names = ("what", *RECORD_KINDS)
    lines = []
    for kind, period, *counts in record_counts_table(changes, out.language).iter_rows():
        words = [f"{kind} {period}".strip(), *(format_number(count, 0, out.language) for count in counts)]
        lines.append("  " + text("record_words.cli.changes", out.language, **dict(zip(names, words, strict=True))))
    if changes.changed.height:
        told = changed_records_table(changes.changed.head(_SHOWN), out.language)
        lines.append(aligned(told.columns, [list(row) for row in told.iter_rows()]))
    return lines
