"""What is accepted as a password, how it is kept, how it is checked."""

import threading

import pytest

from access import passwords
from access.actors import AccountRefused

GOOD = "grön stol på taket"


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("kort", "password_short"),
        ("elva tecken", "password_short"),  # one below the shortest
        ("x" * 513, "password_long"),
        ("kim.ek och mer", "password_login"),  # the login name inside it
        ("KIM.EK@region.se", "password_login"),  # in other letters
        ("lösenord12345", "password_common"),  # a common word with figures
        ("Sommar!2026!!", "password_common"),
        ("lösenordlösenord", "password_common"),  # the same word twice
        ("198501011234", "password_common"),  # only figures: a personal number has twelve
        ("aaaaaaaaaaaab", "password_common"),  # two signs
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password: str, why: str) -> None:
    with pytest.raises(AccountRefused) as refused:
        passwords.accepted(password, "kim.ek@region.se")
    assert refused.value.reason == why
    assert refused.value.message("sv") != refused.value.message("en")


def test_several_words_are_accepted_as_they_are() -> None:
    assert passwords.accepted(GOOD, "kim") == GOOD


def test_a_password_is_kept_as_argon2id_and_never_the_same_twice() -> None:
    first, second = passwords.hashed(GOOD), passwords.hashed(GOOD)
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert first != second
    assert GOOD not in first


def test_only_the_right_password_matches(cheap_hashes: None) -> None:
    stored = passwords.hashed(GOOD)
    assert passwords.matches(stored, GOOD)
    assert not passwords.matches(stored, GOOD + " ")
    assert not passwords.matches(stored, "x" * 100_000)
    assert not passwords.matches("", GOOD)  # no such account, or no password chosen
    assert not passwords.matches("", "nobody has this one")


def test_a_letter_in_two_signs_is_the_same_letter(cheap_hashes: None) -> None:
    assert passwords.matches(passwords.hashed("grön"), "gro\u0308n")


def test_a_hash_of_weaker_settings_is_outdated(cheap_hashes: None) -> None:
    assert passwords.outdated("$argon2id$v=19$m=16,t=1,p=1$c29tZXNhbHQ$MTIzNDU2Nzg5MDEyMzQ1Ng")
    assert not passwords.outdated(passwords.hashed(GOOD))


def test_at_most_two_passwords_are_checked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most = 0, 0
    lock = threading.Lock()
    together = threading.Barrier(2)

    class Slow:
        def verify(self, _stored: str, _password: str) -> bool:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            together.wait(timeout=60)  # eight in pairs: nobody alone, or it breaks
            with lock:
                running -= 1
            return True

    monkeypatch.setattr(passwords, "_HASHER", Slow())
    threads = [threading.Thread(target=passwords.matches, args=("stored", GOOD)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2
