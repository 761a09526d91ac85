"""Every view is a link: the address holds every choice, and an old link shows what it showed when it was made."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from analysis import compare_regions, periods_available
from dashboard import PAGES
from locales import text
from models import Store
from tests.publishing import publish
from ui import address
from ui.visit import Visit

Open = Callable[..., AppTest]

WHOLE = {
    "overview": {"lang": "sv", "group": "six", "level": "95", "synthetic": "0"},
    "trust": {
        "lang": "sv", "indicator": "trust_overall", "period": "2025", "group": "six", "others": "1",
        "benchmark": "riket", "level": "95", "show": "diagram",
    },
    "satisfaction": {
        "lang": "sv", "indicator": "nki_phone", "period": "2023", "group": "six", "others": "1",
        "benchmark": "riket", "level": "95", "show": "diagram",
    },
    "uptake": {
        "lang": "sv", "indicator": "eservices_1177_positive", "period": "2025", "group": "six", "others": "1",
        "benchmark": "riket", "level": "95", "show": "diagram",
    },
    "phone": {
        "lang": "sv", "synthetic": "0", "indicator": "calls_share_answered", "period": "2019-11", "group": "six",
        "others": "1", "benchmark": "group:six", "level": "95", "show": "diagram",
    },
    "profile": {"lang": "sv", "region": "25", "level": "95", "synthetic": "0", "order": "worst"},
    "compare": {
        "lang": "sv", "indicators": "trust_overall", "group": "six", "others": "1", "synthetic": "0",
        "period": "2025", "level": "95", "ranks": "marginal", "benchmark": "riket",
        "show": "heat",
    },
    "indicator": {"lang": "sv", "indicator": "trust_overall"},
    "supply": {"lang": "sv", "rule": "4", "group": "six", "synthetic": "0"},
    "targets": {"lang": "sv", "group": "six", "indicator": "all", "show": "diagram"},
    "followup": {"lang": "sv", "audit": "all", "view": "each"},
    "since-audit": {"lang": "sv"},
    "open-data": {"lang": "sv"},
    "method": {"lang": "sv"},
    "data": {"lang": "sv", "upload": "14", "indicator": "trust_overall", "period": "2025"},
    "changes": {"lang": "sv", "indicator": "all"},
    "upload": {"lang": "sv"},
    "users": {"lang": "sv"},
    "log": {"lang": "sv", "action": "any"},
    "figure": {"lang": "sv", "sex": "T"},
    "search": {"lang": "sv"},
}  # fmt: skip
"""Page → its address, once it has drawn, on the sample data."""


def address_of(at: AppTest) -> dict[str, str]:
    return {name: value if isinstance(value, str) else value[-1] for name, value in at.query_params.items()}


def newer(store: Store, indicator: str, period: str) -> None:
    """A newer period of the indicator is published, other figures in every region."""
    latest = compare_regions(store, indicator).rows
    rows: list[dict[str, Any]] = [
        {"indicator": indicator, "region": code, "period": period, "value": 50.0} for code in latest["code"]
    ]
    publish(store, rows)
    assert periods_available(store, indicator)[0].key == period


def drawn(at: AppTest) -> list[str]:
    """The tables, and what the charts say."""
    charts = [chart.proto.alt for chart in at.get("vega_lite_chart") or at.get("arrow_vega_lite_chart")]
    return [*(box.proto.body for box in at.get("html") if "<table" in box.proto.body), *charts]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_writes_every_choice_into_its_address(opened: Open, sample_store: Store, name: str) -> None:
    at = opened(name)
    assert address_of(at) == WHOLE[name]
    again = opened(name, **address_of(at))
    assert address_of(again) == WHOLE[name]
    synthetic = text("ui.synthetic")
    assert [box.value for box in again.warning if box.value != synthetic] == []


@pytest.mark.parametrize(
    ("page", "indicator", "asked", "period", "later"),
    [
        ("trust", "trust_overall", {}, "2025", "2026"),
        ("trust", "trust_primary_care", {"indicator": "trust_primary_care", "lang": "en"}, "2025", "2026"),
        ("satisfaction", "nki_phone", {}, "2023", "2024"),
        ("uptake", "eservices_1177_positive", {"group": "norr", "others": "0"}, "2025", "2026"),
        ("compare", "trust_overall", {}, "2025", "2026"),
    ],
)
def test_an_old_link_shows_the_same_period_when_a_newer_is_published(
    opened: Open, own_sample_store: Store, page: str, indicator: str, asked: dict[str, str], period: str, later: str
) -> None:
    first = opened(page, **asked)
    link, shown = address_of(first), drawn(first)[0]
    assert link["period"] == period
    newer(own_sample_store, indicator, later)
    assert address_of(opened(page, **asked))["period"] == later  # who asks for no period gets the latest
    old = opened(page, **link)
    assert address_of(old) == link
    assert drawn(old)[0] == shown
    assert not old.warning


def test_a_link_to_each_indicators_latest_period_names_them_one_by_one(opened: Open, own_sample_store: Store) -> None:
    indicators = "trust_overall-npe_accessibility_primary_care"
    first = opened("compare", indicators=indicators)
    link, shown = address_of(first), drawn(first)[0]
    assert link["period"] == "2025.2017"
    assert period_shown(first) == "Senast publicerade för varje indikator"
    newer(own_sample_store, "npe_accessibility_primary_care", "2018")
    assert address_of(opened("compare", indicators=indicators))["period"] == "2025.2018"
    old = opened("compare", **link)
    assert address_of(old) == link
    assert drawn(old)[0] == shown
    assert period_shown(old) == "En för varje indikator: 2025, 2017"
    assert not old.warning


def period_shown(at: AppTest) -> str:
    box = at.selectbox(key="pick:period")
    return str(box.options[box.index])


def test_another_indicator_on_the_compare_page_brings_its_own_latest_period(opened: Open, sample_store: Store) -> None:
    at = opened("compare")
    at.multiselect(key="pick:indicators").set_value(["trust_overall", "npe_accessibility_primary_care"]).run()
    assert address_of(at)["period"] == "2025.2017"
    at.selectbox(key="pick:period").set_value("2022").run()
    at.multiselect(key="pick:indicators").set_value(["trust_overall", "trust_hospital"]).run()
    assert address_of(at)["period"] == "2022"  # the reader's own choice stays
    assert not at.warning


def test_a_choice_that_another_choice_does_away_with_goes_without_a_warning(opened: Open, sample_store: Store) -> None:
    at = opened("uptake", indicator="calls_share_answered", series="20")
    assert address_of(at)["series"] == "20"
    at.selectbox(key="pick:group").set_value("norr").run()
    assert address_of(at)["series"] != "20"  # Dalarna is not in the northern group
    assert [box.value for box in at.warning if "series" in box.value] == []
    told = opened("uptake", indicator="calls_share_answered", group="norr", series="20")
    assert len([box.value for box in told.warning if "series" in box.value]) == 1  # the reader's own address is told


def test_own_regions_stand_in_the_address(opened: Open, sample_store: Store) -> None:
    at = opened("trust", group="own")
    assert sorted(address_of(at)["regions"].split("-")) == ["20", "21", "22", "23", "24", "25"]
    at.multiselect(key="pick:regions").set_value(["25", "01"]).run()
    assert address_of(at)["regions"] == "25-01"


def test_the_workbooks_link_holds_every_choice(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address.st, "context", type("Context", (), {"url": "http://127.0.0.1:8501/trust"}))
    choices = {"lang": "sv", "indicator": "trust_overall", "period": "2023", "kind": ""}
    visit = Visit("sv", sample_store, choices=choices)
    found = address.link(visit)
    assert found == "http://127.0.0.1:8501/trust?lang=sv&indicator=trust_overall&period=2023"
    assert dict(parse_qsl(found.partition("?")[2])) == {"lang": "sv", "indicator": "trust_overall", "period": "2023"}
