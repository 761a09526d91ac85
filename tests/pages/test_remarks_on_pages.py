"""A remark stands under every page that shows its indicator, and above a view of an earlier day as a line."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from access import LOCAL_CLI
from entries.statements import enter_remark
from models import Store

Open = Callable[..., AppTest]


def words(at: AppTest) -> str:
    return "\n".join(box.value for box in at.markdown)


@pytest.mark.parametrize("page", ["overview", "trust", "compare", "indicator"])
def test_a_remark_stands_on_every_page_of_its_indicator(opened: Open, sample_store: Store, page: str) -> None:
    at = opened(page, indicator="trust_overall", period="2025") if page != "overview" else opened(page)
    assert not at.exception
    assert "**Anmärkningar på siffrorna**" in words(at)
    assert "2024 \\(bedöms inte\\)" in words(at)


def test_a_later_remark_is_told_over_an_earlier_days_figures(opened: Open, own_sample_store: Store) -> None:
    enter_remark(
        own_sample_store,
        LOCAL_CLI,
        indicator="trust_overall",
        period="2023",
        effect="note",
        reason="Ny fråga",
        source="SKR",
    )
    assert "2023 \\(anmärkning\\)\\: Ny fråga" in words(opened("trust"))
    at = opened("trust", as_of="2026-11-29")
    assert "Tillkom efter den valda dagen" in words(at)
    assert "Ny fråga" in words(at)
