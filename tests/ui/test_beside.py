"""Work beside the page: it is told of while it goes on, and ends when the person gives up."""

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from ui.beside import beside


class Clicked(BaseException):
    """What a click does to the run: Streamlit ends it in the middle."""


def place(lines: list[str], click_at: int | None = None) -> Any:
    def info(said: str) -> None:
        lines.append(said)
        if len(lines) == click_at:
            raise Clicked

    return SimpleNamespace(empty=lambda: SimpleNamespace(info=info), button=lambda _label, key: key)


def test_what_the_work_comes_to_is_handed_over_and_how_far_it_is_was_told() -> None:
    lines: list[str] = []
    gone_on = threading.Event()

    def told() -> str:
        gone_on.set()
        return "på väg"

    def work(_: Callable[[], bool]) -> str:
        assert gone_on.wait(10)
        return "klart"

    assert beside(work, told, place(lines), cancel="Avbryt", key="avbryt") == "klart"
    assert set(lines) == {"på väg"}


def test_a_click_ends_the_work() -> None:
    ended = threading.Event()

    def work(given_up: Callable[[], bool]) -> None:
        while not given_up():
            ended.wait(0.01)
        ended.set()

    with pytest.raises(Clicked):
        beside(work, lambda: "på väg", place([], click_at=2), cancel="Avbryt", key="avbryt")
    assert ended.wait(10)


def test_what_the_work_raises_is_raised() -> None:
    def work(_: Callable[[], bool]) -> None:
        raise ValueError("nej")

    with pytest.raises(ValueError, match="nej"):
        beside(work, lambda: "", place([]), cancel="Avbryt", key="avbryt")
