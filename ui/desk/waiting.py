"""What waits to be published: a table of the staged files; the one that is opened has the same report as when it came,
against what is published now."""

from typing import Any

import polars as pl
import streamlit as st

from access import allowed, shown_actor
from analysis import uploads_seen_by
from analysis.held_records import held_records
from exports import contents_in_words
from ui.desk.checking import preview_of, staged_file
from ui.desk.chosen import closes, opens
from ui.desk.deciding import Answers, answers_for, decide_staged
from ui.desk.outcomes import WAITING, outcome
from ui.desk.steps import steps_html
from ui.desk.telling import tell
from ui.desk.view import steps_of
from ui.notes import moment_in_words
from ui.parts import link
from ui.tables import table_html
from ui.visit import Visit


def staged_uploads(visit: Visit) -> pl.DataFrame:
    """Every staged upload that is the reader's business, oldest first."""
    if not (allowed(visit.actor, "publish") or allowed(visit.actor, "upload")):
        return uploads_seen_by(visit.store, visit.actor).clear()
    return uploads_seen_by(visit.store, visit.actor).filter(status="staged").sort("id")


def waiting(visit: Visit, staged: pl.DataFrame, chosen: int | None) -> None:
    """The table, each row on the way to its report; under it the report of the one that is opened."""
    with st.container(border=True, key="card waiting"):
        st.header(visit.say("upload_desk.waiting_heading", count=staged.height), anchor=False)
        outcome(visit, WAITING)
        if staged.is_empty():
            st.markdown(visit.say("upload_desk.none_waiting"))
            return
        st.html(_table(visit, staged))
        for row in staged.filter(id=chosen).iter_rows(named=True) if chosen else ():
            _one(visit, row)


def _table(visit: Visit, staged: pl.DataFrame) -> str:
    held = held_records(visit.store)
    say = visit.say
    rows = [
        {
            say("upload_desk.lists.number"): str(row["id"]),
            say("upload_desk.lists.file"): row["file"],
            say("upload_desk.lists.by"): shown_actor(row["uploaded_by"], visit.language, visit.names),
            say("upload_desk.lists.at"): moment_in_words(row["uploaded_at"], visit.language),
            say("upload_desk.lists.holds"): contents_of(visit, row, held.get(row["id"], {})),
            say("upload_desk.lists.action"): say("upload_desk.opens.staged"),
        }
        for row in staged.iter_rows(named=True)
    ]
    links = {say("upload_desk.lists.action"): [opens(visit, each) for each in staged["id"]]}
    listed = table_html(pl.DataFrame(rows), say("upload_desk.waiting_caption"), links=links, stacked=True)
    return f'<div class="desk-list">{listed}</div>'


def contents_of(visit: Visit, row: dict[str, Any], held: dict[str, int]) -> str:
    """What an upload holds: `22 siffror, 54 vårdenheter`."""
    return contents_in_words(row["observations"] - sum(held.values()), held, visit.language)


def _one(visit: Visit, row: dict[str, Any]) -> None:
    st.subheader(visit.say("upload_desk.opened", upload=row["id"]), anchor=False)
    st.html(f"<p>{link(visit.say('upload_desk.close'), closes(visit))}</p>")
    checked = staged_file(visit, row["id"], row["file"])
    if checked is None:
        return
    steps = st.empty()
    asked = answers_for(visit, row["uploaded_by"])
    preview = preview_of(visit, checked) if checked.accepted else None
    places = tell(visit, checked, preview, asked=asked, sheet=allowed(visit.actor, "originals"))
    answers = Answers()
    if not checked.accepted or preview is not None:  # else stopped: nobody decides about what they have not seen
        answers = decide_staged(visit, row["id"], row["uploaded_by"], checked, places)
    left, lacks = answers.reasons_left(checked), answers.lacks_note(checked)
    steps.html(steps_html(visit, steps_of(checked, preview, visit.language, reasons_left=left, lacks_note=lacks)))
