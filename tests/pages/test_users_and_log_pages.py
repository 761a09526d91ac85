"""The users page and the log page, by role; who somebody is, is given."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from access import LOCAL_CLI, Actor, logged_events, users
from locales import text
from models import Store

Open = Callable[..., AppTest]


def acts_as(monkeypatch: pytest.MonkeyPatch, *roles: str) -> None:
    actor = Actor("user:9", "Test", frozenset({"lasare", *roles}))
    monkeypatch.setattr("ui.who._acting", lambda _number: actor)


@pytest.fixture
def kim(store: Store) -> int:
    number, _ = users.create_user(store, LOCAL_CLI, login="kim", name="Kim Ek", roles=["publicist"])
    return number


@pytest.mark.parametrize(("page", "role"), [("users", "revisor"), ("log", "administrator"), ("upload", "lasare")])
def test_the_wrong_role_meets_the_reason(
    opened: Open, store: Store, monkeypatch: pytest.MonkeyPatch, page: str, role: str
) -> None:
    acts_as(monkeypatch, role)
    at = opened(page)
    assert not at.exception
    told = [info.value.replace("\\", "") for info in at.info]
    assert told == [text(f"access.forbidden.{'upload' if page == 'upload' else page}", "sv")]
    assert [each.key for each in at.button] == ["other_language"]


def test_an_administrator_creates_an_account_and_sees_the_word_once(
    opened: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts_as(monkeypatch, "administrator")
    at = opened("users")
    assert at.title[0].value == "Inga konton finns ännu"
    at.text_input(key="new:login").set_value("rut")
    at.multiselect(key="new:roles").set_value(["revisor"])
    at.button[1].click().run()  # the first is the way to the other language
    assert not at.exception
    assert len(at.code) == 1
    assert [row[:3] for row in users.list_users(store, LOCAL_CLI).select("login", "roles", "active").rows()] == [
        ("rut", "revisor", True)
    ]
    assert logged_events(store)["actor"].to_list() == ["user:9"]
    at.run()
    assert len(at.code) == 0


def test_a_refusal_is_said_and_nothing_changes(
    opened: Open, store: Store, kim: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts_as(monkeypatch, "administrator")
    at = opened("users")
    at.text_input(key="new:login").set_value("kim")
    at.button[1].click().run()  # the first is the way to the other language
    assert "finns redan" in at.error[0].value
    assert users.list_users(store, LOCAL_CLI).height == 1


def test_closing_an_account_and_erasing_it(
    opened: Open, store: Store, kim: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts_as(monkeypatch, "administrator")
    at = opened("users")
    assert at.title[0].value.replace("\\", "") == "Konton: 1, varav 0 kan logga in"  # no password is chosen yet
    at.button(key=f"deactivate:{kim}").click().run()
    assert users.list_users(store, LOCAL_CLI)["active"].to_list() == [False]
    assert at.button(key=f"erase:{kim}").disabled
    at.checkbox(key=f"sure:{kim}").check().run()
    at.button(key=f"erase:{kim}").click().run()
    assert users.list_users(store, LOCAL_CLI)["login"].to_list() == [f"erased:{kim}"]


def test_the_log_is_filtered_by_the_address_and_by_words(
    opened: Open, store: Store, kim: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    users.set_roles(store, LOCAL_CLI, kim, ["revisor"])
    acts_as(monkeypatch, "revisor")

    def shown(at: AppTest) -> list[str]:
        assert not at.exception
        tables = [html.value for html in at.get("html") if "<table" in getattr(html, "value", html.proto.body)]
        return [word for word in ("konto skapat", "roller ändrade") if any(word in table for table in tables)]

    assert shown(opened("log")) == ["konto skapat", "roller ändrade"]
    assert shown(opened("log", action="user.created")) == ["konto skapat"]
    at = opened("log")
    assert shown(at.text_input(key="log:search").set_value("REVISOR").run()) == ["roller ändrade"]
    assert at.title[0].value.replace("\\", "") == "Loggen är hel, antal händelser: 2"
    assert at.success[0].value.startswith("Loggen är hel")
