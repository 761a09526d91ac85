"""Files checked apart from the server: in a process that can be stopped, whatever the file does to the clock, and whose
work holds no other session's interpreter.

A process is kept between files, so that only the first one waits for it to begin, and is ended with the file it was
stopped at.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from sqlalchemy.exc import OperationalError

from loaders.apart.codec import receive, send
from loaders.apart.worker import environment
from loaders.checked import DeskRefused
from locales.refused import Refused
from models import Store, StoreRefused, settings
from models.settings import PROJECT

_CODE: Final = "from loaders.apart.worker import main; main()"
_MOST_FILES: Final = 50  # after which a process is let go, with what memory it has gathered


class Stopped(Exception):
    """The work was ended before it was done. `late`: by the clock; otherwise by a person, or by its own death."""

    def __init__(self, late: bool) -> None:
        super().__init__(late)
        self.late = late


class _WaitedInVain(Exception):
    """A process kept from an earlier file died, perhaps before it saw this one."""


class _Worker:
    def __init__(self) -> None:
        self.files = 0
        self.process = subprocess.Popen(
            [sys.executable, "-c", _CODE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=PROJECT,
            start_new_session=True,
        )

    def ask(self, request: dict[str, Any]) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.files += 1
        send(self.process.stdin, request)
        return receive(self.process.stdout)

    def end(self) -> None:
        """At once, with every process it has begun."""
        if self.process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()


_REFUSALS: Final[dict[str, Callable[..., Refused]]] = {"DeskRefused": DeskRefused, "StoreRefused": StoreRefused}
_IDLE: Final[list[_Worker]] = []
_LOCK: Final = threading.Lock()


def _taken() -> _Worker:
    with _LOCK:
        while _IDLE:
            worker = _IDLE.pop()
            if worker.process.poll() is None:
                return worker
            worker.end()
    return _Worker()


def _given_back(worker: _Worker) -> None:
    with _LOCK:
        if not _IDLE and worker.files < _MOST_FILES:
            _IDLE.append(worker)
            return
    worker.end()


def begin() -> None:
    """Have a process ready before the first file comes."""
    _given_back(_taken())


def end() -> None:
    """Let the waiting process go."""
    with _LOCK:
        while _IDLE:
            _IDLE.pop().end()


def _told(answer: dict[str, Any]) -> Any:
    if "refused" in answer:
        key, values = answer["because"]
        raise _REFUSALS[answer["refused"]](key, **values)
    if "store" in answer:
        raise OperationalError("", None, Exception(answer["store"]))
    return answer["answer"]


class Job:
    """One piece of work (worker.WORK) on a file. `result` is called once, in a thread of its own."""

    def __init__(self, store: Store | None, work: str, *given: object, **how: object) -> None:
        self._request = {"work": work, "store": store.url if store else None, "given": list(given), "how": how}
        self._worker: _Worker | None = None
        self._stopped = self._late = False
        self._lock = threading.Lock()

    def result(self) -> Any:
        """Raises Stopped where the work took too long, was stopped, or brought its process down."""
        clock = threading.Timer(settings().read_seconds, self._run_out)
        clock.start()
        try:
            try:
                answer = self._asked(_taken())
            except _WaitedInVain:
                answer = self._asked(_Worker())
        finally:
            clock.cancel()
        return _told(answer)

    def _asked(self, worker: _Worker) -> Any:
        with self._lock:
            if self._stopped:
                _given_back(worker)
                raise Stopped(self._late)
            self._worker = worker
        try:
            answer = worker.ask({**self._request, "environment": environment()})
        except (EOFError, OSError, ValueError) as error:
            worker.end()
            if worker.files > 1 and not self._stopped:
                raise _WaitedInVain from error
            raise Stopped(self._late) from error
        finally:
            with self._lock:
                self._worker = None
        _given_back(worker)
        return answer

    def _run_out(self) -> None:
        self._late = True
        self.stop()

    def stop(self) -> None:
        """End the work now, or before it begins."""
        with self._lock:
            self._stopped = True
            if self._worker:
                self._worker.end()
