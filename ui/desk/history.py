"""What has been published: withdraw it, or withdraw a withdrawal, always with a reason."""

from collections.abc import Callable
from typing import Any, Final

import polars as pl
import streamlit as st

from access import allowed
from analysis import uploads_list
from analysis.held_records import held_records
from exports import contents_in_words
from loaders import restore_upload, withdraw_upload
from locales.refused import Refused
from ui import who
from ui.desk.outcomes import HISTORY, done, outcome
from ui.desk.undoing import consequences
from ui.escape import plain
from ui.frame import Frame

_STEPS: Final[dict[str, tuple[str, Callable[..., int]]]] = {
    "published": ("withdraw", withdraw_upload),
    "withdrawn": ("restore", restore_upload),
}


def history(frame: Frame) -> None:
    """Choose an upload and take it back, or bring it back."""
    if not allowed(frame.actor, "publish"):
        return
    uploads = uploads_list(frame.store).filter(pl.col("status").is_in(list(_STEPS)))
    st.header(frame.say("upload_desk.history_heading"), anchor=False)
    outcome(frame, HISTORY)
    if uploads.is_empty():
        st.markdown(frame.say("upload_desk.none_published"))
        return
    rows = {row["id"]: row for row in uploads.iter_rows(named=True)}
    held = held_records(frame.store)
    chosen = st.selectbox(
        frame.say("upload_desk.choose_upload"),
        list(rows),
        index=None,  # nobody takes back what they did not choose
        placeholder=frame.say("upload_desk.choose_placeholder"),
        format_func=lambda id_: _shown(frame, rows[id_], held.get(id_, {})),
        key=f"history:{frame.store.data_version()}",
    )
    if chosen is None:
        return
    step, take = _STEPS[rows[chosen]["status"]]
    consequences(frame, chosen, step)
    note = st.text_input(frame.say(f"upload_desk.why_{step}"), key=f"why:{step}:{chosen}", max_chars=500)
    label = frame.say(f"upload_desk.steps.{step}")
    if st.button(label, key=f"{step}:{chosen}", disabled=not note.strip()):
        try:
            take(frame.store, chosen, by=who.require("publish"), note=note)
        except Refused as refused:
            st.error(plain(refused.message(frame.language)))
            return
        done(HISTORY, step, chosen, records=chosen in held)


def _shown(frame: Frame, row: dict[str, Any], held: dict[str, int]) -> str:
    """`7: utbud.xlsx (publicerad)`, and what it holds where that is more than figures."""
    told = [frame.say(f"desk.statuses.{row['status']}")]
    if held:
        told.append(contents_in_words(row["observations"] - sum(held.values()), held, frame.language))
    return f"{row['id']}: {row['file']} ({', '.join(told)})"
