"""Stopping without losing anything: SIGTERM ends the process when what is under way has been finished.

From the signal on `/readyz` says no and no page is opened; whoever has one open may finish: a check of a file, a
publication, a download. Then the server closes, and the browsers go to another process or wait for this one.
"""

import asyncio
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

from models import settings
from ui.server.logs import told
from ui.server.sessions_of_streamlit import runs_under_way

_TICK: Final = 0.2  # seconds
_QUIET: Final = 5  # ticks without anything under way: a file that was just made is fetched in a moment
_CLOSING: Final = 5  # seconds for connections that do not close by themselves


class Work:
    """How much is under way in this process, and whether it has been told to stop."""

    def __init__(self) -> None:
        self.stopping = False
        self._count = 0
        self._lock = threading.Lock()

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """The time of something that is finished before the process ends. From any thread."""
        with self._lock:
            self._count += 1
        try:
            yield
        finally:
            with self._lock:
                self._count -= 1

    @property
    def busy(self) -> bool:
        return self._count > 0 or runs_under_way() > 0


WORK: Final = Work()


def stop_gently() -> None:
    """Take SIGTERM over from the web server, in the main thread: a server in another (in tests) is stopped by hand."""
    if threading.current_thread() is not threading.main_thread():
        return
    server: Any = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)  # uvicorn's: its handler is a method
    if not hasattr(server, "should_exit"):
        return
    loop = asyncio.get_running_loop()

    def heard(_signal: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(_begin, server)

    signal.signal(signal.SIGTERM, heard)


def _begin(server: Any) -> None:
    if WORK.stopping:  # asked twice: at once
        server.should_exit = True
        return
    WORK.stopping = True
    server.config.timeout_graceful_shutdown = _CLOSING
    task = asyncio.get_running_loop().create_task(_finish(server))
    task.add_done_callback(lambda _done: setattr(server, "should_exit", True))


async def _finish(server: Any) -> None:
    began, quiet = time.monotonic(), 0
    while not server.should_exit and quiet < _QUIET and time.monotonic() - began < settings().stop_seconds:
        await asyncio.sleep(_TICK)
        quiet = 0 if WORK.busy else quiet + 1
    told("stopping", seconds=round(time.monotonic() - began, 1), finished=quiet >= _QUIET)
