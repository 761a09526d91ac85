"""The day whose figures are shown: said on every page, kept between them, in every figure and file of the page."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import PAGES
from locales.numbers import STOCKHOLM
from models import Store
from tests.publishing import publish, restore, withdraw
from ui.vintage import ALWAYS_NOW

Open = Callable[..., AppTest]
ROW = {"indicator": "trust_overall", "period": "2023"}
BANNER = "Du ser uppgifterna som de var publicerade 15 januari 2026."


def trust(code: str, value: float, **more: Any) -> dict[str, Any]:
    return {**ROW, "region": code, "value": value, **more}


@pytest.fixture
def revised(store: Store) -> Store:
    publish(store, [trust("25", 60.0), trust("24", 61.0)], day="2026-01-01")
    publish(store, [trust("25", 65.5), trust("23", 62.0)], day="2026-02-01")
    return store


def html(at: AppTest) -> str:
    return "\n".join(one.value for one in at.get("html"))


def without_source(page: str) -> str:
    """A page without the card that names the data version as a source."""
    return re.sub(r'<details class="share">.*?</details>', "", page, flags=re.DOTALL)


def warnings(at: AppTest) -> list[str]:
    return [one.value for one in at.warning]


@pytest.mark.parametrize("page", [name for name in PAGES if name not in ALWAYS_NOW])
def test_every_page_says_that_it_shows_an_old_day(opened: Open, revised: Store, page: str) -> None:
    at = opened(page, as_of="2026-01-15")
    assert not at.exception
    assert BANNER in warnings(at)
    assert at.query_params["as_of"] == "2026-01-15"
    assert 'href="changes?since=2026-01-15' in html(at)
    assert BANNER not in warnings(opened(page))


@pytest.mark.parametrize("page", ["trust", "profile", "compare", "indicator", "data", "overview"])
def test_figures_are_those_of_the_day(opened: Open, revised: Store, page: str) -> None:
    address = {"profile": {"region": "25"}}.get(page, {})
    then, now = html(opened(page, as_of="2026-01-15", **address)), html(opened(page, **address))
    assert "60,0" in then
    assert "65,5" not in then
    assert "65,5" in now
    assert "as_of=2026-01-15" in then  # the links to the cells keep the day
    assert "as_of" not in now


def test_what_has_changed_since_is_counted_for_the_page(opened: Open, revised: Store) -> None:
    at = opened("trust", as_of="2026-01-15")
    told = "1 av 2 värden i vyn har ändrats sedan dess. Måtten på sidan har fått 1 nytt värde."
    assert told in html(at)
    assert "Inget av 3 värden i vyn har ändrats sedan dess." in html(opened("trust", as_of="2026-02-01"))
    only = html(opened("profile", as_of="2026-01-15", region="24"))
    assert "Inget av 1 värden i vyn har ändrats sedan dess." in only


@pytest.mark.parametrize("given", ["2026-02-30", "igår", "20260101", "2026-W01-1", ""])
def test_day_that_is_none_is_said_and_the_current_figures_are_shown(opened: Open, revised: Store, given: str) -> None:
    at = opened("trust", as_of=given)
    assert not at.exception
    assert [one for one in warnings(at) if "Dagens uppgifter visas i stället" in one]
    assert "65,5" in html(at)
    assert "as_of" not in at.query_params


def test_day_that_has_not_been_is_refused_and_today_is_not(opened: Open, revised: Store) -> None:
    today = datetime.now(UTC).astimezone(STOCKHOLM).date()
    assert "as_of" not in opened("trust", as_of=(today + timedelta(days=1)).isoformat()).query_params
    assert opened("trust", as_of=today.isoformat()).query_params["as_of"] == today.isoformat()


def test_day_follows_to_other_pages_until_todays_figures_are_asked_for(opened: Open, revised: Store) -> None:
    at = opened("trust", as_of="2026-01-15")
    at.switch_page("pages/data.py")
    at.query_params.clear()  # as a click in the navigation does
    at.run()
    assert BANNER in warnings(at)
    assert at.query_params["as_of"] == "2026-01-15"
    at.switch_page("pages/upload.py")
    at.query_params.clear()
    at.run()
    assert BANNER not in warnings(at)  # the desk is about now
    at.switch_page("pages/trust.py")
    at.run()
    at.button(key="to current figures").click().run()
    assert BANNER not in warnings(at)
    assert "as_of" not in at.query_params


def test_day_can_be_chosen_among_those_of_publications(opened: Open, revised: Store) -> None:
    at = opened("trust")
    choice = at.selectbox(key="pick:as_of")
    assert choice.options == ["Dagens uppgifter", "1 februari 2026", "1 januari 2026"]
    choice.set_value("2026-01-01").run()
    assert at.query_params["as_of"] == "2026-01-01"
    assert "60,0" in html(at)


def test_publish_three_withdraw_the_middle_restore_it_on_the_page(opened: Open, revised: Store) -> None:
    publish(revised, [trust("22", 70.5)], day="2026-03-01")
    whole = without_source(html(opened("trust")))
    withdraw(revised, 2, day="2026-04-01")
    without = html(opened("trust"))
    restore(revised, 2, day="2026-05-01")
    assert all(value in whole for value in ("65,5", "61,0", "62,0", "70,5"))
    assert "60,0" in without
    assert "65,5" not in without
    assert "62,0" not in without
    again = without_source(html(opened("trust")))
    assert again.replace("Dataversion 5", "Dataversion 3") == whole
