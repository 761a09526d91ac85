"""Short addresses and the check: what stands on a paper, before and after new publications and withdrawals."""

import html
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dashboard import PAGES
from models import Store
from opendata import open_data_app
from tests.hidden_figures import assert_silent, publish_hidden
from tests.opendata.conftest import Asking
from tests.publishing import publish, restore, withdraw
from views.permalinks import code_of, page_of

NBSP = "\N{NO-BREAK SPACE}"
TRUST = {"indicator": "trust_overall", "period": "2023"}
VIEW = {"indicator": "trust_overall", "period": "2023", "sex": "T", "group": "six", "lang": "sv", "as_of": "2026-01-15"}


@pytest.fixture
def ask(store: Store) -> Asking:
    return Asking(open_data_app(lambda: store, lambda _scope: "reader", list(PAGES)))


def figure(region: str, value: float | None, **more: Any) -> dict[str, Any]:
    return {**TRUST, "region": region, "value": value, **more}


def said(ask: Asking, address: str) -> str:
    """The words of the page, tags left out."""
    answer = ask(address)
    assert (answer.status_code, answer.headers.get("set-cookie")) == (200, None)
    assert "<script" not in answer.text
    return html.unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", answer.text, flags=re.DOTALL))


@pytest.mark.parametrize(
    ("page", "choices", "longest"),
    [
        ("trust", VIEW, 40),
        ("profile", {"region": "25", "lang": "sv", "as_of": "2026-12-01"}, 30),
        ("figure", {"indicator": "nki_phone", "region": "14", "period": "2021", "as_of": "2027-03-05"}, 45),
    ],
)  # fmt: skip
def test_a_short_address_leads_to_the_view_of_its_day(
    ask: Asking, page: str, choices: dict[str, str], longest: int
) -> None:
    code = code_of(page, choices)
    assert len(code) <= longest
    answer = ask(f"/p/{code}")
    query = "&".join(f"{name}={value}" for name, value in choices.items())
    assert (answer.status_code, answer.headers["location"]) == (307, f"../{page}?{query}")


def test_a_code_of_a_paper_that_is_printed_is_read_for_good() -> None:
    """Codes as they were made when the dictionary was new; it may not be changed."""
    assert page_of("AU-hI9VhWIwAZhMDQwA") == (
        "trust",
        {"indicator": "trust_overall", "period": "2025", "sex": "T", "lang": "sv", "as_of": "2026-12-01"},
    )
    assert page_of("Ae_kw3A8NkXAjGBgiNUNAA") == (
        "profile",
        {"region": "25", "lang": "sv", "as_of": "2026-12-01", "level": "95", "synthetic": "0"},
    )


@given(some.dictionaries(some.text(min_size=1, max_size=12), some.text(min_size=1, max_size=40), max_size=6))
def test_every_view_survives_its_code(choices: dict[str, str]) -> None:
    storable = {key: value for key, value in choices.items() if key.isprintable() and value.isprintable()}
    assert page_of(code_of("trust", storable)) == ("trust", storable)


@pytest.mark.parametrize(
    "wrong", ["", "x", "AU-hI9VhWIwBZhMDQwA", "BU-hI9VhWIwAZhMDQwA", "AU-hI9VhWIwAZhMDQ", "å" * 10, "A" * 401]
)
def test_a_mistyped_code_leads_nowhere(ask: Asking, wrong: str) -> None:
    assert page_of(wrong) is None
    for room in ("p", "check"):
        answer = ask(f"/{room}/{wrong or 'x'}?lang=en")
        assert answer.status_code == 404
        assert "Check that it is copied as it stands." in answer.text


def test_a_code_leads_to_our_own_pages_only(ask: Asking) -> None:
    assert ask(f"/p/{code_of('nosuch', {})}").status_code == 404
    assert page_of(code_of("//evil.example", {})) is None
    assert page_of(code_of("trust", {"q": "a" * 3000})) is None  # unpacks into more than an address can be


def test_figures_that_stand_are_said_to_hold(ask: Asking, store: Store) -> None:
    publish(
        store, [figure("25", 60.0), figure("24", 61.0), figure("23", None, reason="confidential")], day="2026-01-01"
    )
    told = said(ask, f"/check/{code_of('trust', VIEW)}")
    assert "Ja. Alla 2 värden gäller fortfarande så som de visades 15 januari 2026." in told
    assert f'href="../p/{code_of("trust", VIEW)}"' in ask(f"/check/{code_of('trust', VIEW)}").text  # as it was
    publish(store, [{**figure("25", 70.0), "period": "2024"}], day="2026-03-01")  # another year corrects nothing
    assert said(ask, f"/check/{code_of('trust', VIEW)}") == told


def test_a_correction_is_told_with_its_day_and_both_values(ask: Asking, store: Store) -> None:
    publish(store, [figure("25", 60.0), figure("24", 61.0)], day="2026-01-01")
    second = publish(store, [figure("25", 65.5), figure("23", 62.0)], day="2026-02-01")
    whole, alone = (
        f"/check/{code_of('trust', VIEW)}",
        "/check?indicator=trust_overall&region=25&period=2023&as_of=2026-01-15",
    )
    assert "Inte allt. 1 av 2 värden har ändrats sedan 15 januari 2026." in said(ask, whole)
    row = f"Region Norrbotten, 2023 60,0{NBSP}% 65,5{NBSP}% 1 februari 2026"
    assert row in re.sub(" +", " ", said(ask, whole))
    correction = f"Rättad 1 februari 2026: 60,0{NBSP}% → 65,5{NBSP}%."
    assert correction in said(ask, alone)
    document = ask(f"{whole}?format=json&lang=en").json()
    assert {name: document[name] for name in ("state", "count", "changed", "as_of")} == {
        "state": "corrected",
        "count": 2,
        "changed": 1,
        "as_of": "2026-01-15",
    }
    assert [(one["region"], one["old"], one["new"], one["day"]) for one in document["corrected"]] == [
        ("Region Norrbotten", "60.0%", "65.5%", "1 February 2026")
    ]
    withdraw(store, second, day="2026-03-01")
    assert "gäller fortfarande" in said(ask, alone)  # the first value is in force again
    restore(store, second, day="2026-04-01")
    assert f"Rättad 1 april 2026: 60,0{NBSP}% → 65,5{NBSP}%." in said(ask, alone)


def test_the_day_of_a_correction_is_swedish(ask: Asking, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(store, [figure("25", 60.0)], day="2026-01-01")
    monkeypatch.setattr("tests.publishing.moment", lambda day: f"{day}T23:30:00.000000Z")
    publish(store, [figure("25", 65.5)], day="2026-02-01")
    assert "Rättad 2 februari 2026: " in said(ask, "/check?indicator=trust_overall&region=25&as_of=2026-01-15")


def test_a_figure_that_is_withdrawn_is_no_longer_shown(ask: Asking, store: Store) -> None:
    first = publish(store, [figure("25", 60.0)], day="2026-01-01")
    withdraw(store, first, day="2026-02-01")
    alone = "/check?indicator=trust_overall&region=25&as_of="
    assert f"Rättad 1 februari 2026: 60,0{NBSP}% → –." in said(ask, f"{alone}2026-01-15")
    assert "Här visades inget värde 1 mars 2026." in said(ask, f"{alone}2026-03-01")


@pytest.mark.parametrize(
    ("value", "as_of", "expected"),
    [
        ("60", "&as_of=2026-01-15", f"Rättad 1 februari 2026: 60,0{NBSP}% → 65,5{NBSP}%."),
        ("60.04", "&as_of=2026-01-15", f"Rättad 1 februari 2026: 60,0{NBSP}% → 65,5{NBSP}%."),
        ("60.1", "&as_of=2026-01-15", f"60,1{NBSP}% är inte det värde som visades här 15 januari 2026."),
        ("65.5", "&as_of=2026-02-01", "Ja. Värdet gäller fortfarande så som det visades 1 februari 2026."),
        ("65.5", "", "Ja. Värdet gäller i dag."),
        ("60", "", f"60,0{NBSP}% är inte det värde som gäller i dag."),
    ],
)
def test_the_number_on_the_paper_is_held_against_what_was_shown(
    ask: Asking, store: Store, value: str, as_of: str, expected: str
) -> None:
    publish(store, [figure("25", 60.0)], day="2026-01-01")
    publish(store, [figure("25", 65.5)], day="2026-02-01")
    assert expected in said(ask, f"/check?indicator=trust_overall&region=25&period=2023&value={value}{as_of}")


@pytest.mark.parametrize(
    "asked", ["", "?indicator=nosuch", "?indicator=trust_overall&value=x", "?indicator=trust_overall&format=csv"]
)
def test_a_wrong_question_is_refused(ask: Asking, asked: str) -> None:
    answer = ask(f"/check{asked}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


def test_the_check_tells_no_hidden_figure_and_says_what_an_old_day_shows(store: Store) -> None:
    ask = Asking(open_data_app(lambda: publish_hidden(store), lambda _scope: "reader", list(PAGES)))
    for as_of in ("2026-01-15", "2026-02-15"):
        told = said(ask, f"/check?indicator=trust_overall&as_of={as_of}")
        assert_silent(told)
        assert "den äldre dagen visar bara det som också visas i dag" in told


def test_examples_are_said_to_be_examples(ask: Asking, store: Store) -> None:
    publish(store, [figure("25", 60.0)], synthetic=True)
    assert "Här visas syntetiska exempeldata." in said(ask, "/check?indicator=trust_overall")
