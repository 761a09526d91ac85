"""With accounts: where the server may listen, under which names, whose word it takes for who somebody is."""

from typing import Any

import pytest
import streamlit as st
from streamlit import config

from ui.server.addresses import from_our_form, reader_address
from ui.server.cookies import BROWSER, SIGN_IN, cookie_name, read
from ui.server.headers import SecurityHeaders
from ui.server.local import local_mode, prepare

Environment = dict[str, str]
PROXY = {"DASHBOARD_PROXY_HEADER": "X-User", "DASHBOARD_PROXY_ADDRESSES": "10.0.0.0/8", "FORWARDED_ALLOW_IPS": ""}


def started(monkeypatch: pytest.MonkeyPatch, address: str, given: Environment) -> dict[str, Any]:
    """What `prepare` set."""
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    put: dict[str, Any] = {}
    monkeypatch.setattr(st, "get_option", lambda _name: address)
    monkeypatch.setattr(config, "set_option", put.__setitem__)
    prepare()
    return put


def test_accounts_end_local_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    assert local_mode()
    monkeypatch.setenv("DASHBOARD_ACCOUNTS", "local")
    assert not local_mode()
    monkeypatch.setenv("DASHBOARD_ACCOUNTS", "none")
    assert local_mode()


def test_a_server_with_accounts_may_listen_elsewhere_under_the_names_it_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {
        "DASHBOARD_ACCOUNTS": "local",
        "DASHBOARD_HOSTS": "jamfor.region.se, jamfor",
        "DASHBOARD_BEHIND_TLS": "true",
    }
    put = started(monkeypatch, "0.0.0.0", given)
    assert put == {"server.allowedHosts": ["127.0.0.1", "localhost", "[::1]", "jamfor.region.se", "jamfor"]}
    assert capsys.readouterr().err == ""


def test_passwords_in_clear_text_over_a_network_are_warned_of(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started(monkeypatch, "0.0.0.0", {"DASHBOARD_ACCOUNTS": "local", "DASHBOARD_HOSTS": "jamfor"})
    assert "DASHBOARD_BEHIND_TLS" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"DASHBOARD_ACCOUNTS": "local"}, "DASHBOARD_HOSTS"),  # elsewhere without a name
        ({"DASHBOARD_ACCOUNTS": "lokal"}, "DASHBOARD_ACCOUNTS"),  # a misspelt mode must not become none
        ({"DASHBOARD_ACCOUNTS": "oidc"}, "DASHBOARD_OIDC_METADATA_URL"),
        ({"DASHBOARD_ACCOUNTS": "proxy", **PROXY, "DASHBOARD_PROXY_HEADER": ""}, "DASHBOARD_PROXY_HEADER"),
        ({"DASHBOARD_ACCOUNTS": "proxy", **PROXY, "DASHBOARD_PROXY_ADDRESSES": ""}, "DASHBOARD_PROXY_ADDRESSES"),
        ({"DASHBOARD_ACCOUNTS": "proxy", **PROXY, "DASHBOARD_PROXY_ADDRESSES": "all"}, "DASHBOARD_PROXY_ADDRESSES"),
        ({"DASHBOARD_ACCOUNTS": "proxy", **PROXY, "FORWARDED_ALLOW_IPS": "*"}, "FORWARDED_ALLOW_IPS"),
        ({"DASHBOARD_OIDC_GROUP_ROLES": '{"it": ["root"]}'}, "DASHBOARD_OIDC_GROUP_ROLES"),  # no such role
    ],
)
def test_half_a_setting_is_no_open_door(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: Environment, named: str
) -> None:
    with pytest.raises(SystemExit) as left:
        started(monkeypatch, "0.0.0.0", given)
    assert left.value.code == 2
    assert named in capsys.readouterr().err


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),  # a reader's own word about themself
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),  # through the trusted proxy
        ("10.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1"),  # what the reader added stands before the proxy's
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),  # two trusted proxies
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_whose_address_is_counted(peer: str, forwarded: str, expected: str) -> None:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    assert reader_address({"type": "http", "client": (peer, 1), "headers": headers}, ["10.0.0.0/8"]) == expected


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"origin": "https://jamfor.region.se", "host": "jamfor.region.se"}, True),
        ({"origin": "https://jamfor.region.se", "host": "127.0.0.1:8501"}, True),  # a proxy that changes the host
        ({"origin": "https://evil.example", "host": "jamfor.region.se"}, False),
        ({"origin": "https://evil.jamfor.region.se", "host": "jamfor.region.se"}, False),
        ({"origin": "null", "host": "jamfor.region.se", "sec-fetch-site": "same-origin"}, False),
        ({"origin": "http://[bad", "host": "jamfor.region.se"}, False),  # no address at all
        ({"host": "jamfor.region.se", "sec-fetch-site": "same-origin"}, True),
        ({"host": "jamfor.region.se", "sec-fetch-site": "cross-site"}, False),
        ({"host": "jamfor.region.se"}, False),  # says nothing: no browser's form
    ],
)
def test_whose_form_it_is(headers: dict[str, str], ours: bool) -> None:
    scope = {"type": "http", "headers": [(name.encode(), value.encode()) for name, value in headers.items()]}
    assert from_our_form(scope, ["jamfor.region.se"]) is ours


def test_over_https_the_cookie_names_hold_a_promise_and_the_plain_ones_are_not_read() -> None:
    word = "a" * 43
    assert [cookie_name(name, secure=True) for name in (SIGN_IN, BROWSER)] == [
        "__Host-dashboard_sign_in",
        "__Host-dashboard_browser",
    ]
    assert read({"dashboard_sign_in": word}, SIGN_IN, secure=True) is None  # planted by a neighbouring host
    assert read({"__Host-dashboard_sign_in": word}, SIGN_IN, secure=True) == word
    assert read({"dashboard_sign_in": "short"}, SIGN_IN, secure=False) is None


def test_over_https_a_browser_is_told_to_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Strict-Transport-Security" not in SecurityHeaders(lambda *_: None).headers  # type: ignore[arg-type]
    monkeypatch.setenv("DASHBOARD_BEHIND_TLS", "true")
    assert "Strict-Transport-Security" in SecurityHeaders(lambda *_: None).headers  # type: ignore[arg-type]
