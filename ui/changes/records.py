"""The change log's records: what each event made of them, field by field, each with a link to its cell."""

from typing import Any

from analysis import told_records
from exports.records import column, event_changes_table
from ui.figure_links import record_link
from ui.notes import moment_in_words
from ui.tables import table_html
from ui.visit import Visit


def records_html(visit: Visit, event: dict[str, Any], indicator: str | None, most: int) -> tuple[str, int]:
    """The first `most` changed fields of an event (analysis.change_log) as a table, and how many there are; no table
    where there are none."""
    changes = told_records(visit.store, event["event"], indicator=indicator)
    if changes.is_empty():
        return "", 0
    first = changes.head(most)
    shown = event_changes_table(first, visit.language)
    moment = moment_in_words(event["at"], visit.language)
    caption = visit.say("record_words.log.caption", file=event["file"], moment=moment)
    links = [record_link(visit, event["upload"], row["sheet"], row["cell"]) for row in first.to_dicts()]
    html = table_html(
        shown.select(name for name in shown.columns if (shown[name] != "").any()),
        caption,
        links={column("what", visit.language): links},
    )
    return html, changes.height
