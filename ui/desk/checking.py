"""Checking a file while the page stays alive: in a process of its own, with the time it takes and a way to stop it."""

import hashlib
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from typing import Any, Final, TypeVar

import streamlit as st

from analysis import Preview
from analysis.waves import Judgeable, judgeable
from loaders import CheckedFile
from loaders.apart import Job, Stopped
from loaders.apart.files import file_job, staged_job
from loaders.mapping import Mapping
from loaders.surroundings import Excerpt
from locales.numbers import format_number
from ui.escape import plain
from ui.visit import Visit

_WORKERS: Final = ThreadPoolExecutor(max_workers=2, thread_name_prefix="check")
"""Threads that wait for the processes: two files are checked at a time, and the others wait."""
_DONE: Final = "desk:done"
_RUNNING: Final = "desk:running"
_STOPPED: Final = "desk:stopped"
_TICK: Final = 0.5  # seconds between two lines shown
_SOON: Final = 1.0  # seconds after which the wait is shown
Made = TypeVar("Made")


def checked_file(
    visit: Visit, name: str, content: bytes, *, layout: str | None = None, mapping: Mapping | None = None
) -> CheckedFile | None:
    """The file as checked against what is published now; None when the person stopped it."""
    how = layout or (mapping.model_dump_json() if mapping else "")
    key = ("file", name, hashlib.sha256(content).hexdigest(), how, visit.store.data_version())
    job = file_job(visit.store, name, content, layout=layout, mapping=mapping)
    return _worked(visit, key, name, job.result, job.stop)


def staged_file(visit: Visit, upload_id: int, name: str) -> CheckedFile | None:
    """A staged upload, checked again against what is published now."""
    key = ("staged", upload_id, visit.store.data_version())
    job = staged_job(visit.store, upload_id, name)
    return _worked(visit, key, name, job.result, job.stop)


def preview_of(visit: Visit, checked: CheckedFile) -> Preview | None:
    """What publishing the file would change; None when the person stopped it."""
    key = ("preview", *_as_read(checked), visit.store.data_version())
    job = Job(visit.store, "preview", checked.observations, checked.records, synthetic=checked.synthetic)
    return _worked(visit, key, checked.file, job.result, job.stop)


def judgeable_of(visit: Visit, checked: CheckedFile) -> list[Judgeable] | None:
    """What the file's figures can be judged on; None when the person stopped it."""
    key = ("judgeable", *_as_read(checked), visit.store.data_version())
    return _worked(visit, key, checked.file, partial(judgeable, visit.store, checked.observations))


def excerpts_of(visit: Visit, checked: CheckedFile, places: tuple[tuple[str, str], ...]) -> tuple[Excerpt, ...]:
    """These cells of the file (sheet, cell) among their neighbours; nothing where the person stopped it."""
    key = ("excerpts", checked.sha256, places, visit.store.data_version())
    job = Job(None, "excerpts", checked.content, places)
    return _worked(visit, key, checked.file, job.result, job.stop) or ()


def _as_read(checked: CheckedFile) -> tuple[object, ...]:
    """The bytes and the way they were read: another mapping of the same file is another answer."""
    return checked.sha256, checked.layout, checked.mapping.model_dump_json() if checked.mapping else "", checked.rows


def _worked(
    visit: Visit, key: tuple[object, ...], name: str, work: Callable[[], Made], stop: Callable[[], None] = lambda: None
) -> Made | None:
    """What `work` makes, once; None when the person stopped it, whereupon `stop` ends it."""
    done: dict[object, Made] = st.session_state.setdefault(_DONE, {})
    stopped: set[object] = st.session_state.setdefault(_STOPPED, set())
    if key in done:
        return done[key]
    if key in stopped:
        st.info(visit.say("upload_desk.stopped", file=plain(name)))
        if st.button(visit.say("upload_desk.again"), key=f"again:{hash(key)}"):
            stopped.discard(key)
            st.rerun()
        return None
    running: dict[object, tuple[Future[Made], Callable[[], None]]] = st.session_state.setdefault(_RUNNING, {})
    if key not in running:
        running[key] = (_WORKERS.submit(work), stop)
    job, end = running[key]
    if waited(visit, job, "checking", name, str(hash(key))):
        stopped.add(key)
        running.pop(key, None)
        job.cancel()
        end()
        st.rerun()
    try:
        result = running.pop(key)[0].result()
    except Stopped:  # by the clock
        stopped.add(key)
        st.rerun()
    done[key] = result
    return result


def waited(visit: Visit, job: Future[Any], work: str, name: str, key: str) -> bool:
    """Until the job is done, or the person asks to stop it: True. `work`: what is said meanwhile, of upload_desk. A
    click interrupts at the next line shown, and the run after it finds the same job still going on."""
    started, place = time.monotonic(), st.empty()
    if wait([job], _SOON).done:
        return False
    with place.container():
        said = st.empty()
        if st.button(visit.say(f"upload_desk.stop.{work.partition('.')[0]}"), key=f"stop:{key}"):
            return True
        while not job.done():
            seconds = format_number(time.monotonic() - started, 0, visit.language)
            said.info(visit.say(f"upload_desk.{work}", file=plain(name), seconds=seconds))
            wait([job], _TICK)
    place.empty()
    return False


def forget(visit: Visit, kept: set[str]) -> None:
    """Let go of files no longer in the drop zone (`kept`: digests) and of answers about an earlier data version."""
    done: dict[Any, Any] = st.session_state.get(_DONE, {})
    version = visit.store.data_version()
    for key in [key for key in done if key[-1] != version or (key[0] == "file" and key[2] not in kept)]:
        del done[key]


def check_again(sha256: str) -> None:
    """A step was taken with the file of these bytes: what was found about it before no longer holds."""
    done: dict[Any, Any] = st.session_state.get(_DONE, {})
    for key in [key for key in done if key[0] == "file" and key[2] == sha256]:
        del done[key]
