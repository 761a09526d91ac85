"""A name from a file is shown as it is, and can neither fetch, nor link, nor run."""

import re

import pytest
from markdown_it import MarkdownIt

from ui.escape import as_html, plain

HOSTILE = [
    "![bild](https://evil.example/x.png)",  # an image fetches an outside address
    "[klicka](https://evil.example)",
    "https://evil.example",  # GFM makes bare addresses live
    "www.evil.example",
    "<https://evil.example>",
    "någon@evil.example",
    "<img src=x onerror=alert(1)>",
    ":red[röd] :material/home: $x^2$",  # Streamlit's own directives
    "# rubrik\n- lista",
    "**fet** _kursiv_ `kod` ~~struken~~",
    "a|b",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_markdown_shows_exactly_the_name_and_nothing_live(name: str) -> None:
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(plain(name))
    inner = re.fullmatch(r"<p>(.*)</p>\n", rendered, re.DOTALL)
    assert inner is not None
    assert "<" not in inner[1]  # no tag of any kind is left inside the paragraph
    assert not re.search(r"https?://|www\.|\w@\w", plain(name))  # nothing GFM could still link after unescaping


@pytest.mark.parametrize("name", HOSTILE)
def test_html_shows_exactly_the_name(name: str) -> None:
    assert "<" not in as_html(name)
    assert '"' not in as_html(name)


def test_the_no_break_space_of_a_percentage_survives() -> None:
    assert "\xa0" in plain("60,9\xa0%")
