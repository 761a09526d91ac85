"""What a page has found goes ahead of it in the first HTML: the same words, for the same address, while they hold."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from models import Store
from tests.pages.reading import html_of, words
from tests.publishing import publish
from ui import ahead
from ui.server.shell import shell, with_finding

Open = Callable[..., AppTest]
ROW = {"indicator": "trust_overall", "period": "2023"}


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    ahead._FOUND.clear()
    yield
    ahead._FOUND.clear()


def sent(page: str, query: str) -> str:
    """The HTML that goes ahead of the page; nothing where nothing does."""
    html = with_finding(page, "sv", query).decode()
    return html.partition('<div class="ahead">')[2].partition('<div id="root">')[0]


@pytest.mark.parametrize(
    ("page", "address"),
    [("profile", {"region": "25"}), ("trust", {"period": "2020"}), ("followup", {"lang": "sv"}), ("overview", {})],
)
def test_the_next_reader_of_an_address_reads_what_the_page_said(
    opened: Open, sample_store: Store, page: str, address: dict[str, str]
) -> None:
    query = "&".join(f"{name}={value}" for name, value in address.items())
    assert with_finding(page, "sv", query) == shell("sv", page)  # nobody has come by it yet
    at = opened(page, **address)
    told = words(sent(page, query))
    assert at.title[0].value.replace("\\", "") in told
    assert next(words(one.proto.body) for one in at.get("html") if '<p class="lead">' in one.proto.body) in told
    assert words(html_of(at).partition('<nav class="path"')[2].partition("</nav>")[0].partition(">")[2]) in told


def test_the_tab_and_a_shared_link_say_what_was_found(opened: Open, sample_store: Store) -> None:
    at = opened("profile", region="25")
    html = with_finding("profile", "sv", "region=25").decode()
    assert "<title>Region Norrbotten · Regionprofil · Regionjämförelse 1177</title>" in html
    assert f'<meta name="description" content="{at.title[0].value}">' in html
    assert html.count("<title>") == html.count('name="description"') == html.count('<div id="root">') == 1


@pytest.mark.parametrize(
    ("page", "query", "goes"),
    [
        ("profile", "lang=sv&region=25", True),  # in another order
        ("profile", "region=25&lang=sv&level=", True),  # what is empty is no choice
        ("profile", "region=24&lang=sv", False),
        ("profile", "region=25", False),
        ("profile", "region=25&lang=sv&level=99.8", False),
        ("trust", "region=25&lang=sv", False),
    ],
)
def test_it_holds_for_that_address_alone(
    opened: Open, sample_store: Store, page: str, query: str, *, goes: bool
) -> None:
    opened("profile", region="25", lang="sv")
    assert bool(sent(page, query)) == goes


@pytest.mark.parametrize("what", ["publication", "midnight", "small numbers", "language", "no store"])
def test_it_is_gone_when_anything_it_rests_on_has_changed(
    opened: Open, store: Store, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    publish(store, [{**ROW, "region": "25", "value": 60.0}])
    opened("profile", region="25")
    assert sent("profile", "region=25")
    if what == "publication":
        publish(store, [{**ROW, "region": "25", "value": 61.0}])
    elif what == "midnight":
        monkeypatch.setattr("ui.ahead.today_in_sweden", lambda: date(2100, 1, 1))
    elif what == "no store":
        monkeypatch.setenv("DATABASE_URL", "sqlite:///missing/store.sqlite3")
    else:
        names = {"small numbers": ("HIDE_BELOW", "9"), "language": ("LANGUAGE", "en")}
        monkeypatch.setenv(*(f"DASHBOARD_{names[what][0]}", names[what][1]))
    assert sent("profile", "region=25") == ""


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("phone", {"synthetic": "1"}),  # the warning would come later
        ("overview", {"synthetic": "1"}),
        ("profile", {"region": "25", "as_of": "2025-06-01"}),  # an old day's: the date would come later
        ("users", {}),  # not for everybody
    ],
)
def test_what_must_not_stand_alone_is_never_sent_ahead(
    opened: Open, sample_store: Store, page: str, address: dict[str, str]
) -> None:
    assert opened(page, **address).title  # it has a heading of its own
    assert ahead._FOUND == {}


def test_only_a_sessions_first_view_hangs_on_its_address_alone(opened: Open, sample_store: Store) -> None:
    at = opened("profile", region="25")
    known = set(ahead._FOUND)
    assert not at.switch_page("pages/trust.py").run().exception
    assert set(ahead._FOUND) == known


def test_the_oldest_addresses_are_forgotten(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.ahead._MOST", 2)
    for region in ("25", "24", "25", "23"):
        ahead.remember(sample_store, "profile", {"region": region}, ahead.Ahead("t", region, "", ""))
    known = {code: bool(sent("profile", f"region={code}")) for code in ("23", "24", "25")}
    assert known == {"23": True, "24": False, "25": True}


def test_words_from_files_stay_words(sample_store: Store) -> None:
    hostile = '"><script>alert(1)</script>'
    ahead.remember(sample_store, "profile", {}, ahead.Ahead(hostile, hostile, "", ""))
    assert "<script>alert" not in with_finding("profile", "sv", "").decode()
