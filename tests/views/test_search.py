"""Search finds what a reader means: with slips, without dots, by older names and the questions' own words."""

import pytest

from models import Store
from views.parts import Reader
from views.search import MOST, Entry, entries, search

PAGES = ("overview", "trust", "supply")


def titles(store: Store, asked: str, kind: str, language: str = "sv") -> list[str]:
    known = entries(Reader(language, store), PAGES)
    return [entry.title for found in search(known, asked) if found.kind == kind for entry in found.entries]


@pytest.mark.parametrize(
    ("asked", "kind", "title"),
    [
        ("Norrbotten", "region", "Region Norrbotten"),
        ("norrboten", "region", "Region Norrbotten"),  # a slip
        ("ostergotland", "region", "Region Östergötland"),  # without dots
        ("ÖSTERGÖTLAND", "region", "Region Östergötland"),
        ("gävle", "region", "Region Gävleborg"),  # a beginning
        ("25", "region", "Region Norrbotten"),  # the code
        ("vården i sin helhet", "indicator", "Förtroende för hälso- och sjukvården i sin helhet"),
        ("trust overall", "indicator", "Förtroende för hälso- och sjukvården i sin helhet"),  # the other language
        ("trust_overall", "indicator", "Förtroende för hälso- och sjukvården i sin helhet"),  # its id
        ("boka besök journal", "indicator", "Positiv inställning till 1177:s e-tjänster"),  # the question's words
        ("utbud", "page", "Utbud av e-tjänster"),
    ],
)
def test_it_is_found(sample_store: Store, asked: str, kind: str, title: str) -> None:
    assert title in titles(sample_store, asked, kind)


@pytest.mark.parametrize("asked", ["", "  ", "?!", "qqqqxyz", "norrbotten qqqqxyz"])
def test_nothing_is_found(sample_store: Store, asked: str) -> None:
    assert search(entries(Reader("sv", sample_store), PAGES), asked) == ()


def test_the_very_word_comes_before_its_beginning_and_a_slip(sample_store: Store) -> None:
    assert titles(sample_store, "västerbotten", "region")[0] == "Region Västerbotten"


def test_a_short_word_is_no_part_of_others() -> None:
    known = [Entry("page", "Kalmar", "", (), "a"), Entry("page", "Al", "", (), "b")]
    assert [entry.title for found in search(known, "al") for entry in found.entries] == ["Al"]


@pytest.mark.parametrize("many", [MOST, MOST + 1])
def test_the_best_of_a_kind_are_listed_and_all_are_counted(many: int) -> None:
    known = [Entry("unit", f"Hälsocentral {number}", "", (), "a") for number in range(many)]
    [found] = search(known, "hälsocentral")
    assert (len(found.entries), found.count) == (MOST, many)


def test_care_units_of_example_data_are_not_found(sample_store: Store) -> None:
    kinds = {entry.kind for entry in entries(Reader("sv", sample_store), PAGES)}
    assert kinds == {"page", "indicator", "region"}


def test_every_answer_is_an_address_that_keeps_the_language(sample_store: Store) -> None:
    assert all("lang=en" in entry.address for entry in entries(Reader("en", sample_store), PAGES))
