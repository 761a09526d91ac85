"""From a record to its cell: which record stands there, whether it counts, and what other files say of the same."""

import re
from typing import Any, Final

import polars as pl
import streamlit as st

from analysis import uploads_list
from analysis.history.record_fields import MAIN
from analysis.origin.records import RecordOrigin, records_at
from indicators import period_label
from models import RECORDS
from ui.escape import plain
from ui.figure import cell as provenance_cell
from ui.figure.page import Place, origin
from ui.figure_links import record_link
from ui.figures import rows_html
from ui.notes import bullets, moment_in_words, synthetic_warning
from ui.visit import Visit
from wording.records import field_in_words, field_title, subject

_UPLOAD: Final = re.compile(r"[0-9]{1,9}")
_SHOWN: Final = {"name": "kind"}  # the name of a unit is its heading
_MOST: Final = 20  # records of one cell that are told


def asked() -> bool:
    """Whether the address names an upload: it is a record's, not a figure's."""
    return "upload" in st.query_params


def draw(visit: Visit) -> None:
    """The records of the cell, the file and cell they stand in, and what else has been said of each."""
    upload, sheet, cell = (st.query_params.get(name, "") for name in ("upload", "sheet", "cell"))
    visit.choices.update(upload=upload, sheet=sheet, cell=cell)
    if not _UPLOAD.fullmatch(upload) or not cell or "\0" in sheet + cell:
        st.warning(visit.say("record_words.origin.unreadable"))
        return
    found = records_at(visit.store, int(upload), sheet, cell, visit.as_of)
    if not found:
        st.info(visit.say("record_words.origin.none"))
        return
    for record in found[:_MOST]:
        _record(visit, record)
    row = {"sheet": sheet, "cell": cell, "published_at": found[0].row["published_at"]}
    uploads = uploads_list(visit.store, visit.as_of)
    place = Place(visit, row, uploads.row(by_predicate=pl.col("id") == int(upload), named=True))
    origin(place)
    provenance_cell.cell(place)
    for record in found[:_MOST]:
        _history(visit, record)


def _record(visit: Visit, record: RecordOrigin) -> None:
    """Which record, what it says, and whether it counts."""
    row, language = record.row, visit.language
    if row["synthetic"]:
        synthetic_warning(visit)
    period = f", {period_label(row['period'], language)}" if row["period"] else ""
    st.header(plain(f"{subject(row, language)}{period}"), anchor=False)
    shown, words = _shown(record), plain(_words(visit, record.kind, row, _shown(record)))
    if record.field == MAIN[record.kind]:
        st.markdown(f"### {words}")
    else:  # one field of several: named, and too long for a heading
        st.markdown(f"**{plain(field_title(shown, language).capitalize())}:** {words}")
    by = record.by or {"upload": "", "file": ""}
    st.markdown(plain(visit.say(f"record_words.origin.{record.state}", upload=by["upload"], file=by["file"])))
    facts = [f"**{visit.say('record_words.columns.record')}:** {visit.say(f'record_words.kinds.{record.kind}')}"]
    facts += [
        f"**{plain(field_title(name, language).capitalize())}:** {plain(_words(visit, record.kind, row, name))}"
        for name in RECORDS[record.kind].told
        if name != shown and row[name] not in (None, "")
    ]
    if row.get("printed"):
        facts.append(plain(visit.say("record_words.origin.printed", printed=row["printed"])))
    bullets(facts)


def _shown(record: RecordOrigin) -> str:
    return _SHOWN.get(record.field, record.field)


def _words(visit: Visit, kind: str, row: dict[str, Any], name: str) -> str:
    value = None if row[name] is None else str(row[name])
    return field_in_words({**row, "record": kind}, name, value, visit.language)


def _history(visit: Visit, record: RecordOrigin) -> None:
    """What each published file has said of the same record, where there is more than one."""
    if record.said.height < 2:
        return
    st.header(visit.say("record_words.origin.history"), anchor=False)
    rows, links = [], []
    for said in record.said.to_dicts():
        sheet, cell = said["sheet"], said["cell"]
        cells = {
            "at": moment_in_words(said["published_at"], visit.language),
            "file": said["file"],
            "says": _words(visit, record.kind, {**record.row, **said}, _shown(record)),
            "sheet": sheet,
            "cell": cell,
        }
        told = {visit.say(f"record_words.columns.{name}"): words for name, words in cells.items()}
        rows.append(told | {visit.say("record_words.origin.state"): visit.say(f"record_words.states.{said['state']}")})
        links.append(record_link(visit, said["upload"], sheet, cell))
    caption = visit.say("record_words.origin.history_caption", what=subject(record.row, visit.language))
    st.html(rows_html(rows, caption, links={visit.say("record_words.columns.cell"): links}))
