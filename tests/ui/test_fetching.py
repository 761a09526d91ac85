"""Fetching from Kolada on the upload desk: what is fetched goes there, what fails is said, no role no question."""

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from access import LOCAL_WEB, READER, Actor
from models import Store
from tests.loaders.kolada_stub import KoladaStub, Reply, entry, running_stub


@pytest.fixture
def kolada(monkeypatch: pytest.MonkeyPatch, store: Store) -> Iterator[KoladaStub]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with running_stub() as stub:
        stub.entries = [entry("U70447", "0025", year, 60.0) for year in range(2019, 2027)]
        stub.page_size = 3
        monkeypatch.setenv("DASHBOARD_KOLADA_URL", stub.url)
        yield stub


def _page(actor):
    import streamlit

    from models import open_store
    from ui.desk.fetching import kolada_import
    from ui.visit import Visit

    store = open_store()
    removed = streamlit.session_state.setdefault("removed", [])
    streamlit.session_state["got"] = kolada_import(Visit("sv", store, actor), removed.append)
    store.close()


def drawn(actor: Actor) -> AppTest:
    return AppTest.from_function(_page, kwargs={"actor": actor}, default_timeout=30).run()


def asked(at: AppTest) -> AppTest:
    at.multiselect(key="kolada indicators").set_value(["trust_overall"]).run()
    at.button(key="kolada fetch").click().run()
    assert not at.exception
    return at


def test_only_what_kolada_has_can_be_chosen_and_something_must_be(kolada: KoladaStub) -> None:
    at = drawn(LOCAL_WEB)
    options = at.multiselect(key="kolada indicators").options
    assert len(options) == 9
    assert "Förtroende för hälso- och sjukvården i sin helhet, Kolada U70447" in options
    assert at.button(key="kolada fetch").disabled
    assert at.session_state["got"] == []


def test_what_is_fetched_stays_on_the_desk_until_it_is_removed(kolada: KoladaStub) -> None:
    at = asked(drawn(LOCAL_WEB))
    [(name, content)] = at.session_state["got"]
    assert re.fullmatch(r"kolada_U70447_\d{4}-\d\d-\d\d\.json", name)
    assert content.count(b'"kpi"') == 8
    assert at.success[0].value.startswith("Hämtade 3 sidor från ")
    assert at.run().session_state["got"] == [(name, content)]

    assert at.session_state["removed"] == []
    at.button(key="kolada remove").click().run()
    assert (at.session_state["got"], len(at.success)) == ([], 0)
    assert at.session_state["removed"] == [content]


def test_only_the_chosen_years_are_asked_for(kolada: KoladaStub) -> None:
    at = drawn(LOCAL_WEB)
    at.radio(key="kolada which years").set_value("some").run()
    at.slider(key="kolada years").set_value((2020, 2022)).run()
    asked(at)
    assert kolada.asked[0].endswith("/year/2020,2021,2022")


def test_a_failure_is_said_and_nothing_reaches_the_desk(kolada: KoladaStub) -> None:
    at = asked(drawn(LOCAL_WEB))
    [(_, first)] = at.session_state["got"]
    kolada.answers(Reply(status=404))
    asked(at)
    assert "känner inte till det vi frågade efter" in at.error[0].value
    assert (at.session_state["got"], at.session_state["removed"]) == ([], [first])


def test_without_the_role_nobody_is_asked(kolada: KoladaStub) -> None:
    at = asked(drawn(READER))
    assert len(at.error) == 1
    assert (kolada.asked, at.session_state["got"]) == ([], [])
