"""Which addresses there are, who may ask, how often, and what goes along with an answer."""

from xml.etree import ElementTree as Tree

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from indicators import catalogue
from models import Store
from tests.opendata.conftest import SITE, Asking, asking
from tests.publishing import publish, withdraw
from ui.server import MIDDLEWARE
from ui.server.headers import security_headers
from views.permalinks import code_of

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
TRUST = {"indicator": "trust_overall", "region": "25", "period": "2025", "value": 50.0}
OPEN = ("/robots.txt", "/sitemap.xml", "/feed.xml", "/feed/region/25.xml", "/api/v1/regions", "/api/v1/openapi.json")


def whole_server() -> Asking:
    """The pages' server with all its doors; Streamlit's HTML for every address that nobody else answers."""

    async def streamlit(_request: object) -> HTMLResponse:
        return HTMLResponse("<html>Streamlit</html>")

    return Asking(Starlette(routes=[Route("/{rest:path}", streamlit)], middleware=list(MIDDLEWARE)))


@pytest.mark.parametrize("address", OPEN)
def test_open_data_sets_no_cookie_and_carries_the_headers(sample_store: Store, address: str) -> None:
    answer = whole_server()(address)
    assert (answer.status_code, answer.headers.get("set-cookie")) == (200, None)
    assert {name: answer.headers[name] for name in security_headers()} == security_headers()


@pytest.mark.parametrize(
    "address",
    [
        "/api",
        "/api/v1",
        "/api/v1/nosuch",
        "/api/v3/tables",
        "/feed/region/99.xml",
        "/feed/nosuch/25.xml",
        "/feed/25",
        "/datasets",
    ],
)
def test_an_unknown_address_answers_404(sample_store: Store, address: str) -> None:
    answer = whole_server()(f"{address}?lang=en")
    assert (answer.status_code, answer.headers.get("set-cookie")) == (404, None)
    assert answer.json()["detail"].startswith("There is nothing at this address.")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_changed(sample: Asking, method: str) -> None:
    answer = sample("/api/v1/regions?lang=en", method)
    assert (answer.status_code, answer.json()["detail"]) == (405, "The address can only be read.")
    assert "GET" in answer.headers["allow"]


def test_open_data_has_the_pages_door(monkeypatch: pytest.MonkeyPatch, sample_store: Store) -> None:
    foreign = {"headers": {"host": "evil.example"}}
    assert [whole_server()("/api/v1/regions", **asked).status_code for asked in (foreign, {})] == [403, 200]
    monkeypatch.setenv("DASHBOARD_ACCOUNTS", "local")
    monkeypatch.setenv("DASHBOARD_HOSTS", "jamfor.region.se")
    own = {"headers": {"host": "jamfor.region.se"}}
    assert [whole_server()("/api/v1/regions", **asked).status_code for asked in (foreign, own)] == [403, 200]


@pytest.mark.parametrize("page", ["overview", "figure", "search", "upload"])
def test_a_short_address_leads_to_every_page_there_is(sample_store: Store, page: str) -> None:
    answer = whole_server()(f"/p/{code_of(page, {'lang': 'sv'})}")
    assert (answer.status_code, answer.headers["location"]) == (307, f"../{page}?lang=sv")


def test_who_asks_too_often_is_told_to_wait(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    monkeypatch.setenv("DASHBOARD_API_CALLS_A_MINUTE", "3")
    ask = asking(store)
    answers = [ask("/api/v1/regions") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert (answers[3].headers["retry-after"], answers[3].json()["detail"]) == (
        "60",
        "För många frågor. Vänta en minut och fråga igen.",
    )


def test_robots_are_shown_the_map_and_kept_from_what_is_for_staff(sample: Asking) -> None:
    assert sample("/robots.txt").text == (
        f"User-agent: *\nDisallow: /upload\nDisallow: /_stcore/\nDisallow: /media/\n\nSitemap: {SITE}/sitemap.xml\n"
    )


def test_the_map_has_every_page_region_and_indicator_in_both_languages(sample: Asking) -> None:
    urls = Tree.fromstring(sample("/sitemap.xml").content).findall(f"{MAP}url")
    places = [one.findtext(f"{MAP}loc") for one in urls]
    assert len(places) == len(set(places)) == 2 + 21 + len(catalogue().indicators)
    assert places[:3] == [f"{SITE}/?lang=sv", f"{SITE}/trust?lang=sv", f"{SITE}/profile?region=01&lang=sv"]
    links = [one.attrib["href"] for one in urls[2] if one.tag.endswith("link")]
    assert links == [f"{SITE}/profile?region=01&lang=sv", f"{SITE}/profile?region=01&lang=en"]


def test_the_sites_own_address_is_the_settings(monkeypatch: pytest.MonkeyPatch, sample: Asking) -> None:
    monkeypatch.setenv("DASHBOARD_PUBLIC_URL", "https://jamfor.region.se")
    assert "Sitemap: https://jamfor.region.se/sitemap.xml" in sample("/robots.txt").text


def entries(answer: bytes) -> list[tuple[str | None, list[str]]]:
    """Heading and lines of each entry."""
    found = Tree.fromstring(answer).findall(f"{ATOM}entry")
    return [(one.findtext(f"{ATOM}title"), (one.findtext(f"{ATOM}content") or "").split("\n")) for one in found]


def test_feeds_tell_publications_and_corrections_of_what_they_are_about(ask: Asking, store: Store) -> None:
    publish(store, [TRUST, {**TRUST, "region": "24", "value": 60.0}], day="2026-01-10")
    corrected = publish(store, [{**TRUST, "value": 51.5}], day="2026-02-10")
    publish(store, [{**TRUST, "indicator": "logins", "region": "24", "value": 7.0}], day="2026-02-11", synthetic=True)
    trust = "Förtroende för hälso- och sjukvården i sin helhet"
    published = ("made-in-test.csv: publicerad", [trust])
    correction = (
        "made-in-test.csv: publicerad, med rättelser",
        [trust, f"{trust}, Region Norrbotten, 2025: 50,0\N{NO-BREAK SPACE}% → 51,5\N{NO-BREAK SPACE}%"],
    )
    made_up = ("made-in-test.csv: publicerad", ["syntetiska exempeldata. Inloggningar"])
    assert entries(ask("/feed.xml").content)[1:] == [correction, published]
    assert entries(ask("/feed/region/25.xml").content) == [correction, published]
    assert entries(ask("/feed/indicator/trust_overall.xml").content) == [correction, published]
    assert [title for title, _ in entries(ask("/feed/region/24.xml").content)] == [made_up[0], published[0]]
    withdraw(store, corrected)
    assert entries(ask("/feed/region/25.xml").content)[0][0] == "made-in-test.csv: tillbakadragen"


def test_a_real_figure_instead_of_an_example_is_no_correction(ask: Asking, store: Store) -> None:
    publish(store, [TRUST], day="2026-01-10", synthetic=True)
    publish(store, [{**TRUST, "value": 51.5}], day="2026-02-10")
    assert entries(ask("/feed.xml").content)[0] == (
        "made-in-test.csv: publicerad",
        ["Förtroende för hälso- och sjukvården i sin helhet"],
    )


def test_a_feed_is_atom(ask: Asking, store: Store) -> None:
    publish(store, [TRUST], day="2026-01-10")
    answer = ask("/feed/region/25.xml?lang=en")
    feed = Tree.fromstring(answer.content)
    own = f"{SITE}/feed/region/25.xml?lang=en"
    assert answer.headers["content-type"] == "application/atom+xml"
    assert (feed.findtext(f"{ATOM}id"), feed.findtext(f"{ATOM}updated")) == (own, "2026-01-10T12:00:00.000000Z")
    assert {one.attrib["rel"]: one.attrib["href"] for one in feed.findall(f"{ATOM}link")} == {
        "self": own,
        "alternate": f"{SITE}/changes?lang=en",
    }
    assert [one.findtext(f"{ATOM}id") for one in feed.findall(f"{ATOM}entry")] == ["tag:127.0.0.1,2026:event:1"]
    assert Tree.fromstring(ask("/feed/indicator/logins.xml").content).findtext(f"{ATOM}updated") is not None
