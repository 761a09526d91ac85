"""People with accounts. A real hash costs 150 ms and 64 MiB: here it is cheap, save where it is the point."""

from collections.abc import Callable

import pytest
from argon2 import PasswordHasher

from access import LOCAL_CLI, passwords, users
from models import Store

PASSWORD = "grön stol på taket"


@pytest.fixture
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    monkeypatch.setattr(passwords, "_NOBODYS", [])


@pytest.fixture
def person(any_store: Store, cheap_hashes: None) -> Callable[..., int]:
    """person("kim", "publicist") → the number of a local account with PASSWORD."""

    def created(login: str = "kim", *roles: str) -> int:
        number, _ = users.create_user(
            any_store, LOCAL_CLI, login=login, name=login.title(), roles=roles, password=PASSWORD
        )
        return number

    return created
