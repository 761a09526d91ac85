"""What a file would change, as `check` prints it."""

from typing import Any, Final

from analysis import Preview, what_would_change
from commands.terminal import Terminal, aligned, records
from exports import changed_table, printed_changes
from loaders import CheckedFile
from models import Store

_COLUMNS: Final = 7  # indicator, region, period, sex, before, after, difference
_NUMBERS: Final = (4, 5, 6)
_SHOWN: Final = 20  # changed figures printed for a person; --json has them all


def previewed(store: Store | None, checked: CheckedFile) -> Preview | None:
    """What publishing would change; None without a store, for a repeat and for a file that is refused."""
    if store is None or checked.repeat or not checked.accepted:
        return None
    return what_would_change(store, checked.observations)


def changes_document(preview: Preview | None) -> dict[str, Any] | None:
    """Counts per indicator and period, the changed figures, the judgements and ranks that turn."""
    if preview is None:
        return None
    return {
        "counts": records(preview.counts()),
        "changed": records(preview.changed()),
        "turns": records(preview.turns),
        "unjudged": preview.unjudged,
    }


def changes_told(preview: Preview | None, out: Terminal) -> list[str]:
    """The same for a person: how many of each kind, and the largest changes."""
    if preview is None:
        return []
    counts = preview.counts().drop("indicator", "period").sum()
    lines = [out.said("check_changes", **counts.row(0, named=True))] if counts.height else []
    changed = preview.changed()
    if changed.height:
        shown = changed_table(printed_changes(changed.head(_SHOWN), out.language), out.language)
        told = shown.select(shown.columns[:_COLUMNS])
        lines.append(aligned(told.columns, [list(row) for row in told.iter_rows()], right=_NUMBERS))
    return lines
