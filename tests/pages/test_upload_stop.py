"""A check on the upload desk that does not end by itself: the clock ends it, or the person does."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis import uploads_list
from loaders import apart
from models import Store

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
    words = [each.value for each in (*at.markdown, *at.info, *at.error)]
    return "\n".join([*words, *(box.proto.body for box in at.get("html"))]).replace("\\", "")


def test_the_clock_ends_a_check_and_the_page_says_so(
    opened: Open, store: Store, begun: list[apart._Worker], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DASHBOARD_READ_SECONDS", "1")
    assert "granskningen av filen avbröts (1 s)" in said(handed_in(opened))
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
