"""Password work waits in a queue of its own: one check costs about 150 ms and 64 MiB, so two are at work, ten wait, and
the next is told to come back. Taken before any thread that pages share: a hundred wrong attempts at once cost those who
try, and nobody else."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

AT_WORK: Final = 2
WAITING: Final = 10
Made = TypeVar("Made")


class PasswordWork:
    """Threads for what hashes a password, and how many may wait for one. Used from one event loop."""

    def __init__(self, at_work: int = AT_WORK, waiting: int = WAITING) -> None:
        self._threads = ThreadPoolExecutor(at_work, thread_name_prefix="password")
        self._most = at_work + waiting
        self._taken = 0

    @property
    def full(self) -> bool:
        """Whether the next is to be told to come back: nothing is then tried, or counted against anybody."""
        return self._taken >= self._most

    async def done(self, work: Callable[[], Made]) -> Made:
        """What `work` returns or raises, in a thread of the queue's. Ask `full` first, without awaiting in between."""
        self._taken += 1
        running = asyncio.get_running_loop().run_in_executor(self._threads, work)
        # A place is free when the work is over, not when whoever waited for it has gone.
        running.add_done_callback(self._left)
        return await asyncio.shield(running)

    def _left(self, _over: object) -> None:
        self._taken -= 1
