"""Så bedöms skillnader and Öppna data on screen, and the menus that hold every page."""

from collections.abc import Callable
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from access import Actor, Forbidden
from dashboard import PAGES
from exports import everything_csv
from locales import text
from models import Store
from ui import menu
from views.parts import Reader
from views.search import entries, search

Open = Callable[..., AppTest]


def html(at: AppTest) -> str:
    return unescape("\n".join(box.proto.body for box in at.get("html")))


def test_the_menus_hold_every_page_in_a_readers_order() -> None:
    assert menu.GROUPS == {
        "compare": ("overview", "trust", "satisfaction", "uptake", "phone", "supply", "compare"),
        "regions": ("profile",),
        "audit": ("since-audit", "followup", "targets"),
        "evidence": ("indicator", "data", "changes", "open-data", "method"),
        "staff": ("upload", "users", "log"),
    }
    assert set(menu.PAGES) == set(PAGES)


@pytest.mark.parametrize(
    ("language", "asked", "page"),
    [
        ("sv", "granskningen", "since-audit"),
        ("sv", "skillnader", "method"),
        ("sv", "öppna data", "open-data"),
        ("en", "audit", "since-audit"),
        ("en", "judged", "method"),
        ("en", "open data", "open-data"),
        ("sv", "egen jamforelse", "compare"),
    ],
)
def test_the_search_finds_the_page(store: Store, language: str, asked: str, page: str) -> None:
    found = {one.kind: one for one in search(entries(Reader(language, store), list(PAGES)), asked)}
    assert text(f"pages.{page}.title", language) in [one.title for one in found["page"].entries]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_method_is_told_with_an_example_of_today(opened: Open, sample_store: Store, language: str) -> None:
    at = opened("method", lang=language)
    assert not at.exception
    page = html(at)
    for key in ("interval", "equivalence", "assumed", "ranks", "breaks", "small", "months", "funnel"):
        assert f"<h2>{text(f'method.{key}.title', language)}</h2>" in page
    assert f'<a href="figure?indicator=trust_overall&region=25&period=2025&sex=T&lang={language}">' in page
    assert '<span class="chip is-worse is-assumed">' in page


def test_the_method_needs_no_figures(opened: Open, store: Store) -> None:
    page = html(opened("method"))
    assert text("method.example_title") not in page
    assert "Färre än 3 regioner får ingen plats." in page


def test_everything_can_be_taken_in_two_forms(opened: Open, sample_store: Store) -> None:
    at = opened("open-data")
    assert [at.button(key=f"make {kind}").label for kind in ("excel", "csv")] == [
        "Gör i ordning som Excel",
        "Gör i ordning som CSV",
    ]
    assert "Hälso- och sjukvårdsbarometern, Sveriges Kommuner och Regioner, genom Kolada (RKA)." in html(at)
    assert "python cli.py export csv --all --out alla_siffror.csv" in html(at)


def test_some_measures_can_be_taken_by_themselves_and_how_much_it_is_stands_before(
    opened: Open, sample_store: Store
) -> None:
    at = opened("open-data", measures="trust_overall-nki_phone")
    assert "229 siffror, ungefär 0,1 MB som Excel." in [one.value for one in at.caption]
    every = [one.value for one in opened("open-data").caption]
    assert "7\N{NO-BREAK SPACE}567 siffror, ungefär 1,0 MB som Excel." in every


def test_the_file_is_made_when_it_is_asked_for_and_is_of_what_the_page_asks(
    opened: Open, sample_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened("open-data", measures="nki_phone")
    assert not at.get("download_button")
    at.button(key="make csv").click().run()
    assert not at.exception
    assert [one.proto.label for one in at.get("download_button")] == ["Ladda ner valda_siffror.csv (0,1 MB)"]
    _, kind, content = at.session_state["everything ready"]
    assert kind == "csv"
    assert content == everything_csv(sample_store, language="sv", chosen=["nki_phone"])
    assert [one.proto.label for one in at.run().get("download_button")]  # it stays until something else is asked for
    at.query_params["measures"] = "trust_overall"
    assert not at.run().get("download_button")
    assert "everything ready" not in at.session_state


def test_who_may_not_export_gets_no_file(opened: Open, sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("open-data", measures="nki_phone")

    def refused(found: object, permission: str) -> None:
        raise Forbidden(permission)

    monkeypatch.setattr("access.require", refused)
    at.button(key="make excel").click().run()
    assert not at.get("download_button")
    assert "everything ready" not in at.session_state
    assert at.error


def test_who_may_not_fetch_originals_is_told_who_may(
    opened: Open, sample_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 'href="data?upload=' in html(opened("open-data"))  # in local mode everything may be fetched
    monkeypatch.setattr("ui.who._acting", lambda _number: Actor("user:9", "Test", frozenset({"lasare"})))
    page = html(opened("open-data"))
    assert 'href="data?upload=' not in page
    assert text("open_data.originals_staff") in page


def test_an_empty_store_has_nothing_to_take(opened: Open, store: Store) -> None:
    at = opened("open-data")
    assert not at.get("download_button")
    assert not at.exception
