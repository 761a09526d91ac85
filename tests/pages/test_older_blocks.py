"""Older measurements stand in a block of their own, in picture and table, and no count depends on who is shown."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from indicators import catalogue
from models import Store
from ui.frame import Frame
from ui.overview import page

Open = Callable[..., AppTest]
OLD = "Förtroende: 1177 på telefon, 2017"


def alts(at: AppTest) -> list[str]:
    return [chart.proto.alt for chart in at.get("vega_lite_chart") or at.get("arrow_vega_lite_chart")]


def tables(at: AppTest) -> list[str]:
    return [box.proto.body for box in at.get("html") if "<table>" in box.proto.body]


def shown(store: Store, *codes: str, synthetic: bool = False) -> page.Overview:
    return page.overview(Frame("sv", store), codes, 95, synthetic=synthetic)


def test_the_overview_draws_older_measures_apart(sample_store: Store) -> None:
    found = shown(sample_store, "25", "24")
    assert OLD not in found.now.said
    assert OLD in found.older.said
    assert found.older.said.startswith("Äldre mätningar: regionerna mot")
    assert OLD not in found.now.table
    assert OLD in found.older.table
    assert "<caption>Äldre mätningar, region för region</caption>" in found.older.table
    assert "Äldre mätningar" in str(found.older.spec["title"]) or "Äldre mätningar" in str(found.older.spec)


def test_older_measures_are_counted_in_no_sentence_and_no_number(sample_store: Store) -> None:
    """Norrbotten was worse than riket by phone in 2017: counted, it would be worse on one measure more."""
    found = shown(sample_store, "25")
    assert "sämre än riket på 4 av 4 bedömda mått" in found.regions[0][1].replace("\\", "")
    assert found.marked.assessed == 4
    older = [one for one in page._key_measures() if one.id == "trust_1177_phone"]
    assert older, "the case rests on a headline measure that ended in 2017"


def test_a_sentence_is_the_same_whichever_regions_it_stands_beside(sample_store: Store) -> None:
    alone = dict(shown(sample_store, "25").regions)["25"]
    for company in (("25", "22"), ("25", "01"), tuple(catalogue().region_codes)):
        assert dict(shown(sample_store, *company).regions)["25"] == alone
    with_synthetic = dict(shown(sample_store, "25", synthetic=True).regions)["25"]
    assert dict(shown(sample_store, "25", "01", "22", synthetic=True).regions)["25"] == with_synthetic


def test_the_page_has_both_blocks(opened: Open, sample_store: Store) -> None:
    at = opened("overview")
    assert not at.exception
    assert [OLD in alt for alt in alts(at)] == [False, True]
    heads = [box.value for box in at.header]
    assert "Äldre mätningar, som inte räknas med" in heads
    assert sum("<caption>Äldre mätningar, region för region</caption>" in html for html in tables(at)) == 1


def test_the_profile_has_them_apart_in_pictures_and_tables(opened: Open, sample_store: Store) -> None:
    at = opened("profile", region="25")
    assert not at.exception
    spines = [alt for alt in alts(at) if "Spridningen mellan regionerna" in alt]
    assert [bool(re.search("20(15|17)", alt)) for alt in spines] == [False, True]
    standing = [html for html in tables(at) if "senaste värdet" in html or "äldre mätningar" in html]
    assert ["Förtroende för vårdcentraler" in html for html in standing] == [False, True]


@pytest.mark.parametrize("name", ["now", "older"])
def test_an_empty_block_draws_nothing(sample_store: Store, name: str) -> None:
    found = shown(sample_store, "25")
    assert getattr(replace(found, **{name: page.Block()}), name).spec == {}
