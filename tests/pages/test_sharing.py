"""Under every page: a short link of its day, the check, the source and the data; each leads where it says."""

import html
import re
from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from analysis.moments import today_in_sweden
from dashboard import PAGES
from exports.cover import made
from models import Store
from opendata import open_data_app
from tests.opendata.conftest import Asking
from ui import sharing
from ui.visit import Visit
from views.permalinks import page_of

Open = Callable[..., AppTest]


def card(at: AppTest) -> str:
    return next((one.value for one in at.get("html") if 'class="share"' in one.value), "")


def links(at: AppTest) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'href="([^"]*)" data-leaves', card(at))]


def test_a_measures_page_gives_links_source_and_data_that_answer(opened: Open, sample_store: Store) -> None:
    at = opened("trust", indicator="trust_overall", period="2023")
    app = open_data_app(lambda: sample_store, lambda _scope: "reader", list(PAGES))
    answers = {one.partition("?")[0]: Asking(app)(one).status_code for one in links(at)}
    short, check, *data = answers
    assert page_of(short.removeprefix("/p/")) == page_of(check.removeprefix("/check/"))
    page, choices = page_of(short.removeprefix("/p/")) or ("", {})
    assert (page, choices["indicator"], choices["period"]) == ("trust", "trust_overall", "2023")
    assert data == ["/api/v1/observations", "/api/v1/datapackage/trust_overall.zip"]
    assert list(answers.values()) == [307, 200, 200, 200]
    told = card(at)
    for said in (
        "Hälso- och sjukvårdsbarometern",
        "genom Kolada (RKA)",
        "through Kolada (RKA)",
        "@misc{trust_overall_",
    ):
        assert said in told
    assert "iframe" not in told  # nobody may frame it


def test_the_link_and_the_data_are_those_of_the_shown_day(opened: Open, sample_store: Store) -> None:
    today = today_in_sweden().isoformat()
    short, _, json, *_ = links(opened("trust", indicator="trust_overall", as_of=today))
    assert (page_of(short.removeprefix("/p/")) or ("", {}))[1]["as_of"] == today
    assert json.endswith(f"&as_of={today}")


def test_who_may_frame_a_chart_is_shown_how(opened: Open, sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_EMBED_ORIGINS", "https://www.norrbotten.se")
    monkeypatch.setenv("DASHBOARD_PUBLIC_URL", "https://jamfor.region.se")
    told = html.unescape(html.unescape(card(opened("trust", indicator="trust_overall", period="2023", lang="en"))))
    assert '<iframe src="https://jamfor.region.se/embed/regions?indicator=trust_overall&period=2023&' in told


@pytest.mark.parametrize("page", ["upload", "search"])
def test_a_page_without_figures_has_no_link_of_a_day(opened: Open, sample_store: Store, page: str) -> None:
    assert card(opened(page)) == ""


@pytest.mark.parametrize("as_of", [None, date(2026, 1, 15)])
def test_a_files_link_holds_every_choice_and_its_day(
    sample_store: Store, monkeypatch: pytest.MonkeyPatch, as_of: date | None
) -> None:
    monkeypatch.setattr(sharing.st, "context", type("Context", (), {"url": "http://127.0.0.1:8501/trust"}))
    choices = {"lang": "sv", "indicator": "trust_overall", "period": "2023"}
    found = sharing.short_link(Visit("sv", sample_store, as_of=as_of, choices={**choices, "kind": ""}))
    site, _, code = found.rpartition("/")
    assert site == "http://127.0.0.1:8501/p"
    assert page_of(code) == ("trust", {**choices, "as_of": (as_of or today_in_sweden()).isoformat()})


def test_a_workbooks_cover_says_where_it_is_checked() -> None:
    told = dict(made(None, 14, "https://jamfor.region.se/p/AbCdEf", "sv"))
    assert told["Gäller det fortfarande?"] == "https://jamfor.region.se/check/AbCdEf"
    assert "Gäller det fortfarande?" not in dict(made(None, 14, "", "sv"))
