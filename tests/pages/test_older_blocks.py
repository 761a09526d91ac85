"""Older measurements stand in a block of their own on the pages, in picture and table (tests/views has the counts)."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from models import Store
from tests.publishing import publish

Open = Callable[..., AppTest]
OLD = "Förtroende: 1177 på telefon"


def tables(at: AppTest) -> list[str]:
    return [box.proto.body for box in at.get("html") if "<table" in box.proto.body]


def test_the_overview_has_them_under_their_own_heading_in_both_shapes(opened: Open, sample_store: Store) -> None:
    at = opened("overview")
    assert not at.exception
    (html,) = [one for one in tables(at) if 'class="heat' in one]
    wide, _, narrow = html.partition('<div class="heat narrow">')
    for shape in (wide, narrow):
        now, heading, older = shape.partition("Äldre mätningar, som inte räknas med")
        assert heading
        assert (OLD in now, OLD in older) == (False, True)


def test_the_profile_has_them_apart_in_pictures_and_tables(opened: Open, sample_store: Store) -> None:
    at = opened("profile", region="25")
    assert not at.exception
    drawn = [html for html in tables(at) if 'class="figures measures"' in html]
    caption = "Region Norrbotten mot regionernas vägda medelvärde eller riket, äldre mätningar"
    assert [caption in html for html in drawn] == [False, True]
    assert [OLD in html for html in drawn] == [False, True]
    standing = [html for html in tables(at) if "senaste värdet" in html or "äldre mätningar</caption>" in html]
    standing = [html for html in standing if "measures" not in html]
    assert ["Förtroende för vårdcentraler" in html for html in standing] == [False, True]


@pytest.mark.parametrize("page", ["overview", "profile"])
def test_without_older_measurements_there_is_no_block_of_them(opened: Open, store: Store, page: str) -> None:
    publish(
        store, [{"indicator": "trust_overall", "region": code, "period": "2025", "value": 60} for code in ("25", "00")]
    )
    said = "".join(tables(opened(page, region="25") if page == "profile" else opened(page)))
    assert "60,0" in said
    assert "ldre mätning" not in said
