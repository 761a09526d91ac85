"""How often: attempts to sign in with a growing delay, uploads and exports per minute.

Kept in the process's memory: a restart forgets, and never locks anybody out for good. With several processes each
counts its own.
"""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

_REMEMBERED: Final = 20_000  # keys; the least recently used is forgotten first
Clock = Callable[[], float]


@dataclass
class _Failures:
    count: int = 0
    last: float = 0.0


class Attempts:
    """Failed attempts by key. After `free` failures each further one doubles the wait, from one second to `longest`;
    a wait that has passed twice over is forgiven."""

    def __init__(self, free: int, *, longest: float = 900, clock: Clock = time.monotonic) -> None:
        self._free, self._longest, self._clock = free, longest, clock
        self._failures: OrderedDict[str, _Failures] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, key: str) -> float:
        """Seconds until the next attempt is let in; 0 lets it in."""
        with self._lock:
            known = self._failures.get(key)
            if known is None or known.count < self._free:
                return 0
            delay = min(self._longest, 2.0 ** (known.count - self._free))
            passed = self._clock() - known.last
            if passed > max(2 * delay, self._longest):
                del self._failures[key]
                return 0
            return max(0.0, delay - passed)

    def began(self, key: str) -> None:
        """An attempt counts as failed from its start, so that many at once are no way round."""
        with self._lock:
            known = self._failures.setdefault(key, _Failures())
            known.count, known.last = known.count + 1, self._clock()
            self._failures.move_to_end(key)
            while len(self._failures) > _REMEMBERED:
                self._failures.popitem(last=False)

    def succeeded(self, key: str) -> None:
        with self._lock:
            self._failures.pop(key, None)


class SignInLimits:
    """Three counts: of one login from one address, of one login from anywhere, of one address. The last two allow more,
    because others may share them."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._pair, self._login, self._address = (Attempts(free, clock=clock) for free in (5, 20, 50))

    def begin(self, login: str, address: str) -> float:
        """Seconds to wait; 0: go on, and the attempt is counted."""
        counts = self._counts(login, address)
        wait = max(count.wait(key) for count, key in counts)
        if wait == 0:
            for count, key in counts:
                count.began(key)
        return wait

    def succeeded(self, login: str, address: str) -> None:
        """The right password forgives this login's failures from this address, and no others."""
        self._pair.succeeded(f"{login}\n{address}")

    def _counts(self, login: str, address: str) -> Iterable[tuple[Attempts, str]]:
        return ((self._pair, f"{login}\n{address}"), (self._login, login), (self._address, address))


class Rate:
    """So many a minute by key."""

    def __init__(self, a_minute: int, clock: Clock = time.monotonic) -> None:
        self._a_minute, self._clock = a_minute, clock
        self._moments: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, key: str) -> bool:
        """Whether one more is let in now; it is counted when it is."""
        now = self._clock()
        with self._lock:
            moments = self._moments.setdefault(key, deque())
            self._moments.move_to_end(key)
            while moments and moments[0] <= now - 60:
                moments.popleft()
            if len(moments) >= self._a_minute:
                return False
            moments.append(now)
            while len(self._moments) > _REMEMBERED:
                self._moments.popitem(last=False)
            return True
