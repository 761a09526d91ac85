"""A hidden figure, and what stood in its place before, is on no page: text, table, chart or tooltip."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from models import Store
from tests.hidden_figures import assert_silent, publish_hidden

Open = Callable[..., AppTest]
PAGES: list[tuple[str, dict[str, str]]] = [
    ("overview", {}),
    ("trust", {"indicator": "trust_overall"}),
    ("trust", {"indicator": "trust_overall", "as_of": "2026-01-15"}),
    ("compare", {"indicators": "trust_overall", "ranks": "simultaneous"}),
    ("profile", {"region": "25"}),
    ("profile", {"region": "24", "as_of": "2026-01-15"}),
    ("indicator", {"indicator": "trust_overall"}),
    ("changes", {}),
    ("targets", {}),
    ("data", {"indicator": "trust_overall", "period": "2023"}),
    ("since-audit", {}),
    ("method", {}),
    ("open-data", {}),
]


@pytest.mark.parametrize(("page", "given"), PAGES)
def test_no_page_tells_a_hidden_figure(opened: Open, store: Store, page: str, given: dict[str, str]) -> None:
    publish_hidden(store)
    at = opened(page, **given)
    assert not at.exception
    words = [str(getattr(one, "value", "")) for one in [*at.markdown, *at.caption, *at.info, *at.warning, *at.header]]
    tables = [one.proto.body for one in at.get("html")]
    charts = at.get("vega_lite_chart") or at.get("arrow_vega_lite_chart")
    assert_silent(" ".join([*words, *tables, *(f"{one.proto.spec} {one.proto.alt}" for one in charts)]))


def test_the_history_of_a_hidden_figure_tells_nothing_to_one_who_may_not_see_originals(
    opened: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_hidden(store)
    monkeypatch.setattr("ui.figure.cell.allowed", lambda _actor, _permission: False)
    at = opened("figure", indicator="trust_overall", region="25", period="2023")
    told = " ".join([*(one.value for one in at.markdown), *(one.proto.body for one in at.get("html"))])
    assert "dolt" in told
    assert_silent(told)
