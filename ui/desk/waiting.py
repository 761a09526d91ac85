"""What waits to be published: each staged file with the same report as when it came, against what is published now."""

from typing import Any

import streamlit as st

from access import allowed, shown_actor
from analysis import uploads_seen_by
from ui.desk.checking import preview_of, staged_file
from ui.desk.deciding import answers_for, decide_staged
from ui.desk.outcomes import WAITING, outcome
from ui.desk.telling import tell
from ui.escape import plain
from ui.frame import Frame
from ui.notes import moment_in_words


def waiting(frame: Frame) -> None:
    """Every staged upload that is the reader's business, oldest first, opened by its own switch."""
    if not (allowed(frame.actor, "publish") or allowed(frame.actor, "upload")):
        return
    staged = uploads_seen_by(frame.store, frame.actor).filter(status="staged").sort("id")
    st.header(frame.say("upload_desk.waiting_heading", count=staged.height), anchor=False)
    outcome(frame, WAITING)
    if staged.is_empty():
        st.markdown(frame.say("upload_desk.none_waiting"))
    for row in staged.iter_rows(named=True):
        with st.container(border=True):
            _one(frame, row)


def _one(frame: Frame, row: dict[str, Any]) -> None:
    who = shown_actor(row["uploaded_by"], frame.language, frame.names)
    when = moment_in_words(row["uploaded_at"], frame.language)
    told = frame.say("upload_desk.waiting_one", upload=row["id"], file=row["file"], who=who, when=when)
    if not st.toggle(plain(told), key=f"open:{row['id']}"):
        return
    checked = staged_file(frame, row["id"], row["file"])
    if checked is not None:
        asked = answers_for(frame, row["uploaded_by"])
        preview = preview_of(frame, checked) if checked.accepted else None
        tell(frame, checked, preview, asked=asked)
        if checked.accepted and preview is None:
            return  # stopped: nobody decides about what they have not seen
        decide_staged(frame, row["id"], row["uploaded_by"], checked)
