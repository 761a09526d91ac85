"""An embedded chart: all that a picture must say inside it, nothing that runs, framed by whom the setting names."""

import re
from html import unescape

import pytest

from analysis.moments import today_in_sweden
from models import Store
from tests.hidden_figures import assert_silent, publish_hidden
from tests.opendata.conftest import SITE, Asking, asking
from tests.opendata.test_addresses import whole_server
from tests.publishing import publish
from ui.server.headers import embedded_headers
from views.permalinks import page_of

pytestmark = pytest.mark.one_engine("draws what has been read")

TRUST = {"indicator": "trust_overall", "period": "2025"}


def words(page: str) -> str:
    return unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL))


def test_the_chart_says_what_it_is_and_leads_to_its_view(sample: Asking) -> None:
    today = today_in_sweden().isoformat()
    answer = sample(f"/embed/regions?indicator=trust_overall&period=2023&region=25&benchmark=group:six&as_of={today}")
    told = words(answer.text)
    for said in (
        "Förtroende för hälso- och sjukvården i sin helhet 2023: Norrbotten",
        "Källa: Hälso- och sjukvårdsbarometern",
        "Antaget underlag: 1 000 svar per region".replace(" 000", "\N{NO-BREAK SPACE}000"),
        f"{SITE}/p/",
    ):
        assert said in told
    code = re.search(r'href="[^"]*/p/([\w-]+)"', answer.text)
    assert code is not None
    assert page_of(code[1]) == (
        "trust",
        {
            "indicator": "trust_overall",
            "period": "2023",
            "sex": "T",
            "benchmark": "group:six",
            "level": "95",
            "lang": "sv",
            "as_of": today,
        },
    )


def test_the_regions_over_time(sample: Asking) -> None:
    told = words(sample("/embed/trend?indicator=trust_overall&region=25,24&lang=en").text)
    assert all(said in told for said in ("Trust in health care overall", "Norrbotten", "Västerbotten", "Period: 2016"))


def test_made_up_figures_are_marked_in_the_picture(ask: Asking, store: Store) -> None:
    publish(store, [{**TRUST, "region": code, "value": 50.0} for code in ("25", "24")], synthetic=True)
    for kind in ("regions", "trend"):
        assert "SYNTETISKA" in words(ask(f"/embed/{kind}?indicator=trust_overall").text).upper()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("regions", 400),
        ("regions?indicator=nosuch", 400),
        ("regions?indicator=trust_overall&format=json", 400),
        ("nosuch?indicator=trust_overall", 404),
        ("regions?indicator=accounts_share&sex=K", 404),  # nothing is published of it
    ],
)
def test_what_cannot_be_drawn_is_refused(sample: Asking, address: str, status: int) -> None:
    assert sample(f"/embed/{address}").status_code == status


def test_hidden_figures_are_in_no_picture(store: Store) -> None:
    ask = asking(publish_hidden(store))
    for kind, as_of in (("regions", ""), ("regions", "&as_of=2026-01-15"), ("trend", "&as_of=2026-01-15")):
        assert_silent(words(ask(f"/embed/{kind}?indicator=trust_overall&region=25,24{as_of}").text))


@pytest.mark.parametrize(
    ("origins", "ancestors"),
    [("", "'none'"), ("https://www.norrbotten.se,https://skr.se", "https://www.norrbotten.se https://skr.se")],
)
def test_only_embedded_charts_may_be_framed_and_only_by_the_setting(
    monkeypatch: pytest.MonkeyPatch, sample_store: Store, origins: str, ancestors: str
) -> None:
    monkeypatch.setenv("DASHBOARD_EMBED_ORIGINS", origins)
    server = whole_server()
    embedded = server("/embed/regions?indicator=trust_overall")
    policy = embedded.headers["content-security-policy"]
    assert policy == embedded_headers(origins)["Content-Security-Policy"]
    assert policy.endswith(f"frame-ancestors {ancestors}")
    assert ("x-frame-options" in embedded.headers, embedded.headers.get("set-cookie")) == (False, None)
    assert "<script" not in embedded.text
    for other in ("/trust", "/check?indicator=trust_overall", "/api/v1/regions", "/embed"):
        headers = server(other).headers
        assert (headers["x-frame-options"], "frame-ancestors 'none'" in headers["content-security-policy"]) == (
            "DENY",
            True,
        )
