"""Work that takes its time, beside the page: how far it has come is told, and a click gives it up."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Final, TypeVar

from streamlit.delta_generator import DeltaGenerator

Made = TypeVar("Made")
GivenUp = Callable[[], bool]
_GLANCE: Final = 0.2  # seconds between two looks at the work, and so before a click is noticed


def beside(
    work: Callable[[GivenUp], Made], told: Callable[[], str], place: DeltaGenerator, *, cancel: str, key: str
) -> Made:
    """What `work` comes to, or what it raised. It is handed how to ask whether the person has given up: a click on
    anything meanwhile (the button `cancel` too) ends this run, and so the work. `told`: how far it is, in words."""
    given_up = threading.Event()
    pool = ThreadPoolExecutor(1)  # beside the page, which must notice a click while the work is waited for
    answer = pool.submit(work, given_up.is_set)
    try:
        line = place.empty()
        place.button(cancel, key=key)
        while not answer.done():
            line.info(told())
            wait([answer], _GLANCE)
        return answer.result()
    finally:
        given_up.set()
        pool.shutdown(wait=False)
