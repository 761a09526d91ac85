"""What the last step on the desk led to: kept over the rerun it causes, told once, where the step was taken."""

from collections.abc import Collection
from typing import Final, NoReturn

import streamlit as st

from analysis.held_records import held_records
from ui.desk.view import changed_pages
from ui.escape import as_html
from ui.parts import link
from ui.visit import Visit
from views.parts import Reader

_OUTCOME: Final = "desk:outcome"
WAITING: Final = "waiting"
HISTORY: Final = "history"
_SEEN: Final = ("published", "withdraw", "restore")  # steps after which pages show something else
_OF_RECORDS: Final = ("published", "withdraw")  # steps told otherwise of an upload that holds no figures


def done(place: str, step: str, upload_id: int, *, records: bool = False) -> NoReturn:
    """Remember the step and draw the page anew, with what it changed."""
    remember(place, step, upload_id, records=records)
    st.rerun()


def remember(place: str, step: str, upload_id: int, *, records: bool = False) -> None:
    """Keep the step until it is told. `place`: WAITING, HISTORY or a file's sha256; `records`: the upload holds
    records."""
    st.session_state[_OUTCOME] = (place, step, upload_id, records)


def outcome_elsewhere(visit: Visit, shown: Collection[str]) -> None:
    """Tell the last step if it was taken with a file that is not among those `shown` (sha256) any longer."""
    place = st.session_state.get(_OUTCOME, (WAITING,))[0]
    if place not in (WAITING, HISTORY, *shown):
        outcome(visit, place)


def is_told() -> bool:
    """Whether a step with an upload that stands in the store is about to be told."""
    return st.session_state.get(_OUTCOME, ("",))[0] in (WAITING, HISTORY)


def outcome(visit: Visit, place: str) -> bool:
    """Tell the last step if it was taken here and has not been told, with the way to the pages that show it; whether it
    was."""
    if st.session_state.get(_OUTCOME, ("",))[0] != place:
        return False
    _, step, upload_id, records = st.session_state.pop(_OUTCOME)
    area = "record_words.desk" if records and step in _OF_RECORDS else "upload_desk.outcome"
    st.success(visit.say(f"{area}.{step}", upload=upload_id))
    if step in _SEEN:
        reader = Reader(visit.language, visit.store)
        pages = changed_pages(reader, upload_id, held_records(visit.store).get(upload_id, {}))
        links = "".join(f"<li>{link(title, address)}</li>" for title, address in pages)
        st.html(f'<p>{as_html(visit.say("upload_desk.see_changed"))}</p><ul class="see">{links}</ul>')
    return True
