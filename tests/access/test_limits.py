"""How often somebody may try, upload and download; the clock is the test's own."""

from access.limits import Attempts, Rate, SignInLimits


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_wait_doubles_after_the_free_attempts_and_has_an_end() -> None:
    clock = Clock()
    attempts = Attempts(3, longest=60, clock=clock)
    waits = []
    for _ in range(12):
        waits.append(attempts.wait("kim"))
        clock.now += waits[-1]
        attempts.began("kim")
    assert waits == [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert attempts.wait("bo") == 0  # another's failures are another's


def test_a_wait_passes_and_is_in_the_end_forgiven() -> None:
    clock = Clock()
    attempts = Attempts(1, longest=60, clock=clock)
    attempts.began("kim")
    assert attempts.wait("kim") == 1
    clock.now += 0.5
    assert attempts.wait("kim") == 0.5
    clock.now += 200
    assert attempts.wait("kim") == 0
    attempts.began("kim")
    assert attempts.wait("kim") == 1  # counted from the start again


def test_the_longest_wait_is_forgiven_when_it_has_passed_twice_over() -> None:
    clock = Clock()
    for passed, then in ((120, 60), (120.5, 1)):
        attempts = Attempts(1, longest=60, clock=clock)
        for _ in range(9):
            attempts.began("kim")
        clock.now += passed
        assert attempts.wait("kim") == 0
        attempts.began("kim")
        assert attempts.wait("kim") == then


def test_a_thousand_passwords_against_one_login_take_days() -> None:
    clock = Clock()
    limits = SignInLimits(clock)
    for _ in range(1000):
        clock.now += limits.begin("kim", "10.0.0.9")
        limits.begin("kim", "10.0.0.9")
    assert clock.now - 1000 > 3 * 24 * 3600


def test_many_attempts_at_once_are_no_way_round() -> None:
    limits = SignInLimits(Clock())
    let_in = [limits.begin("kim", "10.0.0.9") == 0 for _ in range(100)]
    assert sum(let_in) == 5


def test_one_login_from_many_addresses_and_many_logins_from_one_address_are_counted_too() -> None:
    by_login, by_address = SignInLimits(Clock()), SignInLimits(Clock())
    assert sum(by_login.begin("kim", f"10.0.0.{number}") == 0 for number in range(200)) == 20
    assert sum(by_address.begin(f"login {number}", "10.0.0.9") == 0 for number in range(200)) == 50


def test_the_right_password_forgives_this_login_from_this_address() -> None:
    limits = SignInLimits(Clock())
    for _ in range(4):
        limits.begin("kim", "10.0.0.9")
    limits.succeeded("kim", "10.0.0.9")
    assert [limits.begin("kim", "10.0.0.9") for _ in range(5)] == [0] * 5


def test_a_rate_lets_so_many_a_minute_through_by_key() -> None:
    clock = Clock()
    rate = Rate(3, clock)
    assert [rate.allows("a") for _ in range(4)] == [True, True, True, False]
    assert rate.allows("b")
    clock.now += 59.5
    assert not rate.allows("a")
    clock.now += 0.5
    assert [rate.allows("a") for _ in range(4)] == [True, True, True, False]
