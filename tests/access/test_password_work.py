"""The queue for password work: how many are at work, how many wait, and when a place is free again."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from access.password_work import PasswordWork


def ran(work: Coroutine[Any, Any, Any]) -> Any:
    """In a thread of its own: browser tests keep an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def test_two_are_at_work_ten_wait_and_the_next_is_told_to_come_back() -> None:
    work, gate, begun = PasswordWork(), threading.Event(), threading.Semaphore(0)

    def slow(number: int) -> int:
        begun.release()
        assert gate.wait(30)
        return number

    async def tried() -> tuple[list[bool], int, list[int], bool]:
        full, waiting = [], []
        for number in range(12):
            full.append(work.full)
            waiting.append(asyncio.ensure_future(work.done(lambda number=number: slow(number))))
            await asyncio.sleep(0)
        full.append(work.full)
        at_work = 0
        while begun.acquire(timeout=0.5):
            at_work += 1
        gate.set()
        return full, at_work, await asyncio.gather(*waiting), work.full

    full, at_work, answers, after = ran(tried())
    assert full == [False] * 12 + [True]  # the twelfth is let in, the thirteenth is not
    assert at_work == 2
    assert answers == list(range(12))
    assert not after


def test_a_place_is_free_when_the_work_is_over_not_when_the_one_who_waited_has_left() -> None:
    work, gate = PasswordWork(at_work=1, waiting=0), threading.Event()

    async def left() -> tuple[bool, bool]:
        waiting = asyncio.ensure_future(work.done(lambda: gate.wait(30)))
        await asyncio.sleep(0.05)
        waiting.cancel()
        await asyncio.sleep(0.05)
        still = work.full
        gate.set()
        while work.full:
            await asyncio.sleep(0.01)
        return still, work.full

    assert ran(left()) == (True, False)


def test_what_the_work_raises_reaches_whoever_asked_and_frees_the_place() -> None:
    work = PasswordWork(at_work=1, waiting=0)

    def broken() -> None:
        raise ValueError("weak")

    async def tried() -> tuple[str, bool]:
        try:
            await work.done(broken)
        except ValueError as error:
            await asyncio.sleep(0)
            return str(error), work.full
        return "", True

    assert ran(tried()) == ("weak", False)
