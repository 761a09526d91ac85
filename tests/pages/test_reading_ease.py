"""How hard the pages' Swedish is to read: LIX (Björnsson 1968), words a sentence + % of words over six letters."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import PAGES
from models import Store
from tests.pages.reading import html_of, words

MOST = 45  # what a citizen reads without effort; newspapers lie at 35–45
SHORT = 6  # words: a shorter line is a label, not a sentence
ASKED = {"phone": {"synthetic": "1"}, "supply": {"synthetic": "1"}, "profile": {"region": "25"}}


def lix(text: str) -> float:
    """
    >>> round(lix("Förtroendet sjunker i norr. Det är lägst i Norrbotten."), 1)  # 9 words in 2 sentences, 3 long
    37.8
    """
    sentences = [one for one in re.split(r"(?<=[.!?:])\s+", text) if one]
    found = re.findall(r"\w[\w-]*", text)
    return len(found) / len(sentences) + 100 * sum(len(word) > 6 for word in found) / len(found)


def said(at: AppTest) -> list[str]:
    """The sentences of the page: its paragraphs and list items, the notes in Markdown too."""
    paragraphs = re.findall(r"<(?:p|li)\b[^>]*>(.*?)</(?:p|li)>", html_of(at), re.DOTALL)
    notes = [re.sub(r"[*_`#]|\]\([^)]*\)", "", box.value) for boxed in (at.markdown, at.caption) for box in boxed]
    return [line for line in map(words, [*paragraphs, *notes]) if len(line.split()) >= SHORT]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_written_for_citizens(opened: Callable[..., AppTest], sample_store: Store, name: str) -> None:
    lines = said(opened(name, lang="sv", **ASKED.get(name, {})))
    if lines:
        assert lix(" ".join(line if line[-1] in ".!?:" else f"{line}." for line in lines)) <= MOST, lines
