"""Hämta is one menu: the same words in the same order on every card and page, and what a card has not is not there."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from models import Store

Open = Callable[..., AppTest]
PARTS = {
    "sv": ["Bild", "Excel", "Data", "Papper", "Länk och källa"],
    "en": ["Picture", "Excel", "Data", "Papers", "Link and source"],
}


def menus(at: AppTest, language: str = "sv") -> list[list[str]]:
    """The parts of each menu, in the order they stand: the last of every menu is its link."""
    found: list[list[str]] = [[]]
    for one in at.get("html"):
        for part in re.findall(r'<h3 class="take">(.*?)</h3>', one.proto.body):
            found[-1].append(unescape(part))
            if found[-1][-1] == PARTS[language][-1]:
                found.append([])
    assert found.pop() == []
    return found


@pytest.mark.parametrize(
    ("page", "address", "found"),
    [
        ("trust", {}, [["Excel", "Data", "Papper"], ["Bild", "Data"], ["Bild", "Data"]]),
        ("overview", {}, [["Bild", "Papper"]]),
        ("since-audit", {"region": "25"}, [["Bild", "Papper"]]),
        ("supply", {"synthetic": "1", "view": "matrix"}, [["Bild", "Excel", "Data"]]),
        ("changes", {}, [["Excel", "Data"]]),
        ("compare", {"indicators": "trust_overall-access_needed_care"}, [["Excel"], ["Bild"]]),
    ],
)
def test_every_menu_has_its_parts_in_one_order(
    opened: Open, sample_store: Store, page: str, address: dict[str, str], found: list[list[str]]
) -> None:
    at = opened(page, **address)
    assert not at.exception
    assert menus(at) == [[*parts, "Länk och källa"] for parts in found]


def test_the_words_are_the_readers_and_the_links_lead_to_the_shown_figures(opened: Open, sample_store: Store) -> None:
    at = opened("trust", lang="en", indicator="trust_overall")
    assert menus(at, "en")[0] == ["Excel", "Data", "Papers", "Link and source"]
    told = next(one.proto.body for one in at.get("html") if '<h3 class="take">Link' in one.proto.body)
    assert re.findall(r'href="(/p/|/check/)', told) == ["/p/", "/check/"]
    data = next(one.proto.body for one in at.get("html") if '<h3 class="take">Data' in one.proto.body)
    assert "/api/v1/observations?indicator=trust_overall" in unescape(data)


def test_no_other_file_makes_such_a_menu(project: Path) -> None:
    files = [*project.glob("ui/**/*.py"), *project.glob("pages/*.py")]
    assert [file.name for file in files if '"ui.take"' in file.read_text(encoding="utf-8")] == ["take.py"]
