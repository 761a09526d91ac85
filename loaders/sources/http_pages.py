"""One page after another from a publisher's API: time-outs, retries, bounded size, never another server.

A server that is slow (time-out), broken (5xx) or busy (429) is asked again after a growing wait, `Retry-After` at
least. A plain no (4xx), half an answer and an answer from elsewhere are final.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Final, Self

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from loaders.sources.asked import FetchFailed

_MEGABYTE: Final = 1_000_000
_REDIRECTS: Final = 3
_NAP: Final = 0.1  # seconds between two looks at whether the person has given up
_HEADERS: Final = {"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "regionjamforelse-1177"}
_CONNECTED: Final = ("connection.connect_tcp.complete", "connection.start_tls.complete")


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds. `silence`: for a connection, and for the next byte. `page`: one page in all.
    `attempts`: tries per page. `first_wait` doubles up to `longest_wait`; a Retry-After beyond that ends it."""

    silence: float = 20
    page: float = 120
    attempts: int = 4
    first_wait: float = 1
    longest_wait: float = 30


class _Again(Exception):
    """Worth another try; `failure` is what to say when it was the last one."""

    def __init__(self, failure: FetchFailed, retry_after: float = 0) -> None:
        super().__init__(failure.reason)
        self.failure = failure
        self.retry_after = retry_after


class Pages:
    """Reads pages from the server of `base_url`, all of them together at most `limit_mb`. A context manager."""

    def __init__(
        self, base_url: str, *, patience: Patience, limit_mb: int, cancelled: Callable[[], bool] | None = None
    ) -> None:
        self._base = httpx.URL(base_url)
        self._patience = patience
        self._limit_mb = limit_mb
        self._left = limit_mb * _MEGABYTE
        self._cancelled = cancelled or (lambda: False)
        self._clock = Clock()
        self._client = httpx.Client(timeout=patience.silence, headers=_HEADERS, follow_redirects=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._client.close()

    def get(self, address: str) -> bytes:
        """The page's body, unpacked. Raises FetchFailed."""
        for _ in range(_REDIRECTS):
            answer = self._patiently(self.own_address(address))
            if isinstance(answer, bytes):
                return answer
            address = answer
        raise FetchFailed("redirected", host=self._base.host)

    def own_address(self, found: str) -> httpx.URL:
        """The address, if it is on the server that was asked; FetchFailed for any other. `http` where the server is
        asked over `https` is asked over `https` too: a server behind a proxy often prints it so."""
        try:
            url = self._base.join(found)
        except (httpx.InvalidURL, ValueError):
            raise FetchFailed("other_server", host=self._base.host, found=found) from None
        if (url.scheme, url.port, self._base.scheme) == ("http", None, "https"):
            url = url.copy_with(scheme="https")
        if _origin(url) != _origin(self._base) or url.userinfo:
            raise FetchFailed("other_server", host=self._base.host, found=found)
        return url

    def _patiently(self, url: httpx.URL) -> bytes | str:
        retrying = Retrying(
            retry=retry_if_exception_type(_Again),
            stop=stop_after_attempt(self._patience.attempts),
            wait=self._wait,
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return retrying(self._once, url)
        except _Again as again:
            raise again.failure from again

    def _once(self, url: httpx.URL) -> bytes | str:
        """The body, or the address that the server points to instead."""
        self._stop_if_cancelled()
        with self._clock.within(self._patience.page) as passed:
            try:
                with self._client.stream("GET", url, extensions={"trace": self._clock.trace}) as response:
                    if response.has_redirect_location:
                        return str(response.url.join(response.headers["Location"]))
                    self._judge(response)
                    return self._body(response)
            except (httpx.TransportError, httpx.DecodingError, httpx.InvalidURL) as error:
                raise self._failure(error, late=passed.over) from error

    def _failure(self, error: Exception, *, late: bool) -> Exception:
        host = self._base.host
        if late or isinstance(error, httpx.TimeoutException):
            return _Again(FetchFailed("timeout", host=host))
        if isinstance(error, httpx.RemoteProtocolError):
            return FetchFailed("cut_short", host=host)
        return FetchFailed("not_json" if isinstance(error, httpx.DecodingError) else "unreachable", host=host)

    def _judge(self, response: httpx.Response) -> None:
        host, status = self._base.host, response.status_code
        if status == httpx.codes.TOO_MANY_REQUESTS or status >= 500:
            busy = status == httpx.codes.TOO_MANY_REQUESTS
            failure = FetchFailed("busy", host=host) if busy else FetchFailed("broken", host=host, status=status)
            wait = _retry_after(response.headers.get("Retry-After", ""))
            if wait > self._patience.longest_wait:
                raise failure
            raise _Again(failure, wait)
        if status == httpx.codes.NOT_FOUND:
            raise FetchFailed("not_found", host=host)
        if status != httpx.codes.OK:
            raise FetchFailed("refused", host=host, status=status)

    def _body(self, response: httpx.Response) -> bytes:
        """Counted as it is unpacked: a small answer can hold gigabytes."""
        ends = time.monotonic() + self._patience.page
        body = bytearray()
        for chunk in response.iter_bytes():
            self._stop_if_cancelled()
            body += chunk
            if len(body) > self._left:
                raise FetchFailed("too_large", limit=self._limit_mb)
            if time.monotonic() > ends:
                raise _Again(FetchFailed("timeout", host=self._base.host))
        self._left -= len(body)
        return bytes(body)

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, _Again) else 0
        growing = wait_exponential(multiplier=self._patience.first_wait, max=self._patience.longest_wait)
        return max(asked, growing(state))

    def _sleep(self, seconds: float) -> None:
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            self._stop_if_cancelled()
            time.sleep(min(left, _NAP))

    def _stop_if_cancelled(self) -> None:
        if self._cancelled():
            raise FetchFailed("cancelled")


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _retry_after(printed: str) -> float:
    """Seconds to wait; a day and time is counted from now, anything else is none."""
    if printed.strip().isdecimal():
        return float(printed)
    try:
        return max(0.0, (parsedate_to_datetime(printed) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):  # no date, or one without a zone
        return 0.0


@dataclass
class Passed:
    """Whether the time was over."""

    over: bool = False


class Clock:
    """An end to a conversation that never falls silent: httpx has time-outs between two bytes only, and a server that
    drips its headers would hold a fetch for days. Knows the connection of one client, which asks one thing at a
    time."""

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
