"""A check on the upload desk that does not end by itself: the clock ends it, or the person does."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis import uploads_list
from loaders import apart
from loaders.publishing import storing
from models import Store
from ui.desk import checking, taking

Open = Callable[..., AppTest]
SLEEPS = "import time; time.sleep(600)"


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[apart._Worker]]:
    """The processes that checks begin, each of which sleeps."""
    apart.end()
    monkeypatch.setattr(apart, "_CODE", SLEEPS)
    workers: list[apart._Worker] = []
    begin = apart._Worker.__init__

    def noted(worker: apart._Worker) -> None:
        begin(worker)
        workers.append(worker)

    monkeypatch.setattr(apart._Worker, "__init__", noted)
    yield workers
    apart.end()


def handed_in(opened: Open) -> AppTest:
    at = opened("upload")
    at.file_uploader(key="files").upload("fil.csv", b"a;b\n1;2\n", "text/csv").run()
    assert not at.exception
    return at


def said(at: AppTest) -> str:
    words = [each.value for each in (*at.markdown, *at.info, *at.success, *at.error)]
    return "\n".join([*words, *(box.proto.body for box in at.get("html"))]).replace("\\", "")


def test_the_clock_ends_a_check_and_the_page_says_so(
    opened: Open, store: Store, begun: list[apart._Worker], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DASHBOARD_READ_SECONDS", "1")
    assert "Granskningen av filen avbröts (1 s)" in said(handed_in(opened))
    assert [worker.process.poll() is None for worker in begun] == [False]
    assert uploads_list(store).is_empty()


def test_who_stops_a_check_ends_its_process(
    opened: Open, store: Store, begun: list[apart._Worker], monkeypatch: pytest.MonkeyPatch
):
    button = st.button

    def clicked(label: str, *, key: Any = None, **more: Any) -> bool:
        return button(label, key=key, **more) or str(key).startswith("stop:")

    monkeypatch.setattr(st, "button", clicked)
    assert "Granskningen av fil.csv avbröts. Inget har publicerats." in said(handed_in(opened))
    assert [worker.process.wait(30) for worker in begun] == [-9]
    assert uploads_list(store).is_empty()


GOOD = "Indikator;Region;Period;Värde\ntrust_overall;Norrbotten;2019;52,9\n".encode()


def of(name: str, when: Callable[[], bool] = lambda: True) -> Callable[..., Any]:
    """A button that is pressed as soon as it is drawn, once, where its key begins so; not before `when`."""
    button, left = st.button, [name]

    def clicked(label: str, *, key: Any = None, **more: Any) -> bool:
        pressed = button(label, key=key, **more)
        return pressed or (bool(left) and when() and str(key).startswith(left[0]) and bool(left.pop()))

    return clicked


def press(at: AppTest, label: str) -> None:
    next(each for each in at.button if each.label == label).click().run()
    assert not at.exception


def ready(opened: Open) -> AppTest:
    at = opened("upload")
    at.file_uploader(key="files").upload("fil.csv", GOOD, "text/csv").run()
    for field in [each for each in at.text_input if each.label.startswith("Skäl ")]:
        field.set_value("stämmer").run()
    return at


def test_nobody_decides_about_a_file_whose_consequences_they_did_not_wait_for(
    opened: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, begun = checking.Job.result, threading.Event()

    def slow(job: Any) -> Any:
        if job._request["work"] == "preview":
            begun.set()
            time.sleep(2 * checking._SOON)
        return made(job)

    monkeypatch.setattr(checking.Job, "result", slow)
    with monkeypatch.context() as pressing:
        pressing.setattr(st, "button", of("stop:", begun.is_set))
        at = opened("upload")
        at.file_uploader(key="files").upload("fil.csv", GOOD, "text/csv").run()
    assert "Granskningen av fil.csv avbröts. Inget har publicerats." in said(at)
    assert "Det här skulle publiceras" in "".join(each.value for each in at.subheader)  # it was checked
    assert "Publicera" not in [each.label for each in at.button]
    press(at, "Granska igen")
    assert "Publicera" in [each.label for each in at.button]


@pytest.mark.parametrize(
    ("stopped", "told"),
    [
        (True, "Steget avbröts. Inget har ändrats."),
        (False, "Publicerad som uppladdning 1. Siffrorna syns nu på sidorna."),
    ],
)
def test_a_publication_that_takes_its_time_can_be_stopped_and_is_then_undone_whole(
    opened: Open, store: Store, monkeypatch: pytest.MonkeyPatch, stopped: bool, told: str
) -> None:
    at = ready(opened)
    verify = storing._verify

    def slow(*given: Any) -> None:
        time.sleep(2 * checking._SOON)
        verify(*given)

    monkeypatch.setattr(storing, "_verify", slow)
    if stopped:
        monkeypatch.setattr(st, "button", of("stop:halt:"))
    press(at, "Publicera")
    assert told in said(at)
    assert uploads_list(store).height == (0 if stopped else 1)


def test_a_click_while_a_file_is_published_loses_nothing(
    opened: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = ready(opened)
    follow = taking.follow
    monkeypatch.setattr(taking, "follow", lambda _: st.stop())  # a click ends the run that began the step
    press(at, "Publicera")
    monkeypatch.setattr(taking, "follow", follow)
    at.run()
    assert [each.value for each in at.success] == ["Publicerad som uppladdning 1. Siffrorna syns nu på sidorna."]
    assert uploads_list(store)["status"].to_list() == ["published"]
