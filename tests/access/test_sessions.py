"""A sign-in holds until it is ended, revoked, too old or unused too long; on SQLite and PostgreSQL."""

import hashlib
from collections.abc import Callable

import polars as pl
import pytest
from sqlalchemy import text as sql

from access import LOCAL_CLI, READER, Forbidden, broken_at, logged_events, sessions, users
from access.sessions import Ended, SignedIn
from access.tables import after
from models import Store, now

Person = Callable[..., int]


def change(store: Store, values: str, **given: object) -> None:
    with store.write() as connection:
        connection.execute(sql(f"UPDATE sign_in SET {values}"), given)


def test_the_token_opens_a_row_and_the_store_never_holds_it(any_store: Store, person: Person) -> None:
    token = sessions.open_session(any_store, person("kim", "publicist"), "local")
    found = sessions.by_token(any_store, token)
    assert isinstance(found, SignedIn)
    assert (found.actor.key, found.actor.name, found.actor.roles) == ("user:1", "Kim", {"lasare", "publicist"})
    stored = any_store.frame("SELECT token_hash FROM sign_in", {"hash": pl.String})["hash"].to_list()
    assert stored == [hashlib.sha256(token.encode()).hexdigest()]
    assert sessions.by_token(any_store, stored[0]) == Ended("unknown")  # the table's hash is no token
    assert sessions.by_token(any_store, "") == Ended("unknown")


def test_every_sign_in_gets_a_token_of_its_own(any_store: Store, person: Person) -> None:
    number = person()
    assert len({sessions.open_session(any_store, number, "local") for _ in range(5)}) == 5


def test_a_signed_out_token_is_worth_nothing(any_store: Store, person: Person) -> None:
    token = sessions.open_session(any_store, person(), "local")
    found = sessions.by_token(any_store, token)
    assert isinstance(found, SignedIn)
    sessions.end(any_store, found)
    assert sessions.by_token(any_store, token) == Ended("revoked")
    assert sessions.by_id(any_store, found.id) == Ended("revoked")


@pytest.mark.parametrize(
    ("values", "shift", "why"),
    [
        ("last_seen_at = :at, created_at = :at", {"minutes": -61}, "idle"),  # unused for longer than 60 minutes
        ("last_seen_at = :at, created_at = :at", {"minutes": -59}, ""),
        ("ends_at = :at, created_at = '2020', last_seen_at = '2020'", {"seconds": -1}, "over"),  # the absolute limit
    ],
)
def test_a_sign_in_ends_with_time(
    any_store: Store, person: Person, values: str, shift: dict[str, float], why: str
) -> None:
    token = sessions.open_session(any_store, person(), "local")
    change(any_store, values, at=after(now(), **shift))
    found = sessions.by_token(any_store, token)
    assert (found.why if isinstance(found, Ended) else "") == why


def test_the_limits_are_settings(any_store: Store, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_SESSION_HOURS", "0.5")
    sessions.open_session(any_store, person(), "local")
    row = any_store.frame("SELECT created_at, ends_at FROM sign_in", {"from": pl.String, "to": pl.String}).row(0)
    assert row[1] == after(row[0], minutes=30)


def test_use_is_noted_once_a_minute_and_not_at_every_rerun(any_store: Store, person: Person) -> None:
    token = sessions.open_session(any_store, person(), "local")

    def seen() -> str:
        sessions.by_token(any_store, token)
        return str(any_store.frame("SELECT last_seen_at FROM sign_in", {"at": pl.String})["at"].item())

    assert seen() == seen()
    earlier = after(now(), minutes=-2)
    change(any_store, "last_seen_at = :at, created_at = :at", at=earlier)
    assert seen() > earlier


def test_revoking_all_of_a_user_ends_theirs_and_nobody_elses(any_store: Store, person: Person) -> None:
    kim, bo = person("kim"), person("bo")
    tokens = [sessions.open_session(any_store, number, "local") for number in (kim, kim, bo)]
    assert sessions.revoke_all(any_store, LOCAL_CLI, kim) == 2
    ended = [isinstance(sessions.by_token(any_store, token), Ended) for token in tokens]
    assert ended == [True, True, False]
    with pytest.raises(Forbidden):
        sessions.revoke_all(any_store, READER, bo)


def test_a_closed_account_and_a_changed_role_count_at_once(any_store: Store, person: Person) -> None:
    number = person("kim", "publicist")
    token = sessions.open_session(any_store, number, "local")
    users.set_roles(any_store, LOCAL_CLI, number, ["revisor"])
    found = sessions.by_token(any_store, token)
    assert isinstance(found, SignedIn)
    assert found.actor.roles == {"lasare", "revisor"}
    with any_store.write() as connection:  # closed behind the program's back: the row alone decides
        connection.execute(sql("UPDATE user_account SET active = false"))
    assert sessions.by_token(any_store, token) == Ended("inactive")


def test_signing_in_and_out_is_logged_by_number(any_store: Store, person: Person) -> None:
    token = sessions.open_session(any_store, person("kim"), "local")
    found = sessions.by_token(any_store, token)
    assert isinstance(found, SignedIn)
    sessions.end(any_store, found)
    told = logged_events(any_store).select("actor", "action", "subject").rows()[-2:]
    assert told == [("user:1", "sign_in.opened", "sign_in:1"), ("user:1", "sign_in.ended", "sign_in:1")]
    assert broken_at(any_store) is None


def test_records_older_than_the_limit_are_erased(any_store: Store, person: Person) -> None:
    sessions.open_session(any_store, person(), "local")
    change(any_store, "ends_at = :at, created_at = '2020', last_seen_at = '2020'", at=after(now(), days=-366))
    sessions.open_session(any_store, 1, "local")
    assert sessions.forget_old(any_store) == 1
    assert any_store.frame("SELECT id FROM sign_in", {"id": pl.Int64})["id"].to_list() == [2]
