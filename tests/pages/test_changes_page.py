"""Ändringslogg: every event in the open, figures old and new, nothing hidden shown."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from models import Store
from tests.publishing import publish, withdraw

Open = Callable[..., AppTest]
ROW = {"indicator": "trust_overall", "region": "25", "period": "2023"}


@pytest.fixture
def revised(store: Store) -> Store:
    publish(store, [{**ROW, "value": 60.0}, {**ROW, "region": "24", "value": 71.4, "base_n": 7}], day="2026-01-01")
    publish(store, [{**ROW, "value": 61.5}, {**ROW, "region": "24", "value": 62.0, "base_n": 500}], day="2026-02-01")
    publish(store, [{"indicator": "logins", "region": "25", "period": "2023-01", "value": 5.0}], day="2026-03-01")
    return store


def html(at: AppTest) -> str:
    return "\n".join(one.value for one in at.get("html"))


def test_events_and_their_figures_are_told(opened: Open, revised: Store) -> None:
    at = opened("changes")
    shown = html(at)
    for word in ("1 mars 2026 13:00", "publicerad, med rättelser", "60,0", "61,5", "1,5 procentenheter", "dolt"):
        assert word in shown
    assert "71,4" not in shown
    assert at.expander[0].label == (
        "1 februari 2026 13\\:00\\: made\\-in\\-test\\.csv, publicerad, med rättelser \\(2 uppgifter\\)"
    )
    assert {button.label for button in at.get("download_button")} >= {"Ladda ner som Excel"}


def card_of(at: AppTest, heading: str) -> str:
    return next(one.value for one in at.get("html") if f"<h2>{heading}</h2>" in one.value)


def test_corrections_stand_apart_from_new_figures(opened: Open, revised: Store) -> None:
    told = card_of(opened("changes"), "Rättelser")
    for word in ("Region Norrbotten, 2023", "60,0", "61,5", "1 februari 2026 13:00", "made-in-test.csv"):
        assert word in told
    assert "Inloggningar" not in told  # new, and no correction
    assert "71,4" not in told
    assert "Ingen siffra har rättats." in card_of(opened("changes", indicator="logins"), "Rättelser")
    assert "No figure has been corrected." in card_of(opened("changes", lang="en", as_of="2026-01-15"), "Corrections")


def test_log_of_one_indicator_since_a_day(opened: Open, revised: Store) -> None:
    at = opened("changes", indicator="logins")
    assert "1 mars 2026" in html(at)
    assert "1 februari 2026" not in html(at)
    since = opened("changes", since="2026-02-15")
    assert "1 mars 2026" in html(since)
    assert "1 februari 2026" not in html(since)
    assert since.info[0].value == "Här visas det som har hänt efter 15 februari 2026."
    since.button(key="whole log").click().run()
    assert "1 februari 2026" in html(since)
    assert "Inget har hänt efter 1 april 2026." in [one.value for one in opened("changes", since="2026-04-01").info]


def test_log_as_it_stood(opened: Open, revised: Store) -> None:
    withdraw(revised, 2, day="2026-04-01")
    assert "tillbakadragen" in html(opened("changes"))
    assert "tillbakadragen" not in html(opened("changes", as_of="2026-03-15"))


def test_revised_figure_leads_to_the_log(opened: Open, revised: Store) -> None:
    at = opened("trust", show="table")
    assert '<a href="changes?indicator=trust_overall&amp;lang=sv">' in html(at)
    assert any("**r**: reviderad ([Ändringslogg](changes?indicator=trust_overall" in one.value for one in at.markdown)


def test_many_events_are_shown_a_few_at_first(opened: Open, store: Store) -> None:
    for number in range(25):
        publish(store, [{**ROW, "value": 50.0 + number}], day=f"2026-01-{number + 1:02}")
    at = opened("changes")
    assert "6 januari 2026" in html(at)
    assert ">5 januari 2026" not in html(at)
    at.toggle(key="pick:older").set_value(True).run()
    assert ">5 januari 2026" in html(at)
