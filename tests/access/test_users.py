"""What an administrator does with accounts, how people show who they are; on SQLite and PostgreSQL."""

from collections.abc import Callable

import polars as pl
import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError

from access import LOCAL_CLI, READER, Actor, Forbidden, bootstrap, broken_at, identities, logged_events, sessions, users
from access.actors import AccountRefused
from access.sessions import Ended
from access.tables import after
from models import Store, now
from tests.access.conftest import PASSWORD

Person = Callable[..., int]
OTHER = "tre blå hattar igen"


def state(store: Store) -> list[tuple[object, ...]]:
    shown = users.list_users(store, LOCAL_CLI)
    return shown.select("login", "roles", "active", "has_password", "open_sessions").rows()


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(AccountRefused) as refused:
        work()
    return refused.value.reason


def test_a_new_account_and_what_the_log_holds_of_it(any_store: Store, person: Person) -> None:
    person("kim", "revisor", "publicist")
    assert state(any_store) == [("kim", "publicist revisor", True, True, 0)]
    log = logged_events(any_store).select("actor", "action", "subject", "after").rows()
    assert log == [("local:cli", "user.created", "user:1", '{"roles": "publicist revisor", "source": "local"}')]
    assert broken_at(any_store) is None


def test_the_region_somebody_answers_for_is_one_of_the_21_or_none(any_store: Store, person: Person) -> None:
    person("kim", "uppgiftslamnare")
    for region in ("25", "25", ""):  # the same again is no change
        users.set_region(any_store, LOCAL_CLI, 1, region)
    assert refusal(lambda: users.set_region(any_store, LOCAL_CLI, 1, "00")) == "region"
    log = logged_events(any_store).filter(action="user.region_changed").sort("id")
    assert log.select("subject", "before", "after").rows() == [
        ("user:1", '{"region": ""}', '{"region": "25"}'),
        ("user:1", '{"region": "25"}', '{"region": ""}'),
    ]


EVERY_ACTION: list[Callable[[Store, Actor], object]] = [
    lambda store, actor: users.list_users(store, actor),
    lambda store, actor: users.create_user(store, actor, login="bo", name="", roles=[]),
    lambda store, actor: users.invite_again(store, actor, 1),
    lambda store, actor: users.set_roles(store, actor, 1, ["publicist"]),
    lambda store, actor: users.set_region(store, actor, 1, "25"),
    lambda store, actor: users.set_active(store, actor, 1, active=False),
    lambda store, actor: users.erase(store, actor, 1),
    lambda store, actor: sessions.revoke_all(store, actor, 1),
]


@pytest.mark.parametrize("role", ["lasare", "uppgiftslamnare", "publicist", "revisor"])
@pytest.mark.parametrize("action", EVERY_ACTION)
def test_every_action_is_refused_to_everybody_but_administrators(
    store: Store, action: Callable[[Store, Actor], object], role: str
) -> None:
    users.create_user(store, LOCAL_CLI, login="kim", name="Kim", roles=["revisor"])
    before, logged = state(store), logged_events(store).height
    with pytest.raises(Forbidden):
        action(store, Actor("user:9", roles=frozenset({role})))
    assert (state(store), logged_events(store).height) == (before, logged)


def test_an_administrator_may_do_each(any_store: Store, cheap_hashes: None) -> None:
    administrator = Actor("user:9", roles=frozenset({"administrator"}))
    users.create_user(any_store, LOCAL_CLI, login="kim", name="Kim", roles=["revisor"])
    for action in EVERY_ACTION:
        action(any_store, administrator)


@pytest.mark.parametrize("login", ["", "x", "två ord", "a\nb", "<b>kim</b>", "k" * 81])
def test_a_malformed_login_is_refused(store: Store, login: str) -> None:
    assert refusal(lambda: users.create_user(store, LOCAL_CLI, login=login, name="", roles=[])) == "login_form"


def test_a_taken_login_an_unknown_role_and_a_weak_password_are_refused(any_store: Store, person: Person) -> None:
    person("kim")
    create = users.create_user
    assert refusal(lambda: create(any_store, LOCAL_CLI, login="KIM ", name="", roles=[])) == "login_taken"
    assert refusal(lambda: create(any_store, LOCAL_CLI, login="bo", name="", roles=["chef"])) == "role"
    weak = "lösenord123456"
    assert refusal(lambda: create(any_store, LOCAL_CLI, login="bo", name="", roles=[], password=weak)) == (
        "password_common"
    )
    assert [row[0] for row in state(any_store)] == ["kim"]


def test_only_the_right_password_of_an_open_account_says_who_it_is(any_store: Store, person: Person) -> None:
    number = person("kim")
    assert identities.user_with_password(any_store, " KIM", PASSWORD) == number
    assert identities.user_with_password(any_store, "kim", OTHER) is None
    assert identities.user_with_password(any_store, "nobody", PASSWORD) is None
    users.set_active(any_store, LOCAL_CLI, number, active=False)
    assert identities.user_with_password(any_store, "kim", PASSWORD) is None


def test_an_invited_person_chooses_a_password_once(any_store: Store, cheap_hashes: None) -> None:
    number, word = users.create_user(any_store, LOCAL_CLI, login="bo", name="Bo", roles=[])
    assert identities.user_with_password(any_store, "bo", "") is None
    assert refusal(lambda: identities.choose_password(any_store, word, "kort")) == "password_short"
    assert identities.choose_password(any_store, word, OTHER) == number
    assert identities.user_with_password(any_store, "bo", OTHER) == number
    assert refusal(lambda: identities.choose_password(any_store, word, PASSWORD)) == "invitation"
    assert refusal(lambda: identities.choose_password(any_store, "", PASSWORD)) == "invitation"  # nobody's empty word


def test_an_invitation_grows_old(any_store: Store, cheap_hashes: None) -> None:
    _, word = users.create_user(any_store, LOCAL_CLI, login="bo", name="Bo", roles=[])
    with any_store.write() as connection:
        connection.execute(sql("UPDATE user_account SET invitation_ends_at = :at"), {"at": after(now(), seconds=-1)})
    assert refusal(lambda: identities.choose_password(any_store, word, PASSWORD)) == "invitation"


def test_a_new_invitation_ends_the_old_password_and_every_sign_in(any_store: Store, person: Person) -> None:
    number = person("kim")
    token = sessions.open_session(any_store, number, "local")
    word = users.invite_again(any_store, LOCAL_CLI, number)
    assert sessions.by_token(any_store, token) == Ended("revoked")
    assert identities.user_with_password(any_store, "kim", PASSWORD) is None
    identities.choose_password(any_store, word, OTHER)
    assert identities.user_with_password(any_store, "kim", OTHER) == number


def test_the_last_administrator_stays(any_store: Store, person: Person) -> None:
    kim, bo = person("kim", "administrator"), person("bo", "publicist")
    for work in (
        lambda: users.set_roles(any_store, LOCAL_CLI, kim, ["revisor"]),
        lambda: users.set_active(any_store, LOCAL_CLI, kim, active=False),
        lambda: users.erase(any_store, LOCAL_CLI, kim),
    ):
        assert refusal(work) == "last_administrator"
    users.set_roles(any_store, LOCAL_CLI, bo, ["administrator"])
    users.set_active(any_store, LOCAL_CLI, kim, active=False)
    assert state(any_store) == [("bo", "administrator", True, True, 0), ("kim", "administrator", False, True, 0)]


def test_erasing_takes_the_person_out_and_leaves_the_number(any_store: Store, person: Person) -> None:
    number = person("kim.ek@region.se", "publicist")
    sessions.open_session(any_store, number, "local")
    users.erase(any_store, LOCAL_CLI, number)
    with any_store.read() as connection:
        everything = str([tuple(row) for row in connection.execute(sql("SELECT * FROM user_account"))])
        everything += str([tuple(row) for row in connection.execute(sql("SELECT * FROM audit_event"))])
        assert connection.execute(sql("SELECT count(*) FROM sign_in")).scalar_one() == 0
    assert "kim" not in everything.casefold()
    assert state(any_store) == [("erased:1", "", False, False, 0)]
    assert users.names(any_store, LOCAL_CLI) == {}
    assert refusal(lambda: users.set_active(any_store, LOCAL_CLI, number, active=True)) == "erased"
    assert broken_at(any_store) is None


def test_names_are_for_those_who_read_the_log(any_store: Store, person: Person) -> None:
    person("kim")
    assert users.names(any_store, Actor("x", roles=frozenset({"revisor"}))) == {"user:1": "Kim"}
    with pytest.raises(Forbidden):
        users.names(any_store, READER)


def test_a_person_from_the_regions_service_is_met_and_met_again(any_store: Store) -> None:
    def met(name: str, roles: list[str] | None) -> int | None:
        return identities.user_from_service(
            any_store, "oidc", subject="abc", login="Anna@region.se", name=name, roles=roles
        )

    first = met("Anna", ["publicist"])
    assert met("Anna Öst", ["revisor"]) == first
    row = users.list_users(any_store, LOCAL_CLI).row(0, named=True)
    assert (row["login"], row["name"], row["roles"], row["source"]) == ("anna@region.se", "Anna Öst", "revisor", "oidc")
    assert met("Anna Öst", None) == first  # roles kept by hand: what they are, they stay
    assert users.list_users(any_store, LOCAL_CLI)["roles"].item() == "revisor"
    users.set_active(any_store, LOCAL_CLI, first or 0, active=False)
    assert met("Anna Öst", ["administrator"]) is None  # a closed account stays closed, whatever the groups say


def test_the_services_subject_never_opens_a_local_account_of_the_same_login(any_store: Store, person: Person) -> None:
    kim = person("kim", "administrator")
    other = identities.user_from_service(any_store, "proxy", subject="kim", login="kim", name="", roles=None)
    assert other != kim
    logins = {row[0]: row[1] for row in state(any_store)}
    assert logins["kim"] == "administrator"
    assert [login for login in logins if login.startswith("kim (proxy:")]
    assert "administrator" not in [roles for login, roles in logins.items() if login != "kim"]


def test_the_first_administrator_comes_through_the_word_in_the_log(any_store: Store, cheap_hashes: None) -> None:
    word = bootstrap.offer(any_store) or ""

    def create(with_word: str, password: str = PASSWORD) -> int:
        return bootstrap.create_first(any_store, with_word, login="kim", name="Kim", password=password)

    assert refusal(lambda: create("guess")) == "first_word"
    assert refusal(lambda: create(word, "kort")) == "password_short"  # the word is still good
    create(word)
    assert state(any_store) == [("kim", "administrator", True, True, 0)]
    assert refusal(lambda: create(word)) == "first_word"  # used
    assert bootstrap.offer(any_store) is None  # there is one
    told = logged_events(any_store).select("action", "reason").rows()
    assert told == [("user.created", "first_administrator")]


def test_an_offered_word_ends_when_somebody_became_administrator_meanwhile(any_store: Store, person: Person) -> None:
    word = bootstrap.offer(any_store) or ""
    person("bo", "administrator")
    create = bootstrap.create_first
    assert refusal(lambda: create(any_store, word, login="kim", name="", password=PASSWORD)) == "first_word"


USER = {"login": "kim", "source": "local", "active": True, "created_at": "2026", "created_by": "x", "subject": None}
SIGN_IN = {
    "token_hash": "0" * 64,
    "user_id": 1,
    "source": "local",
    "created_at": "2026-01",
    "last_seen_at": "2026-01",
    "ends_at": "2026-02",
}


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        ("user_account", {"source": "facebook"}),
        ("user_account", {"roles": "chef"}),
        ("user_account", {"login": ""}),
        ("user_account", {"subject": "abc"}),  # a local account has none
        ("user_account", {"source": "oidc"}),  # and any other has one
        ("user_account", {"source": "oidc", "subject": "abc", "password_hash": "x"}),
        ("user_account", {"invitation_hash": "short"}),
        ("sign_in", {"token_hash": "short"}),
        ("sign_in", {"user_id": 99}),
        ("sign_in", {"source": "facebook"}),
        ("sign_in", {"ends_at": "2025"}),  # ends before it began
    ],
)
def test_database_itself_refuses(any_store: Store, table: str, wrong: dict[str, object]) -> None:
    def insert(into: str, row: dict[str, object]) -> None:
        with any_store.write() as connection:
            marks = ", ".join(f":{name}" for name in row)
            connection.execute(sql(f"INSERT INTO {into} ({', '.join(row)}) VALUES ({marks})"), row)

    if table == "sign_in":
        insert("user_account", USER)
    with pytest.raises(DBAPIError):
        insert(table, {**(USER if table == "user_account" else SIGN_IN), **wrong})
    assert any_store.frame("SELECT id FROM sign_in", {"id": pl.Int64}).is_empty()
