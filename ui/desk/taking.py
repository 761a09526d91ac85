"""A step that stores something, taken in a thread of its own: with the time it takes and a way to stop it, and followed
by whatever run of the page comes next, so that no click loses what became of it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import Final

import streamlit as st

from access import Actor
from loaders import CheckedFile, Published
from loaders.checked import DeskRefused
from locales.refused import Refused
from ui.desk.checking import check_again, waited
from ui.desk.outcomes import remember
from ui.escape import plain
from ui.visit import Visit

_TAKERS: Final = ThreadPoolExecutor(max_workers=4, thread_name_prefix="step")
_STEP: Final = "desk:step"
Step = Callable[[Actor, Callable[[], None]], Published]
"""Takes who acts, and what to call between the parts of the work: it raises once the person has stopped it."""


@dataclass(frozen=True)
class _Taken:
    name: str
    place: str
    file: str
    sha256: str
    records: bool
    job: Future[Published]
    stopped: Event


def take(visit: Visit, checked: CheckedFile, place: str, name: str, by: Callable[[], Actor], step: Step) -> None:
    """Take the step, told in words whatever comes of it. The permission is asked for again here and inside the step."""
    try:
        actor = by()
    except Refused as refused:
        st.error(plain(refused.message(visit.language)))
        return
    stopped = Event()
    job = _TAKERS.submit(step, actor, partial(_refuse_stopped, stopped))
    st.session_state[_STEP] = _Taken(name, place, checked.file, checked.sha256, bool(checked.records), job, stopped)
    follow(visit)


def follow(visit: Visit) -> None:
    """Wait for the step that is being taken, if there is one, and tell what became of it. Stopped before its end, it
    leaves the store as it was; what has been stored whole is told as stored."""
    taken: _Taken | None = st.session_state.get(_STEP)
    if taken is None:
        return
    if waited(visit, taken.job, f"taking.{taken.name}", taken.file, f"halt:{taken.sha256[:16]}"):
        taken.stopped.set()
    try:
        made = taken.job.result()
    except Refused as refused:
        del st.session_state[_STEP]
        tell = st.info if taken.stopped.is_set() else st.error
        tell(plain(refused.message(visit.language)))
        return
    check_again(taken.sha256)
    # Remembered before it is forgotten here: a click may end this run at either line.
    remember(taken.place, "repeat" if made.repeat else taken.name, made.upload_id, records=taken.records)
    del st.session_state[_STEP]
    st.rerun()


def _refuse_stopped(stopped: Event) -> None:
    if stopped.is_set():
        raise DeskRefused("stopped")
