"""How often: attempts to sign in with a growing delay, uploads, downloads and calls per minute.

Attempts are counted in the store, by all processes together: a guesser gains nothing by reaching another one. What goes
by the minute is counted in a process's memory: the proxy sends one reader, and one address's calls, to one process
(deploy/nginx.conf).
"""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import delete, insert, or_, select, update

from access.tables import ATTEMPTS, digest
from models import Store

LONGEST: Final = 900.0
"""Seconds of the longest wait."""
_PAIR, _LOGIN, _ADDRESS = 5, 20, 50
"""Attempts that cost no wait: of one login from one address, of one login from anywhere, of one address. The last two
allow more, because others may share them."""
_REMEMBERED: Final = 20_000  # keys of a rate; the least recently used is forgotten first
Clock = Callable[[], float]


class SignInLimits:
    """Failed attempts: after so many, each further one doubles the wait, from one second to LONGEST. A wait that has
    passed twice over is forgiven."""

    def __init__(self, store: Callable[[], Store], clock: Clock = time.time) -> None:
        self._store, self._clock = store, clock

    def begin(self, login: str, address: str) -> float:
        """Seconds to wait; 0: go on, and the attempt counts as failed from its start, so that many at once are no way
        round. StoreRefused where the store cannot be written: nobody can sign in then either."""
        free = {_pair(login, address): _PAIR, digest(f"login {login}"): _LOGIN, digest(f"from {address}"): _ADDRESS}
        moment = self._clock()
        # Far ahead are those of a clock that has been put back: they would never pass.
        outdated = or_(ATTEMPTS.c.last_at < moment - 2 * LONGEST, ATTEMPTS.c.last_at > moment + LONGEST)
        with self._store().write() as connection:
            connection.execute(delete(ATTEMPTS).where(outdated))
            held = {row.key: row for row in connection.execute(select(ATTEMPTS).where(ATTEMPTS.c.key.in_(free)))}
            wait = max((_wait(row, free[key], moment) for key, row in held.items()), default=0.0)
            for key in () if wait else free:
                if key in held:
                    tries = 1 if _forgiven(held[key], free[key], moment) else held[key].tries + 1
                    changed = update(ATTEMPTS).where(ATTEMPTS.c.key == key)
                    connection.execute(changed.values(tries=tries, last_at=moment))
                else:
                    connection.execute(insert(ATTEMPTS).values(key=key, tries=1, last_at=moment))
        return wait

    def succeeded(self, login: str, address: str) -> None:
        """The right password forgives this login's failures from this address, and no others."""
        with self._store().write() as connection:
            connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.key == _pair(login, address)))


def _pair(login: str, address: str) -> str:
    return digest(f"login {login} from {address}")


def _delay(tries: int, free: int) -> float:
    return 0.0 if tries < free else min(LONGEST, 2.0 ** (tries - free))


def _forgiven(row: Any, free: int, moment: float) -> bool:
    return float(moment - row.last_at) > max(2 * _delay(row.tries, free), LONGEST)


def _wait(row: Any, free: int, moment: float) -> float:
    """Seconds until the next attempt is let in. Another machine's clock may be ahead of this one's."""
    delay = _delay(row.tries, free)
    return min(delay, max(0.0, delay - float(moment - row.last_at)))


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
