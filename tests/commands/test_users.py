"""`users` and `log`: accounts from a terminal, and the log of it."""

import pytest
from typer.testing import CliRunner

from access import identities
from models import open_store
from tests.behind import behind_its_back, guard_off
from tests.commands.conftest import APP, Ran

PASSWORD = "grön stol på taket"


@pytest.fixture
def typed(store, run):
    """typed(password, *words): a command with one line on standard input."""

    def ran(password, *words):
        done = CliRunner().invoke(APP, [*words], input=f"{password}\n", catch_exceptions=False)
        return Ran(done.exit_code, done.stdout, done.stderr)

    return ran


def test_an_account_is_created_with_a_password_that_is_never_an_argument(typed, run):
    ran = typed(PASSWORD, "users", "create", "Kim", "--name", "Kim Ek", "--role", "publicist", "--json")
    assert (ran.code, ran.document) == (0, {"id": 1, "login": "kim", "roles": ["publicist"]})
    assert PASSWORD not in ran.out + ran.err
    opened = open_store()
    assert identities.user_with_password(opened, "kim", PASSWORD) == 1
    opened.close()
    assert "--password" not in run("users", "create", "--help").out


def test_the_list_in_json_and_in_words(typed, run):
    assert run("users", "list", "--json").document == []
    typed(PASSWORD, "users", "create", "kim", "--name", "Kim Ek", "--role", "revisor", "--role", "publicist")
    one = run("users", "list", "--json").document[0]
    told = {name: one[name] for name in ("login", "name", "source", "roles", "active", "open_sessions")}
    assert told == {
        "login": "kim",
        "name": "Kim Ek",
        "source": "local",
        "roles": ["publicist", "revisor"],
        "active": True,
        "open_sessions": 0,
    }
    assert "Kim Ek" in run("users", "list").out


def test_a_weak_password_is_refused_and_nothing_is_stored(typed, run):
    ran = typed("lösenord12345", "users", "create", "kim", "--json")
    assert (ran.code, "gissa" in ran.document["error"]) == (1, True)
    assert run("users", "list", "--json").document == []


def test_an_invitation_instead_of_a_password(store, run):
    document = run("users", "create", "bo", "--invite", "--json").document
    opened = open_store()
    assert identities.choose_password(opened, document["invitation"], PASSWORD) == document["id"]
    opened.close()


def test_roles_closing_revoking_and_erasing(typed, run):
    typed(PASSWORD, "users", "create", "kim", "--role", "publicist")
    assert run("users", "roles", "KIM", "--role", "revisor", "--json").document["roles"] == ["revisor"]
    assert "0 inloggningar" in run("users", "revoke", "kim").out
    assert "stängt" in run("users", "deactivate", "kim").out
    assert run("users", "erase", "kim", "--json").document["erased"] is True
    assert [one["login"] for one in run("users", "list", "--json").document] == ["erased:1"]


@pytest.mark.parametrize("words", [("roles", "nobody"), ("revoke", "nobody"), ("erase", "nobody")])
def test_an_unknown_login_is_refused(store, run, words):
    ran = run("users", *words, "--json")
    assert (ran.code, "nobody" in ran.document["error"]) == (1, True)


def test_an_unknown_role_is_refused(typed):
    ran = typed(PASSWORD, "users", "create", "kim", "--role", "chef", "--json")
    assert (ran.code, "chef" in ran.document["error"]) == (1, True)


def test_the_log_tells_who_did_what_and_that_it_is_whole(typed, run):
    typed(PASSWORD, "users", "create", "kim", "--role", "publicist")
    run("users", "roles", "kim", "--role", "revisor")
    document = run("log", "--json").document
    assert (document["whole"], document["broken_at"]) == (True, None)
    assert [(one["actor"], one["action"], one["subject"]) for one in document["events"]] == [
        ("local:cli", "user.created", "user:1"),
        ("local:cli", "user.roles_changed", "user:1"),
    ]
    assert (document["events"][1]["before"], document["events"][1]["after"]) == (
        '{"roles": "publicist"}',
        '{"roles": "revisor"}',
    )
    shown = run("log").out
    assert "lokal operatör (terminal)" in shown
    assert document["events"][-1]["hash"] in shown


def test_a_log_somebody_has_changed_is_found_by_log_and_by_doctor(typed, run):
    typed(PASSWORD, "users", "create", "kim", "--role", "publicist")
    run("users", "roles", "kim", "--role", "revisor")
    behind_its_back(guard_off("audit_event"), "UPDATE audit_event SET actor = 'user:9' WHERE id = 1")
    ran = run("log", "--json")
    assert (ran.code, ran.document["broken_at"]) == (1, 1)
    checks = {check["name"]: check["ok"] for check in run("doctor", "--json").document["checks"]}
    assert checks["audit_log"] is False


@pytest.mark.parametrize(
    ("settings", "administrator", "ok"),
    [
        ({}, False, True),  # local mode
        ({"DASHBOARD_ACCOUNTS": "local"}, False, False),  # nobody can keep the accounts
        ({"DASHBOARD_ACCOUNTS": "local"}, True, True),
        ({"DASHBOARD_ACCOUNTS": "oidc"}, True, False),  # half a setting
    ],
)
def test_doctor_says_whether_somebody_keeps_the_accounts(typed, run, monkeypatch, settings, administrator, ok):
    if administrator:
        typed(PASSWORD, "users", "create", "kim", "--role", "administrator")
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    document = run("doctor", "--json").document
    assert {check["name"]: check["ok"] for check in document["checks"]}["accounts"] is ok
    assert document["accounts"]["administrators"] == int(administrator)
