"""Which words of the server become a step in the browser's history: those that answer what the reader did, no others.

The real scripts in an empty page; `server` is what Streamlit does when a run of the page says its choices.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

_ASSETS = Path(__file__).parents[2] / "ui" / "assets"
_PAGE = """<div class="stHtml"><a id="places" href="?i=a&show=places">Placering</a>
<a id="map" href="?i=a&show=map">Karta</a></div><select id="level"><option>95<option>99</select>"""

_SERVER = "address => history.pushState({}, '', address)"


@pytest.mark.parametrize(
    ("steps", "address", "entries"),
    [
        pytest.param(["server ?i=a&show=heat"], "?i=a&show=heat", 0, id="a page completes its address: no step"),
        pytest.param(["server ?i=b"], "?i=b", 0, id="it takes back an unknown value: no step"),
        pytest.param(["click #places"], "?i=a&show=places", 1, id="a link is a step, the short address uncompleted"),
        pytest.param(["click #places", "click #places"], "?i=a&show=places", 1, id="the same link twice is one step"),
        pytest.param(
            ["click #places", "server ?i=a&show=heat"], "?i=a&show=places", 1, id="the view she left speaks late"
        ),
        pytest.param(
            ["click #places", "server ?i=a&show=heat", "server ?i=a&show=places&level=95"],
            "?i=a&show=places&level=95",
            1,
            id="and then the one she asked for",
        ),
        pytest.param(
            ["click #places", "click #map", "back", "server ?i=a&show=map"],
            "?i=a&show=places",
            2,
            id="the view she stepped back from speaks late",
        ),
        pytest.param(
            ["click #places", "server ?i=a&show=places&level=95", "choose", "server ?i=a&show=places&level=99"],
            "?i=a&show=places&level=99",
            2,
            id="a choice in a field is a step",
        ),
    ],
)
def test_the_history_holds_the_readers_steps_and_no_others(
    page: Page, steps: list[str], address: str, entries: int
) -> None:
    page.route("http://pages.test/**", lambda route: route.fulfill(body=_PAGE, content_type="text/html"))
    page.goto("http://pages.test/compare?i=a")
    for script in ("address.js", "links.js"):
        page.add_script_tag(content=(_ASSETS / script).read_text("utf-8"))
    before = page.evaluate("history.length")
    for step in steps:
        deed, _, what = step.partition(" ")
        if deed == "server":
            page.evaluate(_SERVER, what)
        elif deed == "click":
            page.click(what)
        elif deed == "choose":
            page.select_option("#level", "99")
        else:
            page.go_back()
    assert page.evaluate("location.search") == address
    assert page.evaluate("history.length") - before == entries
