"""Checking a file while the page stays alive: in a process of its own, with the time it takes and a way to stop it."""

import hashlib
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, Final, TypeVar

import streamlit as st

from analysis import Preview, what_would_change
from loaders import CheckedFile
from loaders.apart.files import file_job, staged_job
from loaders.mapping import Mapping
from locales.numbers import format_number
from ui.escape import plain
from ui.frame import Frame

_WORKERS: Final = ThreadPoolExecutor(max_workers=2, thread_name_prefix="check")
"""Threads that wait for the processes: two files are checked at a time, and the others wait."""
_DONE: Final = "desk:done"
_RUNNING: Final = "desk:running"
_STOPPED: Final = "desk:stopped"
_TICK: Final = 0.1  # seconds between two looks at the worker
_SOON: Final = 1.0  # seconds after which the wait is shown
Made = TypeVar("Made")


def checked_file(
    frame: Frame, name: str, content: bytes, *, layout: str | None = None, mapping: Mapping | None = None
) -> CheckedFile | None:
    """The file as checked against what is published now; None when the person stopped it."""
    how = layout or (mapping.model_dump_json() if mapping else "")
    key = ("file", name, hashlib.sha256(content).hexdigest(), how, frame.store.data_version())
    job = file_job(frame.store, name, content, layout=layout, mapping=mapping)
    return _worked(frame, key, name, job.result, job.stop)


def staged_file(frame: Frame, upload_id: int, name: str) -> CheckedFile | None:
    """A staged upload, checked again against what is published now."""
    key = ("staged", upload_id, frame.store.data_version())
    job = staged_job(frame.store, upload_id, name)
    return _worked(frame, key, name, job.result, job.stop)


def preview_of(frame: Frame, checked: CheckedFile) -> Preview | None:
    """What publishing the file would change."""
    key = ("preview", checked.sha256, checked.layout, checked.rows, frame.store.data_version())
    work = partial(what_would_change, frame.store, checked.observations, checked.records, synthetic=checked.synthetic)
    return _worked(frame, key, checked.file, work)


def _worked(
    frame: Frame, key: tuple[object, ...], name: str, work: Callable[[], Made], stop: Callable[[], None] = lambda: None
) -> Made | None:
    """What `work` makes, once; None when the person stopped it, whereupon `stop` ends it."""
    done: dict[object, Made] = st.session_state.setdefault(_DONE, {})
    stopped: set[object] = st.session_state.setdefault(_STOPPED, set())
    if key in done:
        return done[key]
    if key in stopped:
        st.info(frame.say("upload_desk.stopped", file=plain(name)))
        if st.button(frame.say("upload_desk.again"), key=f"again:{hash(key)}"):
            stopped.discard(key)
            st.rerun()
        return None
    running: dict[object, tuple[Future[Made], Callable[[], None]]] = st.session_state.setdefault(_RUNNING, {})
    if key not in running:
        running[key] = (_WORKERS.submit(work), stop)
    job, end = running[key]
    _wait(frame, job, name, key, stopped)
    if key in stopped:
        running.pop(key, None)
        job.cancel()
        end()
        st.rerun()
    result = running.pop(key)[0].result()
    done[key] = result
    return result


def _wait(frame: Frame, job: Future[Any], name: str, key: object, stopped: set[object]) -> None:
    """Until the work is done or the person stops it. A click interrupts at the next line shown, and the run after it
    finds the same job still running."""
    started, place = time.monotonic(), st.empty()
    while not job.done() and (waited := time.monotonic() - started) < _SOON:
        time.sleep(min(_TICK, _SOON - waited))
    if job.done():
        return
    with place.container():
        said = st.empty()
        if st.button(frame.say("upload_desk.stop"), key=f"stop:{hash(key)}"):
            stopped.add(key)
            return
        while not job.done():
            seconds = format_number(time.monotonic() - started, 0, frame.language)
            said.info(frame.say("upload_desk.checking", file=plain(name), seconds=seconds))
            time.sleep(_TICK * 5)
    place.empty()


def forget(frame: Frame, kept: set[str]) -> None:
    """Let go of files no longer in the drop zone (`kept`: digests) and of answers about an earlier data version."""
    done: dict[Any, Any] = st.session_state.get(_DONE, {})
    version = frame.store.data_version()
    for key in [key for key in done if key[-1] != version or (key[0] == "file" and key[2] not in kept)]:
        del done[key]


def check_again(sha256: str) -> None:
    """A step was taken with the file of these bytes: what was found about it before no longer holds."""
    done: dict[Any, Any] = st.session_state.get(_DONE, {})
    for key in [key for key in done if key[0] == "file" and key[2] == sha256]:
        del done[key]
