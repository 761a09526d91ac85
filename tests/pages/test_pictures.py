"""Every picture a reader can take from a page says by itself what it shows, of when, from whom, and what is made up."""

import json
import re
from collections.abc import Callable
from functools import cache

import pytest
import vl_convert
from streamlit.testing.v1 import AppTest

from charts.colours import BACKGROUND, COLOURS
from models import Store

pytestmark = pytest.mark.one_engine("draws what has been read")

Open = Callable[..., AppTest]
PAGES: dict[str, list[dict[str, str]]] = {
    "trust": [{}, {"indicator": "trust_vardcentral"}],
    "satisfaction": [{}],
    "uptake": [{}],
    "phone": [{"synthetic": "1"}, {"indicator": "primary_care_phone_share"}],
    "profile": [{}, {"synthetic": "1"}],
    "compare": [{"show": "places"}, {"show": "small"}, {"show": "small", "synthetic": "1"}],
    "indicator": [{}],
    "supply": [{"synthetic": "1", "view": view} for view in ("regions", "within", "change")],
    "targets": [{}],
}


def drawn_svg(spec: dict[str, object]) -> str:
    return _drawn(json.dumps(spec))


@cache
def _drawn(spec: str) -> str:
    return str(vl_convert.vegalite_to_svg({**json.loads(spec), "width": 380}))


def words_of(spec: dict[str, object]) -> str:
    """The text of a drawn picture, as a reader of it sees it."""
    svg = drawn_svg(spec)
    return " ".join(re.sub(r"<[^>]+>", "", text) for text in re.findall(r"<text[^>]*>.*?</text>", svg, re.DOTALL))


def pictures(at: AppTest) -> list[dict[str, object]]:
    return [json.loads(one.proto.spec) for one in at.get("vega_lite_chart") or at.get("arrow_vega_lite_chart")]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("page", "given"), [(page, given) for page, all_ in PAGES.items() for given in all_])
def test_every_picture_carries_its_context(
    opened: Open, sample_store: Store, page: str, given: dict[str, str], language: str
) -> None:
    at = opened(page, lang=language, **given)
    assert not at.exception
    drawn = pictures(at)
    assert drawn or page in ("targets", "indicator")
    for spec in drawn:
        shown, title = words_of(spec), spec["title"]
        assert isinstance(title, dict)
        for line in [*title["text"], *title["subtitle"]]:
            assert all(word in shown for word in line.replace("&", "&amp;").split())
            assert len(line) <= 60
        told = " ".join([*title["text"], *title["subtitle"]])
        assert {"sv": "Uppgifterna som de stod", "en": "The figures as they stood on"}[language] in told
        if page != "targets":
            assert {"sv": "Källa:", "en": "Source:"}[language] in told
        made_up = '"synthetic": true' in json.dumps(spec["layer"])
        assert not made_up or {"sv": "SYNTETISKT", "en": "SYNTHETIC"}[language] in told
        assumed = '"hollow": true' in json.dumps(spec["layer"])
        assert not assumed or {"sv": "antaget underlag", "en": "assumed base"}[language] in told.lower()


@pytest.mark.parametrize(("page", "given"), [(page, given) for page, all_ in PAGES.items() for given in all_])
def test_every_colour_of_a_picture_is_one_that_a_dark_page_changes(
    opened: Open, sample_store: Store, page: str, given: dict[str, str]
) -> None:
    """And the picture itself is light: what a reader takes from a dark page is on white."""
    known = {light for light, _ in COLOURS.values()}
    for spec in pictures(opened(page, **given)):
        svg = drawn_svg(spec)
        assert {*re.findall(r'(?:fill|stroke)="([^"]+)"', svg)} <= {*known, "none", "transparent"}
        assert f'fill="{BACKGROUND}"' in svg.partition("<g")[0]


def test_the_picture_of_an_assumed_base_says_it_and_a_made_up_one_too(opened: Open, sample_store: Store) -> None:
    told = [words_of(one) for one in pictures(opened("trust", indicator="trust_overall"))]
    assert all("Antaget underlag: 1\xa0000 svar per region" in one for one in told)
    assert not any("SYNTETISKT" in one for one in told)
    made_up = [words_of(one) for one in pictures(opened("phone", synthetic="1", indicator="calls_answered"))]
    assert made_up
    assert all("SYNTETISKT" in one for one in made_up)


SEVERAL = "trust_overall-access_needed_care"
TAKEN: list[tuple[str, dict[str, str], int]] = [
    ("trust", {"indicator": "trust_overall"}, 1),
    ("trust", {"indicator": "trust_overall", "show": "map"}, 1),
    ("phone", {"synthetic": "1", "indicator": "calls_answered"}, 1),
    ("overview", {}, 2),
    ("compare", {"indicators": "trust_overall"}, 1),
    *(("compare", {"indicators": SEVERAL, "show": show}, 1) for show in ("heat", "map")),
    ("compare", {"indicators": SEVERAL, "show": "table"}, 0),
    ("profile", {"region": "25", "synthetic": "1"}, 1),
    ("since-audit", {}, 1),
    ("supply", {"synthetic": "1", "view": "regions", "show": "map"}, 1),
    ("supply", {"synthetic": "1", "view": "matrix"}, 1),
]
"""A page as it is opened, and how many of its tables are pictures too."""


@pytest.mark.parametrize(("page", "given", "tables"), TAKEN)
def test_the_picture_that_is_taken_says_the_same(
    opened: Open, sample_store: Store, monkeypatch: pytest.MonkeyPatch, page: str, given: dict[str, str], tables: int
) -> None:
    """Each chart, and each table that is a picture, to copy, and in both shapes and both kinds, each by its name."""
    taken: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr("ui.pictures.download", lambda _, make, name, **_more: taken.update({name: make}))
    at = opened(page, **given)
    assert not at.exception
    assert len(taken) == 5 * (len(pictures(at)) + tables)
    assert all(re.fullmatch(r"[a-z0-9-]+(_[a-z0-9-]+)+\.(svg|png)", name) for name in taken)
    for make in [make for name, make in taken.items() if name.endswith("bred.svg")][:2]:
        told = re.sub("<desc>.*?</desc>|<title>.*?</title>", "", make().decode())
        told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", told))
        assert "Uppgifterna som de stod" in told
        assert "Källa:" in told
        assert "/p/" in told
        assert "Gäller det fortfarande?" in told
        assert ("SYNTETISKT" in told) == (given.get("synthetic") == "1")
    for make in [make for name, make in taken.items() if name.endswith("smal.png")][:1]:
        assert make().startswith(b"\x89PNG")
