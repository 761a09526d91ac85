"""How often somebody may try, upload and download; the clock is the test's own."""

from sqlalchemy import select

from access.limits import LONGEST, Rate, SignInLimits
from access.tables import ATTEMPTS
from models import Store, open_store


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def of(store: Store, clock: Clock | None = None) -> SignInLimits:
    return SignInLimits(lambda: store, clock or Clock())


def test_the_wait_doubles_after_the_free_attempts_and_has_an_end(any_store: Store) -> None:
    clock = Clock()
    limits, waits = of(any_store, clock), []
    for _ in range(18):
        waits.append(limits.begin("kim", "10.0.0.9"))
        clock.now += waits[-1]
        waits[-1] and limits.begin("kim", "10.0.0.9")
    assert waits == [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, LONGEST, LONGEST, LONGEST]
    assert limits.begin("bo", "10.0.0.10") == 0  # another's failures are another's


def test_a_wait_passes_and_is_in_the_end_forgiven(store: Store) -> None:
    clock = Clock()
    limits = of(store, clock)
    for _ in range(5):
        limits.begin("kim", "10.0.0.9")
    clock.now += 0.25
    assert limits.begin("kim", "10.0.0.9") == 0.75
    clock.now += LONGEST  # past it, counted from the start again
    assert [limits.begin("kim", "10.0.0.9") for _ in range(6)] == [0, 0, 0, 0, 0, 1]


def test_the_longest_wait_is_forgiven_when_it_has_passed_twice_over(store: Store) -> None:
    clock = Clock()
    for passed, then in ((2 * LONGEST, LONGEST), (2 * LONGEST + 1, 0)):
        limits = of(store, clock)
        for _ in range(17):
            clock.now += limits.begin("kim", "10.0.0.9")
            limits.begin("kim", "10.0.0.9")
        clock.now += passed
        assert limits.begin("kim", "10.0.0.9") == 0
        assert limits.begin("kim", "10.0.0.9") == then


def test_many_attempts_at_once_and_in_several_processes_are_no_way_round(any_store: Store) -> None:
    others = open_store()  # what another process would have open
    limits = [of(any_store), of(others)]
    let_in = [limits[number % 2].begin("kim", "10.0.0.9") == 0 for number in range(100)]
    others.close()
    assert sum(let_in) == 5


def test_one_login_from_many_addresses_and_many_logins_from_one_address_are_counted_too(store: Store) -> None:
    assert sum(of(store).begin("kim", f"10.0.0.{number}") == 0 for number in range(60)) == 20
    assert sum(of(store).begin(f"login {number}", "10.9.9.9") == 0 for number in range(60)) == 50


def test_the_right_password_forgives_this_login_from_this_address(store: Store) -> None:
    limits = of(store)
    for _ in range(4):
        limits.begin("kim", "10.0.0.9")
    limits.succeeded("kim", "10.0.0.9")
    assert [limits.begin("kim", "10.0.0.9") for _ in range(5)] == [0] * 5


def test_a_clock_put_back_or_ahead_elsewhere_locks_nobody_out_and_lets_nobody_in(store: Store) -> None:
    clock = Clock()
    limits = of(store, clock)
    for _ in range(6):
        limits.begin("kim", "10.0.0.9")
    clock.now -= 3  # another machine's clock
    assert limits.begin("kim", "10.0.0.9") == 1
    clock.now -= 365 * 24 * 3600
    assert limits.begin("kim", "10.0.0.9") == 0


def test_what_is_counted_is_kept_under_digests_and_forgotten(store: Store) -> None:
    clock = Clock()
    of(store, clock).begin("kim", "10.0.0.9")
    clock.now += 2 * LONGEST + 1
    of(store, clock).begin("bo", "10.0.0.8")
    with store.read() as connection:
        rows = connection.execute(select(ATTEMPTS)).all()
    assert [(len(row.key), row.tries) for row in rows] == [(64, 1)] * 3


def test_a_rate_lets_so_many_a_minute_through_by_key() -> None:
    clock = Clock()
    rate = Rate(3, clock)
    assert [rate.allows("a") for _ in range(4)] == [True, True, True, False]
    assert rate.allows("b")
    clock.now += 59.5
    assert not rate.allows("a")
    clock.now += 0.5
    assert [rate.allows("a") for _ in range(4)] == [True, True, True, False]
