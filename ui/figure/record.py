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
from ui.frame import Frame
from ui.notes import bullets, moment_in_words
from wording.records import field_in_words, field_title, subject

_UPLOAD: Final = re.compile(r"[0-9]{1,9}")
_SHOWN: Final = {"name": "kind"}  # the name of a unit is its heading
_MOST: Final = 20  # records of one cell that are told


def asked() -> bool:
    """Whether the address names an upload: it is a record's, not a figure's."""
    return "upload" in st.query_params


def draw(frame: Frame) -> None:
    """The records of the cell, the file and cell they stand in, and what else has been said of each."""
    upload, sheet, cell = (st.query_params.get(name, "") for name in ("upload", "sheet", "cell"))
    frame.choices.update(upload=upload, sheet=sheet, cell=cell)
    if not _UPLOAD.fullmatch(upload) or not cell or "\0" in sheet + cell:
        st.warning(frame.say("record_words.origin.unreadable"))
        return
    found = records_at(frame.store, int(upload), sheet, cell, frame.as_of)
    if not found:
        st.info(frame.say("record_words.origin.none"))
        return
    for record in found[:_MOST]:
        _record(frame, record)
    row = {"sheet": sheet, "cell": cell, "published_at": found[0].row["published_at"]}
    uploads = uploads_list(frame.store, frame.as_of)
    place = Place(frame, row, uploads.row(by_predicate=pl.col("id") == int(upload), named=True))
    origin(place)
    provenance_cell.cell(place)
    for record in found[:_MOST]:
        _history(frame, record)


def _record(frame: Frame, record: RecordOrigin) -> None:
    """Which record, what it says, and whether it counts."""
    row, language = record.row, frame.language
    if row["synthetic"]:
        st.warning(frame.say("ui.synthetic"))
    period = f", {period_label(row['period'], language)}" if row["period"] else ""
    st.header(plain(f"{subject(row, language)}{period}"), anchor=False)
    shown, words = _shown(record), plain(_words(frame, record.kind, row, _shown(record)))
    if record.field == MAIN[record.kind]:
        st.markdown(f"### {words}")
    else:  # one field of several: named, and too long for a heading
        st.markdown(f"**{plain(field_title(shown, language).capitalize())}:** {words}")
    by = record.by or {"upload": "", "file": ""}
    st.markdown(plain(frame.say(f"record_words.origin.{record.state}", upload=by["upload"], file=by["file"])))
    facts = [f"**{frame.say('record_words.columns.record')}:** {frame.say(f'record_words.kinds.{record.kind}')}"]
    facts += [
        f"**{plain(field_title(name, language).capitalize())}:** {plain(_words(frame, record.kind, row, name))}"
        for name in RECORDS[record.kind].told
        if name != shown and row[name] not in (None, "")
    ]
    if row.get("printed"):
        facts.append(plain(frame.say("record_words.origin.printed", printed=row["printed"])))
    bullets(facts)


def _shown(record: RecordOrigin) -> str:
    return _SHOWN.get(record.field, record.field)


def _words(frame: Frame, kind: str, row: dict[str, Any], name: str) -> str:
    value = None if row[name] is None else str(row[name])
    return field_in_words({**row, "record": kind}, name, value, frame.language)


def _history(frame: Frame, record: RecordOrigin) -> None:
    """What each published file has said of the same record, where there is more than one."""
    if record.said.height < 2:
        return
    st.header(frame.say("record_words.origin.history"), anchor=False)
    rows, links = [], []
    for said in record.said.to_dicts():
        sheet, cell = said["sheet"], said["cell"]
        cells = {
            "at": moment_in_words(said["published_at"], frame.language),
            "file": said["file"],
            "says": _words(frame, record.kind, {**record.row, **said}, _shown(record)),
            "sheet": sheet,
            "cell": cell,
        }
        told = {frame.say(f"record_words.columns.{name}"): words for name, words in cells.items()}
        rows.append(told | {frame.say("record_words.origin.state"): frame.say(f"record_words.states.{said['state']}")})
        links.append(record_link(frame, said["upload"], sheet, cell))
    caption = frame.say("record_words.origin.history_caption", what=subject(record.row, frame.language))
    st.html(rows_html(rows, caption, links={frame.say("record_words.columns.cell"): links}))
