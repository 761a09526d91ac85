"""An end to a conversation that never falls silent: httpx has time-outs between two bytes only, and a server that drips
its headers would hold a fetch for days."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final

_CONNECTED: Final = ("connection.connect_tcp.complete", "connection.start_tls.complete")


@dataclass
class Passed:
    """Whether the time was over."""

    over: bool = False


class Clock:
    """Knows the connection of one client, which asks one thing at a time."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None

    def trace(self, event: str, told: dict[str, Any]) -> None:
        """httpx's request extension `trace`: it tells of each new connection."""
        if event in _CONNECTED:
            self._socket = told["return_value"].get_extra_info("socket")

    @contextmanager
    def within(self, seconds: float) -> Iterator[Passed]:
        """The connection is cut when the time has passed before the end of the block."""
        passed = Passed()

        def cut() -> None:
            passed.over = True
            if self._socket is not None:
                with suppress(OSError):  # closed meanwhile
                    # Not the TLS socket's own: it waits for the thread that reads.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

        timer = threading.Timer(seconds, cut)
        timer.daemon = True
        timer.start()
        try:
            yield passed
        finally:
            timer.cancel()
