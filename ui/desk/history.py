"""What has been published: a table, each upload with the way to withdraw it, or to withdraw a withdrawal, always with a
reason, and what that would do, told before it is done."""

from collections.abc import Callable
from functools import partial
from typing import Final

import polars as pl
import streamlit as st

from access import allowed
from analysis import uploads_list
from analysis.held_records import held_records
from analysis.history.figures import changes_of_next_step
from analysis.history.records import record_counts_of_next_step
from exports import contents_in_words
from loaders import restore_upload, withdraw_upload
from locales.numbers import format_number
from locales.refused import Refused
from locales.stored import stored_words
from ui import who
from ui.cache import kept, view_key
from ui.changes.figures import changed_figures
from ui.desk.chosen import closes, opened, opens
from ui.desk.outcomes import HISTORY, done, outcome
from ui.desk.shortened import MOST_ROWS, said_if_cut
from ui.desk.waiting import contents_of, staged_uploads, waiting
from ui.escape import plain
from ui.notes import bullets, moment_in_words
from ui.parts import link
from ui.tables import table_html
from ui.visit import Visit

_STEPS: Final[dict[str, tuple[str, Callable[..., int]]]] = {
    "published": ("withdraw", withdraw_upload),
    "withdrawn": ("restore", restore_upload),
}
_NEWEST: Final = 5  # uploads in the table before the rest is folded
_TOLD: Final = {"withdraw": ("changed", "gone", "same"), "restore": ("changed", "new", "gone", "same")}


def published_uploads(visit: Visit) -> pl.DataFrame:
    """What is published or withdrawn, newest first, for who may take it back; nothing for others."""
    found = uploads_list(visit.store).filter(pl.col("status").is_in(list(_STEPS)))
    return found if allowed(visit.actor, "publish") else found.clear()


def history(visit: Visit, uploads: pl.DataFrame, chosen: int | None) -> None:
    """The table, and under it the question about the upload that is opened: nothing is done by opening it."""
    if not allowed(visit.actor, "publish"):
        return
    with st.container(border=True, key="card history"):
        st.header(visit.say("upload_desk.history_heading"), anchor=False)
        outcome(visit, HISTORY)
        if uploads.is_empty():
            st.markdown(visit.say("upload_desk.none_published"))
            return
        st.html(_table(visit, uploads.head(_NEWEST), visit.say("upload_desk.history_caption")))
        for row in uploads.filter(id=chosen).iter_rows(named=True) if chosen else ():
            _question(visit, row["id"], row["file"], row["status"])
        if uploads.height > _NEWEST:
            count = format_number(uploads.height - _NEWEST, 0, visit.language)
            rest = visit.say("upload_desk.earlier", count=count)
            with st.expander(rest):
                st.html(_table(visit, uploads[_NEWEST:], rest))


def _table(visit: Visit, uploads: pl.DataFrame, caption: str) -> str:
    held = held_records(visit.store)
    say = visit.say
    rows = [
        {
            say("upload_desk.lists.number"): str(row["id"]),
            say("upload_desk.lists.file"): row["file"],
            say("upload_desk.lists.published"): moment_in_words(row["published_at"], visit.language),
            say("upload_desk.lists.holds"): contents_of(visit, row, held.get(row["id"], {})),
            say("upload_desk.lists.state"): say(f"desk.statuses.{row['status']}"),
            say("upload_desk.lists.note"): stored_words(row["note"], visit.language),
            say("upload_desk.lists.action"): say(f"upload_desk.opens.{row['status']}"),
        }
        for row in uploads.iter_rows(named=True)
    ]
    links = {say("upload_desk.lists.action"): [opens(visit, each) for each in uploads["id"]]}
    listed = table_html(pl.DataFrame(rows), caption, links=links, stacked=True)
    return f'<div class="desk-list">{listed}</div>'


def _question(visit: Visit, upload: int, file: str, status: str) -> None:
    """What the step would do, why it is taken, and the step."""
    step, take = _STEPS[status]
    st.subheader(visit.say(f"upload_desk.question.{step}", upload=upload, file=plain(file)), anchor=False)
    consequences(visit, upload, step)
    note = st.text_input(visit.say(f"upload_desk.why_{step}"), key=f"why:{step}:{upload}", max_chars=500)
    label = visit.say(f"upload_desk.steps.{step}")
    pressed = st.button(label, key=f"{step}:{upload}", disabled=not note.strip())
    st.html(f"<p>{link(visit.say('upload_desk.leave'), closes(visit))}</p>")
    if pressed:
        try:
            take(visit.store, upload, by=who.require("publish"), note=note)
        except Refused as refused:
            st.error(plain(refused.message(visit.language)))
            return
        done(HISTORY, step, upload, records=upload in held_records(visit.store))


def consequences(visit: Visit, upload: int, step: str) -> None:
    """How much would change, be gone, come back or stay the same; the figures that would change, old beside new."""
    lines, table, changed = kept(view_key(visit, "step", step, str(upload)), partial(_told, visit, upload, step))
    st.markdown(visit.say(f"upload_desk.before_{step}"))
    bullets(lines)
    if table:
        st.html(table)
        said_if_cut(visit, changed)


def _told(visit: Visit, upload: int, step: str) -> tuple[list[str], str, int]:
    figures, records = changes_of_next_step(visit.store, upload), record_counts_of_next_step(visit.store, upload)
    lines = []
    for kind in _TOLD[step]:
        counts = dict(records.select("record", kind).iter_rows())
        if what := contents_in_words(figures.filter(kind=kind).height, counts, visit.language):
            lines.append(visit.say(f"upload_desk.{step}_would.{kind}", what=what))
    changed = figures.filter(kind="changed").sort(pl.col("difference").abs(), descending=True, nulls_last=True)
    if changed.is_empty():
        return lines, "", 0
    caption = visit.say("upload_desk.step_caption")
    return lines, changed_figures(visit, changed.head(MOST_ROWS), caption), changed.height


def lists(visit: Visit) -> None:
    """The tables, of what is the reader's business."""
    staged, published = staged_uploads(visit), published_uploads(visit)
    chosen = opened(visit, [*staged["id"], *published["id"]])
    waiting(visit, staged, chosen)
    history(visit, published, chosen)
