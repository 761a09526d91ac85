"""The provenance walk: every value in a table leads to the very cell of the stored original."""

import html as markup
import random
import re
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from access import READER
from analysis import original_file
from models import Store
from tests.publishing import publish
from tests.sample_data.test_provenance import cell_of, number

Open = Callable[..., AppTest]
FOLLOWED = 50
_LINK = re.compile(r'<a href="figure\?([^"]+)">([^<]*)</a>')
PAGES = [
    ("overview", {}),
    ("trust", {}),
    ("trust", {"indicator": "trust_vardcentral", "sex": "K"}),
    ("satisfaction", {}),
    ("uptake", {}),
    ("profile", {"region": "24"}),
    ("compare", {"indicators": "trust_overall-nki_phone"}),
    ("indicator", {"indicator": "calls_mean_wait"}),
    ("data", {"indicator": "trust_1177_phone"}),
]


def html(at: AppTest) -> str:
    return "\n".join(one.value for one in at.get("html"))


def facts(at: AppTest) -> dict[str, str]:
    """What the cards say of the figure and its file, by name."""
    found = re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", html(at))
    return {name: markup.unescape(words) for name, words in found}


def links(at: AppTest) -> list[tuple[dict[str, str], str]]:
    """Each figure's address and what the table prints."""
    return [
        ({name: values[0] for name, values in parse_qs(markup.unescape(query)).items()}, markup.unescape(shown))
        for query, shown in _LINK.findall(html(at))
    ]


def printed_number(shown: str) -> float | None:
    """What the screen prints, as a number: `63,4 %`, `12 345`, `2:31`; words are no number."""
    bare = re.sub(r"\s|%", "", shown.split("(")[0]).replace("\N{MINUS SIGN}", "-").rstrip("abcdemprsuxz")
    return number(bare) if re.fullmatch(r"-?\d+(?:,\d+)?|\d+:\d\d", bare) else None


def in_cell(marked: str) -> float | None:
    """The number in the marked cell, or on the marked line of a JSON file."""
    bare = marked.strip().removeprefix("&quot;value&quot;:").strip().rstrip(",")
    return number(bare) if re.match(r"-?\d", bare) else None


@pytest.fixture
def every_link(opened: Open, sample_store: Store) -> list[tuple[dict[str, str], str]]:
    found = []
    for page, address in PAGES:
        own = links(opened(page, **address))
        assert own, page  # every page that shows figures has a first click
        found.append(own)
    return [one for own in found for one in random.Random(len(own)).sample(own, min(len(own), 12))]


def test_fifty_figures_drawn_from_the_tables_lead_to_their_cells(
    opened: Open, sample_store: Store, every_link: list[tuple[dict[str, str], str]]
) -> None:
    drawn = random.Random(1177).sample(every_link, FOLLOWED)
    followed = []
    for address, shown in drawn:
        at = opened("figure", **address)
        assert not at.exception
        told = facts(at)
        upload, cell, sheet = int(told["Uppladdning"]), told["Cell"], told.get("Blad", "")
        original = original_file(sample_store, upload)
        assert original is not None
        stands = number(cell_of(*original, sheet, cell))
        marked = re.findall(r"<mark>▶ ([^<]*)</mark>", html(at))
        assert len(marked) == 1
        in_window = in_cell(marked[0])
        followed.append(
            (stands is None and printed_number(shown) is None)
            or (printed_number(shown) == pytest.approx(stands, abs=0.051) and in_window == stands)
        )
    assert followed == [True] * FOLLOWED


def test_cell_is_marked_among_its_rows(opened: Open, sample_store: Store) -> None:
    at = opened("figure", indicator="trust_vardcentral", region="25", period="2013")
    assert '<td class="marked"><mark>▶ 62,6</mark><span class="told"> (N64: här står uppgiften)</span></td>' in html(at)
    assert '<th scope="row">64</th>' in html(at)
    assert "Ladda ner originalfilen" in [button.label for button in at.get("download_button")]


def test_reader_without_the_permission_sees_the_address_but_not_the_original(
    opened: Open, sample_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.who.actor", lambda: READER)
    at = opened("figure", indicator="trust_vardcentral", region="25", period="2013")
    assert facts(at)["Cell"] == "N64"
    assert re.fullmatch("[0-9a-f]{64}", facts(at)["Filens fingeravtryck (SHA-256)"])
    assert "<mark>" not in html(at)
    assert not [button for button in at.get("download_button") if button.label == "Ladda ner originalfilen"]
    assert any("uppgiftslämnare, publicister och revisorer" in one.value for one in at.info)


def test_hidden_figure_stays_hidden_for_a_reader(opened: Open, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(store, [{"indicator": "trust_overall", "region": "25", "period": "2023", "value": 71.4, "base_n": 7}])
    monkeypatch.setattr("ui.who.actor", lambda: READER)
    at = opened("figure", indicator="trust_overall", region="25", period="2023")
    everything = html(at) + "\n".join(one.value for one in at.markdown)
    assert "71,4" not in everything
    assert "71.4" not in everything
    assert "dolt" in everything
    assert "Siffran är dold eller saknas, så det finns inget att räkna på" in everything


@pytest.mark.parametrize(
    "address",
    [
        {"indicator": "trust", "region": "25", "period": "2023"},
        {"indicator": "trust_overall", "region": "<img src=x>", "period": "2023"},
        {"indicator": "trust_overall", "region": "25", "period": "någon gång"},
        {"indicator": "trust_overall", "region": "25", "period": "1950"},
        {"indicator": "trust_overall"},
    ],
)
def test_address_that_names_no_figure_is_answered_in_words(
    opened: Open, sample_store: Store, address: dict[str, str]
) -> None:
    at = opened("figure", **address)
    assert not at.exception
    assert at.warning or at.info


def test_names_from_files_are_text(opened: Open, store: Store) -> None:
    row = {"indicator": "trust_overall", "region": "25", "period": "2023", "value": 60.0, "sheet": "![x](http://evil)"}
    publish(store, [{**row, "comment": "[klicka](http://evil) <b>x</b>"}])
    at = opened("figure", indicator="trust_overall", region="25", period="2023")
    for one in at.markdown:
        assert "](http" not in one.value.replace("\\]", "").replace("\\(", "")
    assert "<b>x</b>" not in html(at)


def test_first_source_and_who_confirms_it(opened: Open, store: Store) -> None:
    row = {"indicator": "trust_vardcentral", "region": "25", "period": "2015", "value": 61.0}
    first = publish(store, [row])
    second = publish(store, [row])
    address = {"indicator": "trust_vardcentral", "region": "25", "period": "2015"}
    told = facts(opened("figure", **address))
    assert told["Uppladdning"] == str(first)
    assert told["Bekräftad av"].startswith(f"made-in-test.csv (uppladdning {second}, ")
    assert "Först publicerad av" not in told
    richer = publish(store, [row | {"base_n": 900.0}])
    told = facts(opened("figure", **address))
    assert told["Uppladdning"] == str(richer)
    assert told["Först publicerad av"].startswith(f"made-in-test.csv (uppladdning {first}, ")
    assert told["Bekräftad av"].startswith(f"made-in-test.csv (uppladdning {second}, ")


def test_the_page_opens_with_the_figure_and_how_it_was_judged(opened: Open, sample_store: Store) -> None:
    at = opened("figure", indicator="trust_overall", region="25", period="2023")
    title = at.title[0].value.replace("\\", "")
    assert title == "Förtroende för hälso- och sjukvården i sin helhet, Region Norrbotten 2023: 49,9\N{NO-BREAK SPACE}%"
    assert '<p class="lead">Region Norrbotten: sämre än riket.</p>' in html(at)
    assert "−14,489 till −7,5111" in html(at)
    assert html(at).count('<a href="figure?indicator=trust_overall') == 21  # the regions that riket is made of
    other = opened("figure", indicator="trust_overall", region="25", period="2023", benchmark="region:24", lang="en")
    assert "Region Norrbotten: worse than Västerbotten." in html(other)
    assert "−17.275 to −7.8448" in html(other)


@pytest.mark.parametrize(
    ("indicator", "region", "period", "why"),
    [
        ("npe_accessibility_primary_care", "25", "2017", "värdet har inget intervall"),
        ("trust_overall", "25", "2024", "perioden har en anmärkning som gör att den inte bedöms"),
        ("trust_overall", "00", "2023", "Riket bedöms inte: det är det som regionerna jämförs med."),
    ],
)
def test_why_there_is_no_judgement_is_said(
    opened: Open, sample_store: Store, indicator: str, region: str, period: str, why: str
) -> None:
    at = opened("figure", indicator=indicator, region=region, period=period)
    assert not at.exception
    assert why in html(at)
    assert "Skillnad d<" not in html(at)
