"""The change log's records: what each event made of them, field by field, each with a link to its cell."""

from typing import Any

from analysis import told_records
from exports.records import column, event_changes_table
from ui.figure_links import record_link
from ui.frame import Frame
from ui.notes import moment_in_words
from ui.tables import table_html


def records_html(frame: Frame, event: dict[str, Any], indicator: str | None, most: int) -> tuple[str, int]:
    """The first `most` changed fields of an event (analysis.change_log) as a table, and how many there are; no table
    where there are none."""
    changes = told_records(frame.store, event["event"], indicator=indicator)
    if changes.is_empty():
        return "", 0
    first = changes.head(most)
    shown = event_changes_table(first, frame.language)
    moment = moment_in_words(event["at"], frame.language)
    caption = frame.say("record_words.log.caption", file=event["file"], moment=moment)
    links = [record_link(frame, event["upload"], row["sheet"], row["cell"]) for row in first.to_dicts()]
    html = table_html(
        shown.select(name for name in shown.columns if (shown[name] != "").any()),
        caption,
        links={column("what", frame.language): links},
    )
    return html, changes.height
